import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { originOf } from "../drive/nodes.ts";
import { openBase, tableOf } from "./access.ts";
import { raise } from "./commit.ts";
import { refusal } from "./errors.ts";
import { READ_ONLY } from "./model.ts";
import type { FormMeta, Table } from "./model.ts";
import { paged } from "./page.ts";
import { SCOPES } from "./scopes.ts";
import { openTableForWrite } from "./writing.ts";

const FORMS = "/open-apis/bitable/v1/apps/:app_token/tables/:table_id/forms/:form_id";
const read = { perSecond: 20 };
const write = { perSecond: 10 };

/** A form is a view of type form; its id is the view's. New fields join it unasked. */
function formOf(call: Call, table: Table): FormMeta {
  const form = table.views.find((view) => view.id === call.path["form_id"])?.form;
  if (!form) throw refusal("form", 1254042, `form_id ${call.path["form_id"]}`);
  for (const field of table.fields) {
    if (READ_ONLY.has(field.type) || form.fields.some((one) => one.field_id === field.id)) continue;
    form.fields.push({
      field_id: field.id,
      title: field.name,
      description: "",
      required: false,
      visible: true,
    });
  }
  return form;
}

function shown(call: Call, form: FormMeta) {
  const { fields: _fields, sharedToken, ...rest } = form;
  return { ...rest, shared_url: form.shared ? `${originOf(call)}/share/base/form/${sharedToken}` : "" };
}

function get(call: Call) {
  const table = tableOf(openBase(call, "form", "view"), call.path["table_id"] ?? "", true);
  return { form: shown(call, formOf(call, table)) };
}

async function patch(call: Call) {
  const { opened, table } = await openTableForWrite(call, "form");
  const form = formOf(call, table);
  const { name, description, shared, shared_limit, submit_limit_once } = call.body as Partial<FormMeta>;
  if (name !== undefined && name.trim() === "") throw refusal("form", 1254021);
  const given = { name: name?.trim(), description, shared, shared_limit, submit_limit_once };
  Object.assign(form, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  raise(call, opened.base, table, opened.actor);
  return { form: shown(call, form) };
}

function listFields(call: Call) {
  const table = tableOf(openBase(call, "form", "view"), call.path["table_id"] ?? "", true);
  const items = formOf(call, table).fields;
  return paged(
    "form",
    items,
    call.query,
    { usual: 20, most: 100 },
    `form ${call.path["form_id"]}`,
    call.now(),
  );
}

async function patchField(call: Call) {
  const { opened, table } = await openTableForWrite(call, "form");
  const form = formOf(call, table);
  const field = form.fields.find((one) => one.field_id === call.path["field_id"]);
  if (!field) throw refusal("form", 1254049, `field_id ${call.path["field_id"]}`);
  const { pre_field_id, ...given } = call.body as { pre_field_id?: string };
  if (pre_field_id !== undefined) move(form, field, pre_field_id);
  Object.assign(field, given);
  raise(call, opened.base, table, opened.actor);
  return { field };
}

function move(form: FormMeta, field: FormMeta["fields"][number], after: string): void {
  const others = form.fields.filter((one) => one !== field);
  const place = others.findIndex((one) => one.field_id === after);
  if (place < 0 && after !== "") throw refusal("form", 1254049, `pre_field_id ${after}`);
  others.splice(place + 1, 0, field);
  form.fields = others;
}

export const forms = operations([
  { method: "GET", path: FORMS, scopes: SCOPES.readForm, rate: read, handle: get },
  { method: "PATCH", path: FORMS, scopes: SCOPES.updateForm, rate: write, handle: patch },
  { method: "GET", path: `${FORMS}/fields`, scopes: SCOPES.readForm, rate: read, handle: listFields },
  {
    method: "PATCH",
    path: `${FORMS}/fields/:field_id`,
    scopes: SCOPES.updateForm,
    rate: write,
    handle: patchField,
  },
]);
