import { anyTables, type TableKey } from "#base/index.ts";
import { isNamed } from "#base/match.ts";
import { tableMappingOf } from "#base/mapping.ts";
import type { View } from "#base/table.ts";
import { isRelativeDate, wireCondition } from "#base/wire.ts";
import { InvalidRequestError } from "../../errors.ts";
import type { BaseView } from "../../feishu/gateway.ts";
import { type Job, orProblem, patiently, refOf, remember, say } from "./job.ts";

/** Views and forms; existing ones are left exactly as people keep them. */
export async function ensureViews(job: Job, key: TableKey): Promise<void> {
  const views = await patiently(
    job.clock,
    () => job.feishu.bases.listViews(refOf(job, key)),
    (list) => !job.fresh.has(key) || list.length > 0,
  );
  const place = tableMappingOf(job.mapping, key);
  for (const view of anyTables[key].views) {
    const found = findView(job, key, view, views);
    // The view a new table comes with is ours by name, but has no filter yet.
    const untouched = found && job.fresh.has(key);
    const real = found ?? (await createView(job, key, view));
    if (!real) continue;
    place.views[view.key] = real.viewId;
    if (!found || untouched) await dress(job, key, view, real);
  }
}

function findView(job: Job, key: TableKey, view: View, real: readonly BaseView[]): BaseView | undefined {
  const before = remember(job, key)?.views[view.key];
  return real.find((item) => item.viewId === before) ?? real.find((item) => isNamed(item.name, view));
}

async function createView(job: Job, key: TableKey, view: View): Promise<BaseView | undefined> {
  const { type } = view;
  const name = say(job, view);
  if (type === "calendar") {
    const make = { zh: `请手动新建日历视图「${name}」：`, en: `Make the calendar view “${name}” by hand: ` };
    if (remember(job, key) === undefined) byHand(job, key, view, say(job, make));
    return undefined;
  }
  const made = await orProblem(job, { table: key, what: `view ${name} was not made` }, () =>
    job.feishu.bases.createView(refOf(job, key), { name, type }),
  );
  if (!made) return undefined;
  job.report.created.push({ what: "view", table: key, key: view.key, name, id: made.viewId });
  if (view.choose) byHand(job, key, view, "");
  return made;
}

function byHand(job: Job, key: TableKey, view: View, before: string): void {
  const choose = view.choose ? say(job, view.choose) : "";
  job.report.byHand.push({ table: key, view: say(job, view), next: `${before}${choose}` });
}

async function dress(job: Job, key: TableKey, view: View, real: BaseView): Promise<void> {
  if (view.filter) await setFilter(job, key, view, real.viewId);
  if (view.form) await openForm(job, key, view, view.form, real.viewId);
}

async function setFilter(job: Job, key: TableKey, view: View, viewId: string): Promise<void> {
  const places = tableMappingOf(job.mapping, key).fields;
  const conditions = (view.filter ?? []).flatMap((condition) => {
    const place = places[condition.field];
    return place ? [wireCondition(condition, place)] : [];
  });
  if (conditions.length === 0) return;
  const filter_info = { conjunction: "and" as const, conditions };
  const patch = () => job.feishu.bases.patchView(refOf(job, key), viewId, { property: { filter_info } });
  if (!view.filter?.some(isRelativeDate)) {
    await orProblem(job, { table: key, what: `filter of ${say(job, view)} was not set` }, patch);
    return;
  }
  try {
    await patch();
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    const next = {
      zh: "筛选条件没能设置，请在视图里手动选日期范围",
      en: "The filter was refused; choose the dates in the view by hand",
    };
    job.report.byHand.push({ table: key, view: say(job, view), next: say(job, next) });
  }
}

async function openForm(
  job: Job,
  key: TableKey,
  view: View,
  form: NonNullable<View["form"]>,
  formId: string,
): Promise<void> {
  const { bases } = job.feishu;
  const ref = refOf(job, key);
  const places = tableMappingOf(job.mapping, key).fields;
  const shown = new Set((view.only ?? []).map((name) => places[name]?.id));
  const primary = places[anyTables[key].primary]?.id;
  await orProblem(job, { table: key, what: `form ${say(job, view)} was not opened` }, async () => {
    for (const { fieldId, visible, required } of await bases.listFormFields(ref, formId)) {
      const wanted = { visible: shown.has(fieldId), required: fieldId === primary };
      if (visible !== wanted.visible || required !== wanted.required)
        await bases.patchFormField(ref, formId, fieldId, wanted);
    }
    await bases.patchForm(ref, formId, {
      name: say(job, form.title),
      description: say(job, form.description),
      shared: true,
      shared_limit: "tenant_editable",
    });
  });
}
