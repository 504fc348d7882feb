import { z } from "zod";

const record = z.object({ record_id: z.string(), fields: z.record(z.string(), z.unknown()) });
const view = z.object({ view_id: z.string(), view_name: z.string(), view_type: z.string() });
const dumpSchema = z.object({
  tables: z.array(
    z.object({
      table_id: z.string(),
      name: z.string(),
      records: z.array(record),
      views: z.array(view).default([]),
    }),
  ),
});
export type DumpRow = z.infer<typeof record>;

/** A Base as it lies in the sandbox: tables by name, cells in Feishu's read format, whichever of its spellings. */
export class Dump {
  readonly #tables: z.infer<typeof dumpSchema>["tables"];

  constructor(json: unknown) {
    this.#tables = dumpSchema.parse(json).tables;
  }

  has(name: string): boolean {
    return this.#tables.some((table) => table.name === name);
  }

  tableId(name: string): string {
    return this.#table(name).table_id;
  }

  /** The view id of a table's form. */
  form(name: string): string {
    const found = this.#table(name).views.find((entry) => entry.view_type === "form");
    if (!found) throw new Error(`the table ${name} has no form`);
    return found.view_id;
  }

  rows(name: string): DumpRow[] {
    return this.#tables.find((table) => table.name === name)?.records ?? [];
  }

  /** open_ids in a person or group cell. */
  people(cell: unknown): string[] {
    if (!Array.isArray(cell)) return [];
    return cell.flatMap((item) => (isThing(item) && typeof item.id === "string" ? [item.id] : []));
  }

  /** Primary texts of the rows that a link cell points to. */
  linked(cell: unknown): string[] {
    return this.linkIds(cell).map((id) => this.#labels().get(id) ?? "");
  }

  linkIds(cell: unknown): string[] {
    if (Array.isArray(cell))
      return cell.flatMap((item) =>
        typeof item === "string"
          ? [item]
          : isThing(item)
            ? strings(item.record_ids ?? item.link_record_ids ?? item.record_id)
            : [],
      );
    return isThing(cell) ? strings(cell.link_record_ids ?? cell.record_ids) : [];
  }

  /** A text cell, rich or plain. */
  text(cell: unknown): string {
    if (typeof cell === "string" || typeof cell === "number") return String(cell);
    if (Array.isArray(cell))
      return cell
        .map((item) => (isThing(item) && typeof item.text === "string" ? item.text : this.text(item)))
        .join("");
    return isThing(cell) && typeof cell.text === "string" ? cell.text : "";
  }

  #known: Map<string, string> | null = null;

  /** record id → the text of its first field, which is the primary one. */
  #labels(): Map<string, string> {
    this.#known ??= new Map(
      this.#tables.flatMap((table) =>
        table.records.map(
          (row) =>
            [
              row.record_id,
              this.text(row.fields[PRIMARY[table.name] ?? ""] ?? Object.values(row.fields)[0]),
            ] as const,
        ),
      ),
    );
    return this.#known;
  }

  #table(name: string) {
    const table = this.#tables.find((entry) => entry.name === name);
    if (!table)
      throw new Error(
        `the Base has no table ${name}: it has ${this.#tables.map((entry) => entry.name).join(", ") || "none"}; provision it first`,
      );
    return table;
  }
}

const PRIMARY: Record<string, string> = {
  讲师: "姓名",
  讲师群: "名称",
  分享: "分享",
  主题: "主题",
  模板: "名称",
  素材库: "标题",
  学员需求: "内容",
  公司日历: "名称",
  激励规则: "名称",
};

function isThing(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function strings(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item) => typeof item === "string")
    : typeof value === "string"
      ? [value]
      : [];
}
