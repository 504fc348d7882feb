import {
  fairnessOf,
  type Fairness,
  type Period,
  type PersonFairness,
  type Tally,
} from "#domain/schedule/fairness.ts";
import { fairnessHeadline, personWords } from "#domain/schedule/fairness-words.ts";
import { localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { InvalidInputError, MissingError } from "../../errors.ts";
import { nameOf } from "../people/name.ts";
import { allRecords } from "../records/read.ts";
import { creditInput } from "./accounts.ts";

export interface FairnessQuery {
  /** Local dates, both inclusive; by default the season so far. */
  from?: string;
  to?: string;
  by?: Period;
  language?: "zh" | "en";
}

export interface FairnessPerson {
  id: string;
  name: string;
  groups: string[];
  weight: number;
  /** The account in a sentence. */
  words: string;
  total: Tally;
  periods: PersonFairness["periods"];
  corrections: PersonFairness["corrections"];
}

export interface FairnessReport {
  from: string;
  to: string;
  by: Period;
  /** The whole in a sentence or two. */
  headline: string;
  turns: number;
  periods: string[];
  people: FairnessPerson[];
}

/** Who has had how many turns, and how many would be fair: in words and numbers, by person and period. Nothing is stored. */
export async function fairnessReport(ctx: Ctx, query: FairnessQuery = {}): Promise<FairnessReport> {
  const input = await creditInput(ctx);
  const { from = input.since, to = localDay(ctx.now, ctx.workspace.timezone), by = "month" } = query;
  if (from > to)
    throw new InvalidInputError(
      "fairness_span",
      `the report's span ends before it begins: ${from} to ${to}`,
      {
        words: { zh: "结束日期早于开始日期。", en: "The span ends before it begins." },
      },
    );
  const fairness = fairnessOf(input, { from, to, by });
  const language = query.language ?? ctx.settings.language;
  const lecturers = new Map((await allRecords(ctx, "lecturers")).map((row) => [row.id, row]));
  const groups = new Map((await allRecords(ctx, "groups")).map((row) => [row.id, row.name ?? ""]));
  const weights = new Map(input.lecturers.map(({ id, standings }) => [id, standings.at(-1)?.weight ?? 1]));
  const name = (id: string) => lecturers.get(id)?.name ?? id;
  const admins = await namesOf(ctx, fairness);
  return {
    from,
    to,
    by,
    headline: fairnessHeadline(fairness, name, language),
    turns: fairness.turns,
    periods: fairness.periods,
    people: fairness.people.map((person) => ({
      id: person.lecturer,
      name: name(person.lecturer),
      groups: (lecturers.get(person.lecturer)?.groups ?? []).flatMap((id) => groups.get(id) || []),
      weight: weights.get(person.lecturer) ?? 1,
      words: personWords(person, language),
      total: person.total,
      periods: person.periods,
      corrections: person.corrections.map((one) => ({ ...one, by: admins.get(one.by) ?? one.by })),
    })),
  };
}

/** A lecturer's own account; the others' stay theirs. */
export async function ownFairness(
  ctx: Ctx,
  lecturer: string,
  query: FairnessQuery = {},
): Promise<FairnessPerson> {
  const report = await fairnessReport(ctx, query);
  const own = report.people.find(({ id }) => id === lecturer);
  if (!own)
    throw new MissingError("no_turns", `lecturer ${lecturer} has nothing in the account yet`, {
      words: { zh: "还没有轮到过，也没有可以比的。", en: "No turns yet, so nothing to compare." },
    });
  return own;
}

/** Names of those who corrected. */
async function namesOf(ctx: Ctx, { people }: Fairness): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const person of new Set(people.flatMap(({ corrections }) => corrections.map(({ by }) => by))))
    names.set(person, await nameOf(ctx, { person }));
  return names;
}
