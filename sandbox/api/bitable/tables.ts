import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { openBase, tableOf } from "./access.ts";
import type { Opened } from "./access.ts";
import { raise } from "./commit.ts";
import { refusal } from "./errors.ts";
import { visibleRevision } from "./lag.ts";
import { paged } from "./page.ts";
import { SCOPES } from "./scopes.ts";
import { createTable, deleteTables, tableName } from "./table-core.ts";
import type { TableSpec } from "./table-core.ts";
import { openForWrite } from "./writing.ts";

const TABLES = "/open-apis/bitable/v1/apps/:app_token/tables";
const write = { perSecond: 10 };

const work = (opened: Opened) => ({
  kernel: opened.kernel,
  base: opened.base,
  page: opened.page,
  actor: opened.actor,
});

/** The revision per table: one call tells what changed (decisions.md 7). It lags as reads do. */
function list(call: Call) {
  const { base, node } = openBase(call, "table list", "view");
  const horizon = call.now() - call.switches.readLagMs;
  const fresh = (createdAt: number) =>
    call.switches.readLagMs > 0 && createdAt > horizon && createdAt > node.createdAt;
  const items = base.tables
    .filter((table) => !fresh(table.createdAt))
    .map((table) => ({ table_id: table.id, revision: visibleRevision(call, table), name: table.name }));
  return paged("table list", items, call.query, { usual: 20, most: 100 }, `tables ${base.token}`, call.now());
}

async function create(call: Call) {
  const opened = await openForWrite(call, "table create", "edit");
  const spec = call.body["table"] as TableSpec | undefined;
  if (!spec) throw refusal("table create", 1254001, "table is missing");
  const table = createTable(work(opened), spec);
  return {
    table_id: table.id,
    ...(spec.default_view_name ? { default_view_id: table.views[0]?.id } : {}),
    ...(spec.fields?.length ? { field_id_list: table.fields.map((field) => field.id) } : {}),
  };
}

async function batchCreate(call: Call) {
  const opened = await openForWrite(call, "table change", "edit");
  const specs = (call.body["tables"] ?? []) as TableSpec[];
  if (specs.length === 0) throw refusal("table change", 1254007, "tables is empty");
  const before = [...opened.base.tables];
  try {
    return { table_ids: specs.map(({ name }) => createTable(work(opened), { name }).id) };
  } catch (error) {
    // All or none: a table refused takes the earlier ones of the batch back.
    opened.base.tables = before;
    throw error;
  }
}

async function rename(call: Call) {
  const opened = await openForWrite(call, "table change", "edit");
  const table = tableOf(opened, call.path["table_id"] ?? "");
  table.name = tableName(work(opened), call.body["name"] as string | undefined, table);
  raise(call, opened.base, table, opened.actor);
  return { name: table.name };
}

async function remove(call: Call) {
  const opened = await openForWrite(call, "table change", "edit");
  deleteTables(work(opened), [call.path["table_id"] ?? ""]);
  return {};
}

async function batchRemove(call: Call) {
  const opened = await openForWrite(call, "table change", "edit");
  const ids = (call.body["table_ids"] ?? []) as string[];
  if (ids.length === 0) throw refusal("table change", 1254007, "table_ids is empty");
  if (ids.length > 50) throw refusal("table change", 1254104, `${ids.length} table_ids, at most 50`);
  deleteTables(work(opened), ids);
  return {};
}

export const tables = operations([
  { method: "GET", path: TABLES, scopes: SCOPES.readTable, rate: { perSecond: 20 }, handle: list },
  { method: "POST", path: TABLES, scopes: SCOPES.createTable, rate: write, handle: create },
  {
    method: "POST",
    path: `${TABLES}/batch_create`,
    scopes: SCOPES.createTable,
    rate: write,
    handle: batchCreate,
  },
  { method: "PATCH", path: `${TABLES}/:table_id`, scopes: SCOPES.updateTable, rate: write, handle: rename },
  { method: "DELETE", path: `${TABLES}/:table_id`, scopes: SCOPES.deleteTable, rate: write, handle: remove },
  {
    method: "POST",
    path: `${TABLES}/batch_delete`,
    scopes: SCOPES.deleteTable,
    rate: write,
    handle: batchRemove,
  },
]);
