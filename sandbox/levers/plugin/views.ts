import { z } from "zod";
import { raise } from "../../api/bitable/commit.ts";
import { conditionTest } from "../../api/bitable/filter.ts";
import { newForm } from "../../api/bitable/form-core.ts";
import { LIMITS, fieldById } from "../../api/bitable/model.ts";
import type { Table, View, ViewCondition, ViewSettings } from "../../api/bitable/model.ts";
import { viewValue } from "../../api/bitable/search-filter.ts";
import { newView } from "../../api/bitable/table-core.ts";
import { saveLook, seenBy, setLook, settingsOf } from "../../api/bitable/view-look.ts";
import { PluginError, SDK } from "./errors.ts";
import { fieldMeta, free } from "./field-meta.ts";
import { filterContext, openCondition, sdkValue } from "./filter.ts";
import { conditions, filterInfo, given, pageParams, sortInfo } from "./parameters.ts";
import type { SdkCondition, SdkSort } from "./parameters.ts";
import { paged, viewRows } from "./rows.ts";
import type { Methods, Visit } from "./types.ts";
import { fieldOf, fieldsOf, placeOf, toShape, viewOf } from "./visit.ts";
import type { Place } from "./visit.ts";
import { typeCode } from "./codec.ts";

/** View types of the SDK by those of the Open API. */
const TYPES: Record<string, number> = {
  grid: 1,
  kanban: 2,
  form: 3,
  gallery: 4,
  gantt: 5,
  hierarchy: 6,
  calendar: 7,
};
const NAMES: Record<string, string> = {
  grid: "表格",
  kanban: "看板",
  form: "表单",
  gallery: "画册",
  gantt: "甘特",
  calendar: "日历",
};

function viewMeta(table: Table, view: View) {
  const { sort, group } = settingsOf(view);
  const property = {
    filterInfo: filterOf(table, view),
    sortInfo: sort,
    groupInfo: group,
    hierarchyConfig: view.hierarchy ? { fieldId: view.hierarchy } : {},
  };
  return { id: view.id, name: view.name, type: TYPES[view.type] ?? 0, property };
}

function filterOf(table: Table, { filter }: View) {
  if (!filter || filter.conditions.length === 0) return null;
  return {
    conjunction: filter.conjunction,
    conditions: filter.conditions.map((one) => {
      const field = fieldById(table, one.field_id);
      return {
        conditionId: one.condition_id,
        fieldId: one.field_id,
        ...(field ? { fieldType: typeCode(field) } : {}),
        operator: one.operator,
        value: sdkValue(field, viewValue(one.value)),
      };
    }),
  };
}

/** Place and view that a call's context names, as the person has it before them. */
function here(visit: Visit, [table, view]: unknown[]): { place: Place; view: View } {
  const place = placeOf(visit, table);
  return { place, view: seen(place, viewOf(place, view)) };
}

const seen = ({ opened }: Place, view: View) => seenBy(opened.kernel, opened.actor, view);

/** Changes a view, if the person may; the change holds at once and for everybody. */
function change(visit: Visit, context: unknown[], edit: (place: Place, view: View) => void): true {
  const place = placeOf(visit, context[0]);
  const view = viewOf(place, context[1]);
  toShape(place.opened, SDK.viewDenied);
  edit(place, view);
  changed(place);
  return true;
}

/** Changes how this person alone sees the view, until they save it. Whoever may read may do so. */
function look(
  visit: Visit,
  context: unknown[],
  part: (place: Place, view: View) => Parameters<typeof setLook>[3],
): true {
  const place = placeOf(visit, context[0]);
  const view = viewOf(place, context[1]);
  const { kernel, actor, base } = place.opened;
  setLook(kernel, actor, view, part(place, seen(place, view)));
  // Nothing is written in the Base, but the person's own page must look again.
  base.revision += 1;
  return true;
}

function settle(view: View, part: Partial<ViewSettings>): void {
  view.settings = { ...settingsOf(view), ...part };
}

function changed({ opened, table }: Place): void {
  raise(opened.kernel, opened.base, table, opened.actor);
}

/** Kept in the Open API's terms, and only if it can be answered. */
function stored(place: Place, condition: SdkCondition): ViewCondition {
  const field = fieldOf(place, condition.fieldId);
  const open = openCondition(field, condition);
  if (open.value?.length || condition.operator === "isEmpty" || condition.operator === "isNotEmpty")
    conditionTest(filterContext(place), field, open);
  return {
    condition_id: condition.conditionId ?? place.opened.kernel.id("con"),
    field_id: field.id,
    operator: condition.operator,
    value: open.value?.length ? JSON.stringify(open.value) : null,
  };
}

type Filter = View["filter"];

