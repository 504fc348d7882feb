import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Ctx } from "#server/context.ts";
import { columnsOf, type SheetKind } from "#server/services/lecturers/import-columns.ts";
import {
  importData,
  type ImportInput,
  type ImportReport,
  readSheet,
} from "#server/services/lecturers/import.ts";
import { knownRows } from "#server/services/lecturers/import-known.ts";
import { listImports } from "#server/services/lecturers/list-imports.ts";
import { undoImport } from "#server/services/lecturers/undo-import.ts";
import { readArguments, readPairs } from "../arguments.ts";
import { CommandError, contextOf, explain, print, withDeployment } from "../deployment.ts";

const help = `lectern import WHAT [FILE...] [options]

Brings data in silently: nobody is told, nobody is asked. XLSX, CSV or TSV with headings in the first row.

  lectern import lecturers FILE    people, with opening points and turns
  lectern import sessions FILE     past sessions
  lectern import ratings FILE      past ratings, as one released batch
  lectern import baseline FILE     the four figures before, self-reported, with date and source
  lectern import files FILE...     past material; a file goes to the session whose label or title is in its name
  lectern import chat CHAT_ID      the members of a chat as lecturers (--group NAME puts them into a 讲师群)
  lectern import list              all batches
  lectern import undo BATCH        takes one batch back as a whole

  --preview            the same answer, nothing written
  --column KEY=HEADING which heading stands for a column, where it was not understood; several times
  --workspace ID  --as OPEN_ID  --json
`;

const options = {
  preview: { type: "boolean", default: false },
  column: { type: "string", multiple: true, default: [] as string[] },
  group: { type: "string" },
  workspace: { type: "string" },
  as: { type: "string", default: "command-line" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Exit status 0; 3 when rows were left out because of errors. */
export async function importCommand(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = readArguments("import", args, options);
    const [what, ...rest] = positionals;
    if (values.help || what === undefined) {
      print(help);
      return values.help ? 0 : 2;
    }
    return await withDeployment(async (deployment) => {
      const ctx = await contextOf(deployment, values.workspace, values.as);
      if (what === "list") return show(await listImports(ctx));
      if (what === "undo") return show(await undoImport(ctx, only("BATCH", rest)));
      const input = await inputOf(ctx, what, rest, values);
      const report = await importData(ctx, input, { preview: values.preview });
      if (values.json) print(report);
      else print(linesOf(report, values.preview).join("\n"));
      return report.errors.length > 0 ? 3 : 0;
    });
  } catch (error) {
    return explain(error);
  }
}

function show(value: unknown): number {
  print(value);
  return 0;
}

function only(what: string, rest: readonly string[]): string {
  const [first] = rest;
  if (first === undefined || rest.length > 1)
    throw new CommandError(`${what}: expected exactly one, got ${rest.length}`);
  return first;
}

async function inputOf(
  ctx: Ctx,
  what: string,
  rest: readonly string[],
  { column, group }: { column: string[]; group?: string },
): Promise<ImportInput> {
  if (what === "chat")
    return { kind: "chat", chatId: only("CHAT_ID", rest), groups: await groupsOf(ctx, group) };
  if (what === "files") {
    if (rest.length === 0) throw new CommandError("FILE: expected at least one");
    const files = await Promise.all(
      rest.map(async (path) => ({ name: basename(path), bytes: await bytesOf(path) })),
    );
    return { kind: "files", files };
  }
  if (!isSheetKind(what))
    throw new CommandError(
      `expected lecturers, sessions, ratings, baseline, files, chat, list or undo, got ${JSON.stringify(what)}`,
    );
  return {
    kind: what,
    sheet: await readSheet(await bytesOf(only("FILE", rest))),
    columns: readPairs("--column", column),
  };
}

const isSheetKind = (what: string): what is SheetKind => Object.hasOwn(columnsOf, what);

async function bytesOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(
      `FILE: expected a readable file, got ${JSON.stringify(path)} (${error.code ?? error.message})`,
    );
  });
}

async function groupsOf(ctx: Ctx, name: string | undefined): Promise<string[] | undefined> {
  if (name === undefined) return undefined;
  const groups = await knownRows(ctx, "groups");
  const found = groups.filter((group) => group.name === name).map(({ recordId }) => recordId);
  if (found.length === 1) return found;
  throw new CommandError(
    `--group: expected one of ${groups.map((group) => group.name).join(", ")}, got ${JSON.stringify(name)}`,
  );
}

function linesOf(report: ImportReport, preview: boolean): string[] {
  const matched = report.columns.flatMap(({ key, header }) =>
    header === null ? [] : [`  ${header} → ${key}`],
  );
  return [
    ...(matched.length > 0 ? ["columns:", ...matched] : []),
    ...(report.unused.length > 0 ? [`not used: ${report.unused.join(", ")}`] : []),
    ...(report.newOptions.length > 0 ? [`new options: ${report.newOptions.join(", ")}`] : []),
    ...report.skipped.map(({ row, value, why }) => `- row ${row}: ${value} ${why.zh} / ${why.en}`),
    ...report.errors.map(
      ({ row, column, value, expected }) =>
        `✗ row ${row}, ${column}: expected ${expected.zh} / ${expected.en}, got ${JSON.stringify(value)}`,
    ),
    `${preview ? "would make" : "made"}: ${
      Object.entries(report.creates)
        .map(([table, n]) => `${n} ${table}`)
        .join(", ") || "nothing"
    }`,
    ...(report.batch === null
      ? []
      : [`batch ${report.batch} (take it back with lectern import undo ${report.batch})`]),
  ];
}
