import { EncodeError, encode } from "#base/codec.ts";
import { tableMappingOf } from "#base/mapping.ts";
import type { Ctx } from "../../context.ts";
import { InvalidInputError } from "../../errors.ts";
import { prepareBaseline } from "./import-baseline.ts";
import type { SheetKind } from "./import-columns.ts";
import { prepareFiles, type PastFile } from "./import-files.ts";
import { prepareChat, prepareLecturers } from "./import-lecturers.ts";
import { prepareRatings } from "./import-ratings.ts";
import { prepareSessions } from "./import-sessions.ts";
import { storeImport } from "./import-store.ts";
import type { ImportKind, Prepared, Sheet } from "./import-types.ts";

export { readSheet, readText } from "./import-read-sheet.ts";

export type ImportInput =
  | {
      readonly kind: SheetKind;
      readonly sheet: Sheet;
      /** Our column key → the sheet's heading. */ readonly columns?: Record<string, string>;
    }
  | {
      readonly kind: "chat";
      readonly chatId: string;
      /** Record ids of 讲师群. */ readonly groups?: string[];
    }
  | { readonly kind: "files"; readonly files: readonly PastFile[] };

export interface ImportReport extends Pick<
  Prepared,
  "columns" | "unused" | "errors" | "skipped" | "newOptions"
> {
  readonly kind: ImportKind;
  /** How many rows go where. */
  readonly creates: Record<string, number>;
  /** The batch made; null for a preview, and when there was nothing to import. */
  readonly batch: string | null;
}

/**
 * Brings lecturers, past sessions, ratings, files, opening balances and the baseline in, silently. Rows with errors are left
 * out and named; with `preview` nothing is written and the answer is otherwise the same.
 */
export async function importData(
  ctx: Ctx,
  input: ImportInput,
  { preview = false } = {},
): Promise<ImportReport> {
  const prepared = checked(ctx, await prepare(ctx, input, preview));
  const missing = prepared.columns.filter(({ required, header }) => required && header === null);
  if (missing.length > 0 && !preview)
    throw missingColumns(
      prepared,
      missing.map(({ name }) => name),
    );
  const kind = input.kind === "chat" ? "lecturers" : input.kind;
  const creates = countsOf(prepared);
  const anything = Object.values(creates).some((count) => count > 0);
  const batch = preview || !anything ? null : await storeImport(ctx, kind, contentOf(input), prepared);
  const { columns, unused, errors, skipped, newOptions } = prepared;
  return { kind, columns, unused, errors, skipped, newOptions, creates, batch };
}

function prepare(ctx: Ctx, input: ImportInput, preview: boolean): Promise<Prepared> {
  switch (input.kind) {
    case "lecturers":
      return prepareLecturers(ctx, input.sheet, input.columns);
    case "sessions":
      return prepareSessions(ctx, input.sheet, input.columns);
    case "ratings":
      return prepareRatings(ctx, input.sheet, input.columns);
    case "baseline":
      return prepareBaseline(ctx, input.sheet, input.columns);
    case "chat":
      return prepareChat(ctx, input);
    case "files":
      return prepareFiles(ctx, input.files, { upload: !preview });
  }
}

/** The codec has the last word, also in the preview: what it refuses is a mistake of ours, told as such before anything is written. */
function checked(ctx: Ctx, prepared: Prepared): Prepared {
  for (const { table, rows } of prepared.steps)
    for (const [index, row] of rows.entries())
      try {
        encode(ctx.workspace.mapping, table, row({}), { newOptions: true });
      } catch (error) {
        if (!(error instanceof EncodeError)) throw error;
        for (const { fieldName, value, expected } of error.problems) {
          const place = `${tableMappingOf(ctx.workspace.mapping, table).name}[${index}]`;
          throw new InvalidInputError(
            "import_value",
            `${place}.${fieldName}: expected ${expected}, got ${String(value)}`,
          );
        }
      }
  return prepared;
}

function missingColumns(prepared: Prepared, names: readonly { zh: string; en: string }[]): InvalidInputError {
  const list = (language: "zh" | "en") =>
    names.map((name) => name[language]).join(language === "zh" ? "、" : ", ");
  const there = prepared.unused.join(", ");
  return new InvalidInputError(
    "missing_columns",
    `columns missing: ${list("en")}; not understood: ${there || "none"}`,
    {
      nextStep: {
        zh: `请补上列：${list("zh")}，或指定哪一列是它`,
        en: `add the columns ${list("en")}, or say which heading stands for them`,
      },
    },
  );
}

function countsOf(prepared: Prepared): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { table, rows } of prepared.steps) counts[table] = (counts[table] ?? 0) + rows.length;
  if (prepared.ledger.length > 0) counts["ledger"] = prepared.ledger.length;
  if (prepared.baseline.length > 0) counts["baseline"] = prepared.baseline.length;
  return counts;
}

/** What makes two imports the same. */
function contentOf(input: ImportInput): string {
  if (input.kind === "chat") return `chat:${input.chatId}`;
  if (input.kind === "files")
    return JSON.stringify(input.files.map(({ name, bytes }) => [name, bytes.length]));
  return JSON.stringify([input.sheet.header, input.sheet.rows]);
}
