import { writeFile } from "node:fs/promises";
import type { Ctx } from "#server/context.ts";
import { beginSeason, correctTurns } from "#server/services/fairness/correct.ts";
import { fairnessReport, type FairnessReport } from "#server/services/fairness/report.ts";
import { fairnessSheet } from "#server/services/fairness/sheet.ts";
import { allRecords } from "#server/services/records/read.ts";
import { toCsv, toXlsx } from "#server/services/sheets/write.ts";
import { readArguments } from "../arguments.ts";
import { CommandError, contextOf, explain, print, withDeployment } from "../deployment.ts";

const help = `lectern fairness [options]

Who has had how many turns, and how many would be fair: in words and numbers, by person and period. Changes nothing.

  lectern fairness                              the season so far
  lectern fairness --from 2026-10-01 --to 2026-12-31 --by quarter
  lectern fairness --xlsx turns.xlsx            the same as a spreadsheet; --csv FILE for CSV
  lectern fairness correct NAME TURNS --reason TEXT --as OPEN_ID
                                                an admin corrects an account; +1 = as if one more had been had
  lectern fairness season DAY --reason TEXT --as OPEN_ID
                                                a new season begins on a day: what lies before no longer counts

  --from DAY --to DAY       YYYY-MM-DD, both inclusive
  --by month|quarter|year   default month
  --language zh|en   --workspace ID   --json
`;

const options = {
  from: { type: "string" },
  to: { type: "string" },
  by: { type: "string" },
  csv: { type: "string" },
  xlsx: { type: "string" },
  reason: { type: "string" },
  as: { type: "string" },
  language: { type: "string" },
  workspace: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

interface Values {
  from?: string;
  to?: string;
  by?: string;
  csv?: string;
  xlsx?: string;
  reason?: string;
  as?: string;
  language?: string;
  workspace?: string;
  json: boolean;
}

/** Exit status 0. */
export async function fairnessCommand(args: readonly string[]): Promise<number> {
  try {
    // `correct NAME -1` begins like a flag: what looks like a number is one.
    const numbered = args.map((one) => (/^-\d/u.test(one) ? `=${one}` : one));
    const { values, positionals } = readArguments("fairness", numbered, options);
    if (values.help) {
      print(help);
      return 0;
    }
    const language = oneOf("--language", values.language ?? "zh", ["zh", "en"] as const);
    const [what, ...rest] = positionals.map((one) => one.replace(/^=(?=-\d)/u, ""));
    return await withDeployment(async (deployment) => {
      const ctx = await contextOf(deployment, values.workspace, values.as ?? "command-line");
      if (what === "correct") return await correct(ctx, rest, values);
      if (what === "season") return await season(ctx, rest, values);
      if (what !== undefined)
        throw new CommandError(`expected correct, season or nothing, got ${JSON.stringify(what)}`);
      return await report(ctx, values, language);
    });
  } catch (error) {
    return explain(error);
  }
}

async function report(ctx: Ctx, values: Values, language: "zh" | "en"): Promise<number> {
  const found = await fairnessReport(ctx, {
    from: day("--from", values.from),
    to: day("--to", values.to),
    by: oneOf("--by", values.by ?? "month", ["month", "quarter", "year"] as const),
    language,
  });
  const sheet = fairnessSheet(found, language);
  if (values.csv !== undefined) await writeFile(values.csv, toCsv(sheet));
  if (values.xlsx !== undefined) await writeFile(values.xlsx, await toXlsx(sheet));
  print(values.json ? found : linesOf(found).join("\n"));
  return 0;
}

function linesOf({ from, to, headline, people }: FairnessReport): string[] {
  return [
    `${from} – ${to}`,
    headline,
    ...people.flatMap(({ name, words, corrections }) => [
      `${name}: ${words}`,
      ...corrections.map(
        ({ day: on, turns, reason, by }) => `  ${on} ${turns > 0 ? "+" : ""}${turns} (${by}: ${reason})`,
      ),
    ]),
  ];
}

async function correct(ctx: Ctx, [name, turns]: string[], values: Values): Promise<number> {
  if (name === undefined || turns === undefined)
    throw new CommandError("expected lectern fairness correct NAME TURNS --reason TEXT --as OPEN_ID");
  const { reason, as: person } = signed(values);
  const lecturer = await lecturerCalled(ctx, name);
  print(await correctTurns(ctx, { lecturer, turns: Number(turns), reason, person }));
  return 0;
}

async function season(ctx: Ctx, [begins]: string[], values: Values): Promise<number> {
  if (begins === undefined)
    throw new CommandError("expected lectern fairness season DAY --reason TEXT --as OPEN_ID");
  const { reason, as: person } = signed(values);
  print(await beginSeason(ctx, { day: begins, reason, person }));
  return 0;
}

function signed({ reason, as }: Values): { reason: string; as: string } {
  if (!reason || !as)
    throw new CommandError("--reason and --as: expected both; a correction stands with reason and name");
  return { reason, as };
}

/** By record id or name; of two with one name the id must be given. */
async function lecturerCalled(ctx: Ctx, called: string): Promise<string> {
  const found = (await allRecords(ctx, "lecturers")).filter(
    ({ id, name }) => id === called || name === called,
  );
  const [only] = found;
  if (only && found.length === 1) return only.id;
  const ids = found.map(({ id }) => id).join(", ");
  throw new CommandError(
    only ? `${called}: more than one lecturer, give the record id: ${ids}` : `${called}: no such lecturer`,
  );
}

function day(flag: string, value: string | undefined): string | undefined {
  if (value !== undefined && !/^\d{4}-\d{2}-\d{2}$/u.test(value))
    throw new CommandError(`${flag}: expected a date YYYY-MM-DD, got ${JSON.stringify(value)}`);
  return value;
}

function oneOf<const W extends string>(flag: string, value: string, words: readonly W[]): W {
  const found = words.find((word) => word === value);
  if (found === undefined)
    throw new CommandError(`${flag}: expected ${words.join(" or ")}, got ${JSON.stringify(value)}`);
  return found;
}
