import type { Context, Hono } from "hono";
import { z } from "zod";
import { openAs } from "../api/bitable/access.ts";
import type { Opened } from "../api/bitable/access.ts";
import { commit, raise } from "../api/bitable/commit.ts";
import { emitField } from "../api/bitable/events.ts";
import { addField, removeField, replaceField } from "../api/bitable/field-core.ts";
import type { FieldSpec } from "../api/bitable/field-core.ts";
import { T } from "../api/bitable/model.ts";
import type { Field, Table } from "../api/bitable/model.ts";
import { createRecords, deleteRecords, updateRecords } from "../api/bitable/record-core.ts";
import { tableName } from "../api/bitable/table-core.ts";
import { nodeOf } from "../api/drive/nodes.ts";
import { FeishuError } from "../kernel.ts";
import type { Kernel } from "../kernel.ts";
import { LeverError, input } from "../lever-input.ts";
import { baseOf } from "./base-find.ts";

const fields = z.record(z.string(), z.unknown());
const schema = z.looseObject({
  as: z.string(),
  do: z.string().optional(),
  app_token: z.string().optional(),
  base: z.string().optional(),
  table: z.string().optional(),
  record_id: z.string().optional(),
  fields: fields.optional(),
  field: z.string().optional(),
  option: z.string().optional(),
  name: z.string().optional(),
  spec: fields.optional(),
  value: z.unknown().optional(),
  form: z.string().optional(),
  create: z.array(z.object({ fields })).optional(),
  update: z.array(z.object({ record_id: z.string(), fields })).optional(),
  delete: z.array(z.string()).optional(),
});
type Act = z.infer<typeof schema>;

/**
 * What a person does in a Base by hand, in the write format: `{as, do, app_token, table, …}`, or in short
 * `{as, base, table, create|update|delete: […]}`. Permission is checked, events go out as for a human.
 */
export function baseActs(app: Hono, kernel: Kernel): void {
  app.post("/sandbox/act", async (c, next) => {
    const act = await input(c, schema);
    // Acts on other things than Bases belong to other levers of the same address.
    if (act.app_token === undefined && act.base === undefined) return next();
    return answered(c, () => perform(kernel, act));
  });
}

/** Feishu's refusals come out with their code; HTTP 200 of a refusal becomes 400, since a lever either worked or not. */
export async function answered(c: Context, work: () => unknown): Promise<Response> {
  try {
    return c.json((await work()) as object);
  } catch (error) {
    if (!(error instanceof FeishuError)) throw error;
    const status = error.status < 400 ? 400 : error.status;
    return c.json({ code: error.code, error: error.message, ...error.more }, status as 400);
  }
}

function perform(kernel: Kernel, act: Act): unknown {
  const token = act.app_token ?? act.base ?? "";
  const base = baseOf(kernel, token);
  const who = { kind: "user", openId: act.as } as const;
  const isForm = act.do === "form.submit";
  const opened = isForm ? asForm(kernel, act, token) : openAs(kernel, who, token, "rec update", "edit");
  const table = base.tables.find((one) => one.id === act.table || one.name === act.table);
  if (!table)
    throw new LeverError(
      `the Base ${base.name} has no table ${act.table}: it has ${base.tables.map((one) => one.name).join(", ")}`,
    );
  const work = DO[act.do ?? "records"];
  if (!work) throw new LeverError(`do ${act.do} is unknown: ${Object.keys(DO).join(", ")}`);
  return work(opened, table, act);
}

/** A shared form takes an answer from people who cannot open the Base: it writes as if they might add rows. */
function asForm(kernel: Kernel, act: Act, token: string): Opened {
  const base = baseOf(kernel, token);
  const node = nodeOf(kernel.state, token);
  const form = base.tables.flatMap((table) => table.views).find((view) => view.id === act.form)?.form;
  if (!node || !form?.shared) throw new FeishuError(91403, 403, "FORBIDDEN");
  const who = { kind: "user", openId: act.as } as const;
  return {
    kernel,
    page: "rec create",
    base,
    node,
    who,
    actor: act.as,
    perm: "full_access",
    idType: "open_id",
    origin: "",
  };
}

type Work = (opened: Opened, table: Table, act: Act) => unknown;