const FILTER_STEPS: Record<string, (place: Place, filter: Filter, value: unknown) => Filter> = {
  AddCondition: (place, filter, value) => {
    const added = given(conditions, value, "AddCondition").map((one) => stored(place, one));
    return {
      conjunction: filter?.conjunction ?? "and",
      conditions: [...(filter?.conditions ?? []), ...added],
    };
  },
  UpdateCondition: (place, filter, value) => {
    const list = [...(filter?.conditions ?? [])];
    for (const one of given(conditions, value, "UpdateCondition")) {
      const at = list.findIndex(({ condition_id }) => condition_id === one.conditionId);
      if (at < 0)
        throw new PluginError(SDK.viewUnknown, `the view has no condition ${one.conditionId ?? ""}`);
      list[at] = stored(place, one);
    }
    return filter && { ...filter, conditions: list };
  },
  DeleteCondition: (_place, filter, value) => {
    const id = given(z.string(), value, "DeleteCondition");
    const left = filter?.conditions.filter(({ condition_id }) => condition_id !== id) ?? [];
    return filter && left.length > 0 ? { ...filter, conditions: left } : null;
  },
  SetConjunction: (_place, filter, value) => {
    const conjunction = given(z.enum(["and", "or"]), value, "SetConjunction");
    return { conditions: [], ...filter, conjunction };
  },
};

function addView(place: Place, type: number, wanted: string | undefined): { viewId: string; index: number } {
  const kind = Object.keys(TYPES).find((name) => TYPES[name] === type);
  if (!kind || !NAMES[kind]) throw new PluginError(SDK.viewType, `view type not supported: ${type}`);
  if (place.table.views.length >= LIMITS.views)
    throw new PluginError(SDK.viewUnknown, `${place.table.name} has ${LIMITS.views} views already`);
  const name = viewName(place, wanted ?? free(NAMES[kind], (one) => isTaken(place, one, null)), null);
  const view = newView(place.opened.kernel, name, kind);
  if (kind === "form") view.form = newForm(place.opened.kernel, place.table, name);
  place.table.views.push(view);
  changed(place);
  return { viewId: view.id, index: place.table.views.length - 1 };
}

/** Rules of a sort or of groups, of fields that the person sees. */
function ordered(place: Place, list: unknown, what: string): SdkSort {
  const rules = given(sortInfo, list, what);
  for (const { fieldId } of rules) fieldOf(place, fieldId);
  return rules;
}

const isTaken = ({ table }: Place, name: string, own: View | null) =>
  table.views.some((view) => view.name === name && view !== own);

function viewName(place: Place, given: string, own: View | null): string {
  const name = given.trim();
  if (name === "" || name.length > 100 || /[[\]]/u.test(name))
    throw new PluginError(SDK.viewUnknown, `${JSON.stringify(given)} is no name of a view`);
  if (isTaken(place, name, own)) throw new PluginError(SDK.viewName, `view name repeated: ${name}`);
  return name;
}

/** Rows below a row, where the view is a hierarchy by a link field. */
function children(place: Place, view: View, parent: string): string[] {
  const field = view.hierarchy;
  if (!field) return [];
  const under = (cell: unknown) => Array.isArray(cell) && cell.includes(parent);
  return viewRows(place, view)
    .filter((row) => under(row.cells[field]))
    .map((row) => row.id);
}

