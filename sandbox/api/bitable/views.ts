import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { openBase, tableOf } from "./access.ts";
import type { Opened } from "./access.ts";
import { raise } from "./commit.ts";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import { conditionTest } from "./filter.ts";
import { newForm } from "./form-core.ts";
import { LIMITS, fieldById } from "./model.ts";
import type { Table, View, ViewCondition } from "./model.ts";
import { paged } from "./page.ts";
import { SCOPES } from "./scopes.ts";
import { viewValue } from "./search-filter.ts";
import { newView } from "./table-core.ts";
import { openTableForWrite } from "./writing.ts";
import { said } from "../given.ts";

const VIEWS = "/open-apis/bitable/v1/apps/:app_token/tables/:table_id/views";
const write = { perSecond: 10 };
const brief = (view: View) => ({
  view_id: view.id,
  view_name: view.name,
  view_type: view.type,
  view_public_level: "Public",
});

/** A view with its property; the answer adds to each condition its id and the field's type (facts.md §4.11). */
function full(table: Table, view: View) {
  const conditions = view.filter?.conditions.map((one) => ({
    ...one,
    field_type: fieldById(table, one.field_id)?.type,
  }));
  return {
    ...brief(view),
    property: {
      filter_info: view.filter
        ? { conjunction: view.filter.conjunction, conditions, condition_omitted: false }
        : null,
      hidden_fields: view.hidden,
      ...(view.hierarchy ? { hierarchy_config: { field_id: view.hierarchy } } : {}),
    },
  };
}

function viewOf(table: Table, call: Call, page: Page): View {
  const view = table.views.find((one) => one.id === call.path["view_id"]);
  if (!view) throw refusal(page, 1254042, `view_id ${call.path["view_id"]}`);
  return view;
}

function checkedName(page: Page, table: Table, given: unknown, own: View | null): string {
  const name = said(given).trim();
  if (name === "") throw refusal(page, 1254021);
  if (name.length > 100 || /[[\]]/.test(name)) throw refusal(page, 1254022, name);
  if (table.views.some((view) => view.name === name && view !== own)) throw refusal(page, 1254020, name);
  return name;
}

function list(call: Call) {
  const opened = openBase(call, "view list", "view");
  const table = tableOf(opened, call.path["table_id"] ?? "", true);
  return paged(
    "view list",
    table.views.map(brief),
    call.query,
    { usual: 20, most: 100 },
    `views ${table.id}`,
    call.now(),
  );
}

function get(call: Call) {
  const table = tableOf(openBase(call, "view list", "view"), call.path["table_id"] ?? "", true);
  return { view: full(table, viewOf(table, call, "view list")) };
}

async function create(call: Call) {
  const { opened, table } = await openTableForWrite(call, "view create");
  if (table.views.length >= LIMITS.views) throw refusal("view create", 1254101);
  const view = newView(
    call,
    checkedName("view create", table, call.body["view_name"], null),
    said(call.body["view_type"], "grid"),
  );
  if (view.type === "form") view.form = newForm(call, table, view.name);
  table.views.push(view);
  raise(call, opened.base, table, opened.actor);
  return { view: brief(view) };
}

async function remove(call: Call) {
  const { opened, table } = await openTableForWrite(call, "other");
  const view = viewOf(table, call, "other");
  if (table.views.length === 1) throw refusal("other", 1254023);
  table.views = table.views.filter((one) => one !== view);
  raise(call, opened.base, table, opened.actor);
  return {};
}

interface ViewProperty {
  filter_info?: {
    conjunction: "and" | "or";
    conditions: { field_id: string; operator: string; value?: string }[];
  };
  hidden_fields?: string[];
  hierarchy_config?: { field_id?: string };
}

async function patch(call: Call) {
  const page: Page = "view patch";
  const { opened, table } = await openTableForWrite(call, page);
  const view = viewOf(table, call, page);
  const name =
    call.body["view_name"] === undefined ? view.name : checkedName(page, table, call.body["view_name"], view);
  const property = (call.body["property"] ?? {}) as ViewProperty;
  const conditions = property.filter_info?.conditions.map((one) => checkedCondition(opened, table, one));
  if (conditions && conditions.length > 50)
    throw refusal(page, 1254018, `${conditions.length} conditions, at most 50`);
  const hidden = checkedHidden(page, table, property.hidden_fields);
  if (property.filter_info && conditions)
    view.filter = { conjunction: property.filter_info.conjunction, conditions };
  if (hidden) view.hidden = hidden;
  if (property.hierarchy_config) view.hierarchy = property.hierarchy_config.field_id ?? null;
  view.name = name;
  raise(call, opened.base, table, opened.actor);
  return { view: full(table, view) };
}

/** Checked by building its test: what a search could not answer, a view does not keep. */
function checkedCondition(
  opened: Opened,
  table: Table,
  given: { field_id: string; operator: string; value?: string },
): ViewCondition {
  const { kernel, base, page, idType } = opened;
  const field = fieldById(table, given.field_id);
  if (!field) throw refusal(page, 1254044, `field_id ${given.field_id}`);
  const value = parsedValue(page, given.value);
  conditionTest({ kernel, base, table, page, idType }, field, { operator: given.operator, value });
  return {
    condition_id: kernel.id("con"),
    field_id: field.id,
    operator: given.operator,
    value: given.value ?? null,
  };
}

function parsedValue(page: Page, value: string | undefined): string[] {
  try {
    return viewValue(value ?? null);
  } catch {
    throw refusal(page, 1254018, `value must be JSON in a string: ${value}`);
  }
}

function checkedHidden(page: Page, table: Table, ids: string[] | undefined): string[] | null {
  if (!ids) return null;
  if (ids.length > 300) throw refusal(page, 1254001, `${ids.length} hidden fields, at most 300`);
  for (const id of ids) {
    const field = fieldById(table, id);
    if (!field) throw refusal(page, 1254044, `hidden_fields ${id}`);
    if (field.primary) throw refusal(page, 1254012, "the primary field cannot be hidden");
  }
  return ids;
}

export const views = operations([
  { method: "GET", path: VIEWS, scopes: SCOPES.readView, rate: { perSecond: 20 }, handle: list },
  { method: "GET", path: `${VIEWS}/:view_id`, scopes: SCOPES.readView, rate: { perSecond: 20 }, handle: get },
  { method: "POST", path: VIEWS, scopes: SCOPES.writeView, rate: write, handle: create },
  { method: "PATCH", path: `${VIEWS}/:view_id`, scopes: SCOPES.writeView, rate: write, handle: patch },
  { method: "DELETE", path: `${VIEWS}/:view_id`, scopes: SCOPES.writeView, rate: write, handle: remove },
]);
