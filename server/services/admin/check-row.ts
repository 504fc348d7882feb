import { readMessageRows } from "#base/defaults/message-rows.ts";
import { parseSettings } from "#base/defaults/settings.ts";
import type { RowOf } from "#base/index.ts";
import type { Names } from "#base/table.ts";
import { parseLevels } from "#base/text/levels.ts";
import { parseWindowsExact } from "#base/text/windows.ts";
import type { Ctx } from "../../context.ts";
import { parseRule } from "../incentive/parse-rule.ts";
import { getRow, type Rec } from "../records/read.ts";

/** Tables whose rows an admin may fill in through the server, where the Base at hand is the other one. */
export const savedTables = [
  "lecturers",
  "groups",
  "topics",
  "demands",
  "companyDays",
  "rules",
  "messages",
  "settings",
] as const;
export type SavedTable = (typeof savedTables)[number];

export interface SaveRowInput {
  table: SavedTable;
  /** null adds a row. */
  record: string | null;
  /** By our field keys; null clears a cell. */
  fields: Record<string, unknown>;
  /** The caller's name for this act: asked again with it, nothing is written twice. */
  act: string;
}

const both = (zh: string, en: string): Names => ({ zh, en });

/** What keeps a row from being used as it would stand after this save; null when nothing does. */
export async function problemOfRow(
  ctx: Ctx,
  { table, record, fields }: Pick<SaveRowInput, "table" | "record" | "fields">,
): Promise<Names | null> {
  const cells = {
    ...((record === null ? null : await getRow(ctx, table, record)) as Record<string, unknown> | null),
  };
  for (const [key, value] of Object.entries(fields)) {
    if (value === null) delete cells[key];
    else cells[key] = value;
  }
  return checks[table]?.(ctx, cells, record) ?? null;
}

type Check = (ctx: Ctx, cells: Record<string, unknown>, record: string | null) => Names | null;

const checks: Partial<Record<SavedTable, Check>> = {
  rules(ctx, cells, record) {
    // The row was decoded by the codec, or checked by it a moment ago.
    const parsed = parseRule(ctx, { ...cells, id: record ?? "new" } as Rec<"rules">);
    if (!("problem" in parsed)) return cells["name"] ? null : both("给这条规则起个名字。", "Name the rule.");
    const { field, value, expected } = parsed.problem;
    return value === ""
      ? both(`「${field}」还没有填。`, `${field} is empty: expected ${expected}.`)
      : both(`「${field}」不能是「${value}」。`, `${field} cannot be "${value}": expected ${expected}.`);
  },
  messages(_, cells) {
    const row = cells as RowOf<"messages">;
    const { problems } = readMessageRows([{ ...row, id: row.id ?? "" }]);
    return problems.find(({ id }) => id === (row.id ?? "")) ?? null;
  },
  settings(_, cells) {
    const row = cells as RowOf<"settings">;
    const [problem] = parseSettings([{ key: row.key ?? "", value: row.value ?? null }]).problems;
    return problem ?? null;
  },
  lecturers(_, cells) {
    const { name, levels, windowsExact } = cells as RowOf<"lecturers">;
    if (!name?.trim()) return both("姓名不能为空。", "A name is needed.");
    if (levels && parseLevels(levels).problems.length > 0)
      return both(
        "领域熟练度要写成「销售 0.9; 技术 0.5」。",
        "Expertise levels look like “Sales 0.9; Technology 0.5”.",
      );
    return windowsExact && parseWindowsExact(windowsExact).problems.length > 0
      ? both("精确时段要写成「周三 14:30-17:00」。", "Exact windows look like “Wed 14:30-17:00”.")
      : null;
  },
  groups: (_, cells) => named(cells, "name"),
  topics: (_, cells) => named(cells, "name"),
};

const named = (cells: Record<string, unknown>, key: string): Names | null =>
  typeof cells[key] === "string" && cells[key].trim() ? null : both("名称不能为空。", "A name is needed.");
