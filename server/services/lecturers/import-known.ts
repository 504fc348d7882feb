import { decode } from "#base/codec.ts";
import type { RowOf, TableKey } from "#base/index.ts";
import { locate } from "#base/mapping.ts";
import type { Ctx } from "../../context.ts";
import type { RowReader } from "./import-cells.ts";

export type Known<K extends TableKey> = RowOf<K> & { recordId: string };

/** All rows of a table as the Base has them now: an import may follow another faster than the cache does. */
export async function knownRows<K extends TableKey>(ctx: Ctx, table: K): Promise<Known<K>[]> {
  const { mapping } = ctx.workspace;
  const records = await ctx.feishu.records.search(locate(mapping, table));
  return records.map(({ recordId, fields }) => ({ ...decode(mapping, table, fields).row, recordId }));
}

/** The one row of a name; refuses the cell when there is none or several. */
export function theOne<T>(
  reader: RowReader,
  key: string,
  rows: readonly T[],
  nameOf: (row: T) => string | undefined,
  what: { zh: string; en: string },
): T | undefined {
  const name = reader.text(key);
  if (name === undefined) return undefined;
  const found = rows.filter((row) => nameOf(row)?.trim() === name.trim());
  if (found.length === 1) return found[0];
  if (found.length === 0)
    return reader.refuse(key, { zh: `「${what.zh}」表里有的名字`, en: `a name of the table ${what.en}` });
  return reader.refuse(key, {
    zh: `唯一的名字（「${what.zh}」表里有 ${found.length} 条同名）`,
    en: `a name that is unique in ${what.en} (${found.length} have it)`,
  });
}
