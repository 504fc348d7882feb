import { anyTables, type TableKey } from "#base/index.ts";
import { isNamed } from "#base/match.ts";
import { appTokenOf } from "#base/mapping.ts";
import type { BaseKey } from "#base/table.ts";
import { plainFields, wireField } from "#base/wire.ts";
import type { BaseTable } from "../../feishu/gateway.ts";
import { type Job, orProblem, remember, tablesOf } from "./job.ts";

/** Finds each table by remembered id, else by name; makes the missing ones with all fields that need no other table. */
export async function ensureTables(job: Job, base: BaseKey, real: readonly BaseTable[]): Promise<void> {
  for (const key of tablesOf(base)) {
    const found = findTable(job, key, real);
    if (found) takeOver(job, key, found);
    else await createTable(job, key);
    await job.progress?.(job.report.created.length);
  }
}

function findTable(job: Job, key: TableKey, real: readonly BaseTable[]): BaseTable | undefined {
  const { names, aliases } = anyTables[key];
  const taken = new Set(Object.values(job.remembered?.tables ?? {}).map((table) => table.tableId));
  return (
    real.find((table) => table.tableId === remember(job, key)?.tableId) ??
    real.find((table) => isNamed(table.name, names, aliases) && !taken.has(table.tableId))
  );
}

function takeOver(job: Job, key: TableKey, found: BaseTable): void {
  const before = remember(job, key);
  const same = before?.tableId === found.tableId ? before : undefined;
  job.mapping.tables[key] = {
    tableId: found.tableId,
    name: found.name,
    fields: {},
    views: {},
    ...(same?.filled ? { filled: true } : {}),
  };
  if (same && same.name !== found.name)
    job.report.drift.push({
      what: "renamed",
      of: "table",
      table: key,
      expected: same.name,
      actual: found.name,
    });
}

async function createTable(job: Job, key: TableKey): Promise<void> {
  const table = anyTables[key];
  const { language } = job.mapping;
  const name = table.names[language];
  const firstGrid = table.views.find((view) => view.type === "grid");
  const made = await orProblem(job, { table: key, what: `table ${name} was not made` }, () =>
    job.feishu.bases.createTable(appTokenOf(job.mapping, key), {
      name,
      defaultViewName: firstGrid?.[language] ?? name,
      fields: plainFields(table).map(([, field]) => wireField(field, language)),
    }),
  );
  if (!made) return;
  job.fresh.add(key);
  job.mapping.tables[key] = { tableId: made.tableId, name, fields: {}, views: {} };
  job.report.created.push({ what: "table", table: key, name, id: made.tableId });
}
