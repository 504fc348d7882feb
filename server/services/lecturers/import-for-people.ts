import type { Ctx } from "../../context.ts";
import { importData, type ImportInput, type ImportReport } from "./import.ts";
import { listImports, type ImportSummary } from "./list-imports.ts";
import type { ColumnMatch, RowError, Skipped } from "./import-types.ts";

type Language = "zh" | "en";

/** An import's report in the reader's language; `headings` = all of the sheet's, to choose a column's from. */
export interface ReadableReport extends Pick<
  ImportReport,
  "kind" | "unused" | "newOptions" | "creates" | "batch"
> {
  columns: (Pick<ColumnMatch, "key" | "required" | "header"> & { name: string })[];
  errors: (Omit<RowError, "expected"> & { expected: string })[];
  skipped: (Omit<Skipped, "why"> & { why: string })[];
  headings: string[];
  rows: number;
}

export async function importForPeople(
  ctx: Ctx,
  input: ImportInput,
  { preview, language }: { preview: boolean; language: Language },
): Promise<ReadableReport> {
  const { columns, errors, skipped, ...rest } = await importData(ctx, input, { preview });
  const sheet = "sheet" in input ? input.sheet : null;
  return {
    ...rest,
    columns: columns.map(({ key, name, required, header }) => ({
      key,
      name: name[language],
      required,
      header,
    })),
    errors: errors.map((one) => ({ ...one, expected: one.expected[language] })),
    skipped: skipped.map((one) => ({ ...one, why: one.why[language] })),
    headings: sheet ? sheet.header.filter((heading) => heading !== "") : [],
    rows: sheet?.rows.length ?? 0,
  };
}

/** Batches with who made them by name. */
export async function namedImports(ctx: Ctx): Promise<ImportSummary[]> {
  const batches = await listImports(ctx);
  const people = [...new Set(batches.map(({ by }) => by).filter((by) => by.startsWith("ou_")))];
  const found = people.length > 0 ? await ctx.feishu.contact.users(people) : [];
  const names = new Map(found.map(({ openId, name }) => [openId, name]));
  return batches.map((batch) => ({ ...batch, by: names.get(batch.by) ?? batch.by }));
}
