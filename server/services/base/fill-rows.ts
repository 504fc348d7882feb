import { decode, encode } from "#base/codec.ts";
import { messageRows } from "#base/defaults/message-rows.ts";
import { defaultRules } from "#base/defaults/rules.ts";
import { settingRows } from "#base/defaults/settings.ts";
import { anyTables, type PatchOf, type TableKey } from "#base/index.ts";
import { tableMappingOf } from "#base/mapping.ts";
import { type Job, orProblem, refOf, runKey } from "./job.ts";

/** The first rows of 消息与提醒, 设置 and 激励规则: what is there already stays, by its id, key or name. */
export async function fillRows(job: Job): Promise<void> {
  const { language } = job.mapping;
  await fill(job, "messages", "id", messageRows(language));
  await fill(job, "settings", "key", settingRows(language));
  await fill(job, "rules", "name", defaultRules(language), { onlyWhenEmpty: true });
}

async function fill<K extends "messages" | "settings" | "rules">(
  job: Job,
  table: K,
  key: "id" | "key" | "name",
  rows: readonly PatchOf<K>[],
  { onlyWhenEmpty = false } = {},
): Promise<void> {
  const place = job.mapping.tables[table];
  if (!place) return;
  const there = job.fresh.has(table) ? new Set<unknown>() : await idsThere(job, table, key);
  if (place.filled && there.size === 0) {
    job.report.problems.push(cameBackEmpty(job, table));
    return;
  }
  const valueOf = (row: PatchOf<K>) => (row as Record<string, unknown>)[key];
  const missing =
    onlyWhenEmpty && (place.filled || there.size > 0) ? [] : rows.filter((row) => !there.has(valueOf(row)));
  if (missing.length > 0) {
    const problem = { table, what: `first rows of ${place.name} were not written` };
    const done = await orProblem(job, problem, () => {
      const wire = missing.map((row) => encode(job.mapping, table, row));
      return job.feishu.records.batchCreate(refOf(job, table), wire, runKey(job, table));
    });
    if (!done) return;
    job.report.created.push({ what: "rows", table, name: place.name, count: missing.length });
  }
  place.filled = true;
}

async function idsThere(job: Job, table: TableKey, key: string): Promise<Set<unknown>> {
  const records = await job.feishu.records.search(refOf(job, table));
  const rows = records.map(({ fields }) => decode(job.mapping, table, fields).row as Record<string, unknown>);
  // A row whose id was emptied still shows that the read is not blind.
  return new Set(rows.map((row, index) => row[key] ?? index));
}

/** Under advanced permissions without manage right a search answers code 0 and no rows (facts.md §4.8). */
function cameBackEmpty(job: Job, table: TableKey) {
  const { name } = tableMappingOf(job.mapping, table);
  const zh = job.mapping.language === "zh";
  return {
    table,
    detail: zh
      ? `「${name}」读出来是空的，以前写过内容`
      : `${name} came back empty although rows were written before`,
    next: zh
      ? "确认应用对这张多维表格是「可管理」；如果确实清空了，删掉这张表后再运行 lectern provision"
      : `check that the app manages this Base; if the rows were really removed, delete the table (${anyTables[table].names.en}) and run lectern provision`,
  };
}
