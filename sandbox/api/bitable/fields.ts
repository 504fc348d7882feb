import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { openBase, rightsOf, tableOf } from "./access.ts";
import type { Opened } from "./access.ts";
import { once } from "./client-token.ts";
import { refusal } from "./errors.ts";
import { addField, removeField, replaceField } from "./field-core.ts";
import type { FieldSpec, FieldWork } from "./field-core.ts";
import { shownProperty } from "./field-property.ts";
import { fieldById } from "./model.ts";
import type { Base, Field, Table } from "./model.ts";
import { paged } from "./page.ts";
import { SCOPES } from "./scopes.ts";
import { openTableForWrite } from "./writing.ts";
import { said } from "../given.ts";

const FIELDS = "/open-apis/bitable/v1/apps/:app_token/tables/:table_id/fields";
const write = { perSecond: 10 };

const work = (opened: Opened, table: Table): FieldWork => ({
  kernel: opened.kernel,
  base: opened.base,
  table,
  page: opened.page,
  actor: opened.actor,
});

/** A field as create, update and list show it. */
function shownField(base: Base, field: Field, hidden = false, descriptionAsArray = false) {
  const text = field.description?.text;
  return {
    field_id: field.id,
    field_name: field.name,
    type: field.type,
    ui_type: field.uiType,
    property: shownProperty(base, field),
    ...(text === undefined ? {} : { description: descriptionAsArray ? [{ type: "text", text }] : text }),
    is_primary: field.primary,
    is_hidden: hidden,
  };
}

function list(call: Call) {
  const opened = openBase(call, "field list", "view");
  const table = tableOf(opened, call.path["table_id"] ?? "", true);
  const viewId = call.query["view_id"];
  const view = viewId ? table.views.find((one) => one.id === viewId) : undefined;
  if (viewId && !view) throw refusal("field list", 1254042, `view_id ${said(viewId)}`);
  const { hidden } = rightsOf(opened, table);
  const lag = call.switches.readLagMs;
  const horizon = call.now() - lag;
  const seen = table.fields.filter(
    (field) =>
      !hidden.has(field.id) && !(lag > 0 && field.createdAt > horizon && field.createdAt > table.createdAt),
  );
  const asArray = call.query["text_field_as_array"] === true;
  const items = seen.map((field) => shownField(opened.base, field, view?.hidden.includes(field.id), asArray));
  return paged("field list", items, call.query, { usual: 20, most: 100 }, `fields ${table.id}`, call.now());
}

async function create(call: Call) {
  const page = "field create";
  const { base } = openBase(call, page, "edit");
  const content = [call.path["table_id"], call.body];
  const { ids } = await once(page, base, call.query["client_token"], content, call.now(), async () => {
    const { opened, table } = await openTableForWrite(call, page);
    return [addField(work(opened, table), call.body as FieldSpec).id];
  });
  const field = fieldById(tableOf(openBase(call, page, "edit"), call.path["table_id"] ?? ""), ids[0] ?? "");
  if (!field) throw refusal(page, 1254044, `field ${ids[0]} has been deleted since`);
  return { field: shownField(base, field) };
}

function fieldOf(opened: Opened, table: Table, call: Call): Field {
  const field = fieldById(table, call.path["field_id"] ?? "");
  if (!field) throw refusal(opened.page, 1254044, `field_id ${call.path["field_id"]}`);
  return field;
}

async function update(call: Call) {
  const { opened, table } = await openTableForWrite(call, "field update");
  const field = replaceField(work(opened, table), fieldOf(opened, table, call), call.body as FieldSpec);
  return { field: shownField(opened.base, field) };
}

async function remove(call: Call) {
  const { opened, table } = await openTableForWrite(call, "field delete");
  const field = fieldOf(opened, table, call);
  removeField(work(opened, table), field);
  return { field_id: field.id, deleted: true };
}

export const fields = operations([
  { method: "GET", path: FIELDS, scopes: SCOPES.readField, rate: { perSecond: 20 }, handle: list },
  { method: "POST", path: FIELDS, scopes: SCOPES.createField, rate: write, handle: create },
  { method: "PUT", path: `${FIELDS}/:field_id`, scopes: SCOPES.updateField, rate: write, handle: update },
  { method: "DELETE", path: `${FIELDS}/:field_id`, scopes: SCOPES.deleteField, rate: write, handle: remove },
]);