export const viewMethods: Methods = {
  reads: {
    WidgetTable_getViewMetaList: (visit, _params, [id]) => {
      const place = placeOf(visit, id);
      return place.table.views.map((view) => viewMeta(place.table, seen(place, view)));
    },
    WidgetTable_getViewMetaById: (visit, [view], [id]) => {
      const place = placeOf(visit, id);
      return viewMeta(place.table, seen(place, viewOf(place, view)));
    },
    WidgetTable_isViewExist: (visit, [view], [id]) =>
      placeOf(visit, id).table.views.some((one) => one.id === view),
    WidgetView_getName: (visit, _params, context) => here(visit, context).view.name,
    WidgetView_getType: (visit, _params, context) => TYPES[here(visit, context).view.type] ?? 0,
    WidgetView_getMeta: (visit, _params, context) => {
      const { place, view } = here(visit, context);
      return viewMeta(place.table, view);
    },
    WidgetView_getFieldMetaList: (visit, _params, context) =>
      fieldsOf(here(visit, context).place).map(fieldMeta),
    WidgetView_getVisibleFieldIdList: (visit, _params, context) => {
      const { place, view } = here(visit, context);
      return fieldsOf(place)
        .map((field) => field.id)
        .filter((id) => !view.hidden.includes(id));
    },
    WidgetView_getVisibleRecordIdList: (visit, [filter, sort], context) => {
      const { place, view } = here(visit, context);
      const rows = viewRows(
        place,
        view,
        given(filterInfo.optional(), filter, "filterInfo"),
        given(sortInfo.optional(), sort, "sortInfo"),
      );
      return rows.map((row) => row.id);
    },
    WidgetView_getVisibleRecordIdListByPage: (visit, [params], context) => {
      const { place, view } = here(visit, context);
      const wish = given(pageParams, params ?? {}, "getVisibleRecordIdListByPage");
      const { items, ...page } = paged(viewRows(place, view, wish.filter, wish.sort), wish);
      return { ...page, recordIds: items.map((row) => row.id) };
    },
    WidgetView_getChildRecordIdListByPage: (visit, [params], context) => {
      const { place, view } = here(visit, context);
      const shape = pageParams.extend({ parentRecordId: z.string() });
      const wish = given(shape, params, "getChildRecordIdListByPage");
      const { items, ...page } = paged(children(place, view, wish.parentRecordId), wish);
      return { ...page, recordIds: items };
    },
    WidgetView_getFilterInfo: (visit, _params, context) => {
      const { place, view } = here(visit, context);
      return filterOf(place.table, view);
    },
    WidgetView_getSortInfo: (visit, _params, context) => settingsOf(here(visit, context).view).sort,
    WidgetView_getGroupInfo: (visit, _params, context) => settingsOf(here(visit, context).view).group,
    WidgetView_getFieldWidth: (visit, [field], context) => {
      const { place, view } = here(visit, context);
      return settingsOf(view).widths[fieldOf(place, field).id] ?? 200;
    },
    WidgetView_getRowHeight: (visit, _params, context) => settingsOf(here(visit, context).view).rowHeight,
    WidgetView_getSharingMeta: (visit, _params, context) => {
      const { place, view } = here(visit, context);
      const status = settingsOf(view).shared ? "Enabled" : "Disabled";
      const link = `${visit.origin}/base/${place.opened.base.token}?table=${place.table.id}&view=${view.id}`;
      return { status, shareLink: link };
    },
  },
  writes: {
    WidgetTable_addView: (visit, [config], [id]) => {
      const place = placeOf(visit, id);
      toShape(place.opened, SDK.viewDenied);
      const shape = z.looseObject({ type: z.number(), name: z.string().optional() });
      const { type, name } = given(shape, config, "addView");
      return addView(place, type, name);
    },
    WidgetTable_setView: (visit, [id, config], [table]) => {
      change(visit, [table, id], (place, view) => {
        const { name } = given(z.looseObject({ name: z.string().optional() }), config, "setView");
        if (name !== undefined) view.name = viewName(place, name, view);
      });
      return id;
    },
    WidgetTable_deleteView: (visit, [id], [table]) =>
      change(visit, [table, id], ({ table: of }, view) => {
        if (of.views.length === 1) throw new PluginError(SDK.lastView, "the last view cannot be deleted");
        of.views = of.views.filter((one) => one !== view);
      }),
    WidgetView_setFilter: (visit, [step, value], context) =>
      look(visit, context, (place, { filter }) => {
        const run = FILTER_STEPS[given(z.string(), step, "setFilter")];
        if (!run) throw new PluginError(SDK.viewUnknown, `setFilter knows no ${String(step)}`);
        return { filter: run(place, filter, value) };
      }),
    WidgetView_setSortInfo: (visit, [list], context) =>
      look(visit, context, (place) => ({ sort: ordered(place, list, "setSortInfo") })),
    WidgetView_setGroupInfo: (visit, [list], context) =>
      look(visit, context, (place) => ({ group: ordered(place, list, "setGroupInfo") })),
    // Rows are always shown in the order of the view's sort.
    WidgetView_setAutoSort: (visit, _params, context) => look(visit, context, () => ({})),
    WidgetView_setRowHeight: (visit, [height], context) =>
      look(visit, context, () => ({
        rowHeight: given(z.number().int().min(1).max(4), height, "rowHeight"),
      })),
    WidgetView_applySetting: (visit, _params, context) => {
      change(visit, context, ({ opened }, view) => saveLook(opened.kernel, opened.actor, view));
      return undefined;
    },
    WidgetView_setFieldVisibility: (visit, [list, hidden], context) =>
      change(visit, context, (place, view) => {
        const wanted = given(
          z.union([z.string().transform((one) => [one]), z.array(z.string())]),
          list,
          "fieldId",
        );
        const hide = given(z.boolean(), hidden, "hidden");
        for (const id of wanted) {
          if (fieldOf(place, id).primary && hide)
            throw new PluginError(SDK.viewUnknown, "the primary field cannot be hidden");
        }
        const rest = view.hidden.filter((id) => !wanted.includes(id));
        view.hidden = hide ? [...rest, ...wanted] : rest;
      }),
    WidgetView_setFieldWidth: (visit, [field, width], context) =>
      change(visit, context, (place, view) => {
        const id = fieldOf(place, field).id;
        settle(view, { widths: { ...settingsOf(view).widths, [id]: given(z.number(), width, "width") } });
      }),
    WidgetView_toggleViewSharing: (visit, [flag], context) =>
      change(visit, context, (_place, view) => settle(view, { shared: given(z.boolean(), flag, "flag") })),
  },
};