const DO: Record<string, Work> = {
  /** The short form: several of the three at once, in this order. */
  records: (opened, table, act) => {
    if (!act.create && !act.update && !act.delete)
      throw new LeverError("an act needs do, create, update or delete");
    const record_ids = act.create ? createRecords(opened, table, act.create) : [];
    if (act.update) updateRecords(opened, table, act.update);
    if (act.delete) deleteRecords(opened, table, act.delete);
    return { record_ids };
  },
  "record.create": (opened, table, act) => ({
    record_id: createRecords(opened, table, [{ fields: act.fields ?? {} }])[0],
  }),
  "form.submit": (opened, table, act) => ({
    record_id: createRecords(opened, table, [{ fields: act.fields ?? {} }])[0],
  }),
  "record.update": (opened, table, act) => {
    updateRecords(opened, table, [{ record_id: act.record_id ?? "", fields: act.fields ?? {} }]);
    return {};
  },
  "record.delete": (opened, table, act) => {
    deleteRecords(opened, table, [act.record_id ?? ""]);
    return {};
  },
  "record.restore": (opened, table, act) => {
    const row = table.trash.find((one) => one.id === act.record_id);
    if (!row) throw new LeverError(`the trash of ${table.name} has no record ${act.record_id}`);
    commit(opened.kernel, opened.base, table, opened.actor, [{ kind: "restore", row }]);
    return { record_id: row.id };
  },
  "field.create": (opened, table, act) => ({
    field_id: addField(work(opened, table), (act.spec ?? {}) as FieldSpec).id,
  }),
  "field.update": (opened, table, act) => {
    replaceField(work(opened, table), fieldOf(table, act), (act.spec ?? {}) as FieldSpec);
    return {};
  },
  "field.rename": (opened, table, act) =>
    change(opened, table, fieldOf(table, act), (field) => void (field.name = named(act))),
  "field.delete": (opened, table, act) => {
    removeField(work(opened, table), fieldOf(table, act));
    return {};
  },
  "option.rename": (opened, table, act) =>
    change(opened, table, fieldOf(table, act), (field) => void (optionOf(field, act).name = named(act))),
  "option.delete": (opened, table, act) => {
    const field = fieldOf(table, act);
    const option = optionOf(field, act);
    const options = field.property.options?.filter((one) => one !== option);
    const { name, type, uiType, property, description } = field;
    replaceField(work(opened, table), field, {
      field_name: name,
      type,
      ui_type: uiType,
      property: { ...property, options },
      description,
    });
    return {};
  },
  "table.rename": (opened, table, act) => {
    table.name = tableName(opened, named(act), table);
    raise(opened.kernel, opened.base, table, opened.actor);
    return {};
  },
  /** A formula's result: the sandbox does not calculate. Starts no event, as in Feishu (facts.md §5.7). */
  "formula.value": (_opened, table, act) => {
    const field = fieldOf(table, act);
    const row = table.rows[act.record_id ?? ""];
    if (!row || field.type !== T.formula)
      throw new LeverError(`${field.name} is no formula, or there is no record ${act.record_id}`);
    row.cells[field.id] = JSON.stringify(act.value ?? null);
    return {};
  },
};

const work = (opened: Opened, table: Table) => ({
  kernel: opened.kernel,
  base: opened.base,
  table,
  page: "field update" as const,
  actor: opened.actor,
});

function named(act: Act): string {
  if (!act.name) throw new LeverError("name is missing");
  return act.name;
}

function fieldOf(table: Table, act: Act): Field {
  const field = table.fields.find((one) => one.id === act.field || one.name === act.field);
  if (!field)
    throw new LeverError(
      `${table.name} has no field ${act.field}: it has ${table.fields.map((one) => one.name).join(", ")}`,
    );
  return field;
}

function optionOf(field: Field, act: Act) {
  const option = field.property.options?.find((one) => one.id === act.option || one.name === act.option);
  if (!option) throw new LeverError(`${field.name} has no option ${act.option}`);
  return option;
}

function change(opened: Opened, table: Table, field: Field, edit: (field: Field) => void): object {
  const before = structuredClone(field);
  edit(field);
  raise(opened.kernel, opened.base, table, opened.actor);
  emitField(opened.kernel, opened.base, table, opened.actor, "field_edited", before, field);
  return {};
}
