/** Bases as one person's client shows them: what they may open, and rows of a view in pages. */
import type { Context, Hono } from "hono";
import { openAs, type Opened, rightsOf } from "../api/bitable/access.ts";
import { bitable, type Field, READ_ONLY, type Row, T, type Table, type View } from "../api/bitable/model.ts";
import { plainText, readFields } from "../api/bitable/read-cell.ts";
import type { Rights } from "../api/bitable/rights.ts";
import { rowList } from "../api/bitable/rows.ts";
import { viewTest } from "../api/bitable/search-filter.ts";
import { sorted, sortRules } from "../api/bitable/sort.ts";
import { seenBy, settingsOf } from "../api/bitable/view-look.ts";
import { fileResponse } from "../api/drive/downloads.ts";
import { atLeast, drive, nodeOf, permissionOf } from "../api/drive/nodes.ts";
import type { Kernel } from "../kernel.ts";
import { LeverError } from "../lever-input.ts";
import { answered } from "./base-acts.ts";
import { personOf } from "./org.ts";

const PAGE = 200;
const MOST = 2000;

const who = (kernel: Kernel, c: Context) =>
  ({ kind: "user", openId: personOf(kernel, c.req.param("id") ?? "").open_id }) as const;

function opened(kernel: Kernel, c: Context): Opened {
  return openAs(kernel, who(kernel, c), c.req.param("token") ?? "", "rec search", "view");
}

function tableOf({ base }: Opened, id: string): Table {
  const table = base.tables.find((one) => one.id === id);
  if (!table) throw new LeverError(`the Base ${base.name} has no table ${id}`);
  return table;
}

const view = ({ id, name, type, hidden, form }: View) => ({
  id,
  name,
  type,
  hidden,
  form: form && { name: form.name, description: form.description, fields: form.fields },
});

/** Name, tables and views of a Base, as far as the person sees them. */
function outline(of: Opened) {
  const tables = of.base.tables.filter((table) => rightsOf(of, table).read);
  return {
    app_token: of.base.token,
    name: of.base.name,
    perm: of.perm,
    tables: tables.map((table) => ({
      id: table.id,
      name: table.name,
      records: table.count,
      views: table.views.map(view),
    })),
  };
}

function fieldView(field: Field, rights: Rights) {
  const { id, name, type, uiType, property, primary, description } = field;
  return {
    id,
    name,
    type,
    ui_type: uiType,
    property,
    primary,
    description: description?.text ?? "",
    fixed: READ_ONLY.has(type) || rights.fixed.has(id),
  };
}

/** A cell in the read format of search; links with the words of the records they name. */
function cellsOf(of: Opened, table: Table, row: Row, fields: Field[]): Record<string, unknown> {
  const read = { kernel: of.kernel, base: of.base, table, idType: "open_id", origin: "" } as const;
  const context = { ...read, legacy: false, textAsArray: true };
  const cells: Record<string, unknown> = {};
  for (const field of fields) {
    const value = readFields(context, row, [field])[field.name];
    if (value === undefined) continue;
    cells[field.id] = field.type === T.link || field.type === T.duplex ? linked(of, field, row) : value;
  }
  return cells;
}

function linked({ base }: Opened, field: Field, row: Row) {
  const target = base.tables.find((one) => one.id === field.property.table_id);
  return ((row.cells[field.id] ?? []) as string[]).map((id) => ({ id, text: title(target, id) }));
}

function title(table: Table | undefined, id: string): string {
  const primary = table?.fields.find((field) => field.primary);
  return primary ? plainText(primary, table?.rows[id]?.cells[primary.id]) : "";
}

function rowsOf(of: Opened, table: Table, rights: Rights, viewId: string, words: string): Row[] {
  const { kernel, base } = of;
  const saved = table.views.find((one) => one.id === viewId);
  const found = saved && seenBy(kernel, of.actor, saved);
  const context = { kernel, base, table, page: "rec search", idType: "open_id" } as const;
  const test = found ? viewTest(context, found) : null;
  const { sees } = rights;
  const primary = table.fields.find((field) => field.primary);
  const rows = rowList(table).filter(
    (row) =>
      (sees === null || sees(row)) &&
      (test === null || test(row)) &&
      (words === "" || (primary !== undefined && plainText(primary, row.cells[primary.id]).includes(words))),
  );
  const sort = found ? sortRules(table, settingsOf(found).sort) : [];
  return sort.length > 0 ? sorted(context, rows, sort) : rows;
}

function rowView(of: Opened, table: Table, rights: Rights, row: Row, fields: Field[]) {
  const fixed = rights.changes !== null && !rights.changes(row);
  return { id: row.id, cells: cellsOf(of, table, row, fields), fixed };
}

function page(of: Opened, table: Table, c: Context) {
  const rights = rightsOf(of, table);
  if (!rights.read) throw new LeverError(`${table.name} is closed to this person`);
  const fields = table.fields.filter((field) => !rights.hidden.has(field.id));
  const rows = rowsOf(of, table, rights, c.req.query("view") ?? "", c.req.query("words") ?? "");
  const offset = Number(c.req.query("offset") ?? 0);
  const limit = Math.min(MOST, Number(c.req.query("limit") ?? PAGE));
  return {
    revision: table.revision,
    total: rows.length,
    rights: { add: rights.add, edit: rights.edit, remove: rights.remove },
    fields: fields.map((field) => fieldView(field, rights)),
    rows: rows.slice(offset, offset + limit).map((row) => rowView(of, table, rights, row, fields)),
  };
}

/** The bytes of an attachment, for whoever may open the Base it hangs in. */
function bytes(kernel: Kernel, c: Context): Response {
  const media = drive(kernel.state).medias[c.req.param("file") ?? ""];
  const node = media && !media.deleted ? nodeOf(kernel.state, media.parentNode) : null;
  if (!media || !node) return c.json({ error: "not found" }, 404);
  if (!atLeast(permissionOf(kernel, node, who(kernel, c)), "view"))
    return c.json({ error: "request access" }, 403);
  return fileResponse(media, c.req.header("range") ?? null);
}

export function personBaseLevers(app: Hono, kernel: Kernel): void {
  app.get("/sandbox/people/:id/bases", (c) => {
    const person = who(kernel, c);
    const mine = Object.keys(bitable(kernel.state).bases).filter((token) => {
      const node = nodeOf(kernel.state, token);
      return node !== null && permissionOf(kernel, node, person) !== null;
    });
    return c.json({
      bases: mine.map((token) => outline(openAs(kernel, person, token, "rec search", "view"))),
    });
  });
  app.get("/sandbox/people/:id/bases/:token/tables/:table/rows", (c) =>
    answered(c, () => {
      const of = opened(kernel, c);
      return page(of, tableOf(of, c.req.param("table")), c);
    }),
  );
  app.get("/sandbox/people/:id/bases/:token/tables/:table/rows/:row", (c) =>
    answered(c, () => {
      const of = opened(kernel, c);
      const table = tableOf(of, c.req.param("table"));
      const rights = rightsOf(of, table);
      const found = table.rows[c.req.param("row")];
      const seen = found && rights.read && rights.sees?.(found) !== false;
      const fields = table.fields.filter((field) => !rights.hidden.has(field.id));
      return {
        fields: fields.map((field) => fieldView(field, rights)),
        rights: { add: rights.add, edit: rights.edit, remove: rights.remove },
        // A record that is gone, or hidden from this person, is nothing to a client.
        row: seen ? rowView(of, table, rights, found, fields) : null,
      };
    }),
  );
  app.get("/sandbox/people/:id/files/:file", (c) => bytes(kernel, c));
}
