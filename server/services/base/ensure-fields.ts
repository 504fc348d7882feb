import { anyTables, type TableKey } from "#base/index.ts";
import {
  type MatchedFields,
  matchFields,
  matchOptions,
  optionsOf,
  toFieldMapping,
  type Wrong,
} from "#base/match.ts";
import { tableMappingOf } from "#base/mapping.ts";
import type { Field } from "#base/table.ts";
import { isPlain, plainFields, typeNames, typeOf, wireField, wireOptions } from "#base/wire.ts";
import type { BaseField, FieldSpec } from "../../feishu/gateway.ts";
import { type Job, orProblem, readFields, refOf, remember, runKey } from "./job.ts";

const ofTable = (job: Job) => (key: string) => job.mapping.tables[key as TableKey]?.tableId;

/** Plain fields and options first, then links (all tables are there by then), then what is remembered of them. */
export async function ensureFields(job: Job, tables: readonly TableKey[]): Promise<void> {
  const real = new Map<TableKey, BaseField[]>();
  for (const key of tables) real.set(key, await ensurePlain(job, key));
  for (const key of tables) real.set(key, await ensureLinks(job, key, real.get(key) ?? []));
  for (const key of tables) {
    // The other end of a two-way link appears in the table linked to.
    const expectsBack = Object.values(anyTables[key].fields).some((field) => field.kind === "backLinks");
    const fields = expectsBack
      ? await readFields(job, key, backFieldsOf(job, key, real))
      : (real.get(key) ?? []);
    takeOver(job, key, fields, real);
  }
}

async function ensurePlain(job: Job, key: TableKey): Promise<BaseField[]> {
  const table = anyTables[key];
  const plain = plainFields(table);
  let real = await readFields(job, key);
  if (job.fresh.has(key)) {
    const names = plain.map(([, field]) => field[job.mapping.language]);
    for (let turn = 0; turn < 4 && !names.every((name) => real.some((f) => f.field_name === name)); turn++) {
      await job.clock.until(job.clock.now() + 1_000 * 2 ** turn);
      real = await readFields(job, key);
    }
  }
  const { fields, missing } = matchFields(table, real, remember(job, key), ofTable(job));
  const made: BaseField[] = [];
  for (const name of missing) {
    const field = table.fields[name];
    if (field && isPlain(field)) made.push(...(await createField(job, key, name, field)));
  }
  let changed = false;
  for (const [name, found] of Object.entries(fields))
    changed = (await ensureOptions(job, key, name, found as BaseField)) || changed;
  return changed || made.length > 0
    ? readFields(
        job,
        key,
        made.map((field) => field.field_id),
      )
    : real;
}

async function createField(job: Job, key: TableKey, name: string, field: Field): Promise<BaseField[]> {
  const spec: FieldSpec = wireField(field, job.mapping.language, (table) => ofTable(job)(table) ?? "");
  const problem = { table: key, field: name, what: `field ${spec.field_name} was not made` };
  const made = await orProblem(job, problem, () =>
    job.feishu.bases.createField(refOf(job, key), spec, runKey(job, key, name)),
  );
  if (!made) return [];
  job.report.created.push({ what: "field", table: key, key: name, name: made.field_name, id: made.field_id });
  return [made];
}

/** A field is replaced as a whole (facts.md §4.4), so every option there is goes along with its id. */
async function ensureOptions(job: Job, key: TableKey, name: string, real: BaseField): Promise<boolean> {
  const field = anyTables[key].fields[name];
  const matched = field && matchOptions(field, optionsOf(real), remember(job, key)?.fields[name]);
  if (!matched || matched.missing.length === 0) return false;
  const options = (real.property?.["options"] as unknown[] | undefined) ?? [];
  const more = wireOptions(matched.missing, job.mapping.language);
  const spec: FieldSpec = {
    field_name: real.field_name,
    type: real.type,
    ...(real.ui_type ? { ui_type: real.ui_type } : {}),
    ...(real.description ? { description: real.description } : {}),
    property: { ...real.property, options: [...options, ...more] },
  };
  const problem = { table: key, field: name, what: `options of ${real.field_name} were not added` };
  const done = await orProblem(job, problem, async () => {
    await job.feishu.bases.updateField(refOf(job, key), real.field_id, spec);
    return true;
  });
  if (!done) return false;
  for (const option of matched.missing)
    job.report.created.push({
      what: "option",
      table: key,
      key: `${name}.${option.key}`,
      name: `${real.field_name}: ${option[job.mapping.language]}`,
    });
  return true;
}

async function ensureLinks(job: Job, key: TableKey, real: BaseField[]): Promise<BaseField[]> {
  const table = anyTables[key];
  const { missing } = matchFields(table, real, remember(job, key), ofTable(job));
  const made: BaseField[] = [];
  for (const name of missing) {
    const field = table.fields[name];
    if (field?.kind === "link" || field?.kind === "links")
      made.push(...(await createField(job, key, name, field)));
  }
  return made.length > 0
    ? readFields(
        job,
        key,
        made.map((field) => field.field_id),
      )
    : real;
}

/** Ids of the other ends that two-way links of other tables say they have in this table. */
function backFieldsOf(job: Job, key: TableKey, real: ReadonlyMap<TableKey, BaseField[]>): string[] {
  return Object.values(anyTables[key].fields).flatMap((field) => {
    const back = field.kind === "backLinks" ? backFieldOf(job, field, real) : undefined;
    return back ? [back] : [];
  });
}

function backFieldOf(
  job: Job,
  field: Extract<Field, { kind: "backLinks" }>,
  real: ReadonlyMap<TableKey, BaseField[]>,
): string | undefined {
  const from = field.table as TableKey;
  const matched = matchFields(anyTables[from], real.get(from) ?? [], remember(job, from), ofTable(job));
  const id = matched.fields[field.of]?.property?.["back_field_id"];
  return typeof id === "string" && id !== "" ? id : undefined;
}

function takeOver(
  job: Job,
  key: TableKey,
  fields: readonly BaseField[],
  real: ReadonlyMap<TableKey, BaseField[]>,
): void {
  const table = anyTables[key];
  const matched = matchFields(table, fields, remember(job, key), ofTable(job));
  const place = tableMappingOf(job.mapping, key);
  for (const [name, field] of Object.entries(table.fields)) {
    const back = field.kind === "backLinks" ? backFieldOf(job, field, real) : undefined;
    const found = fields.find((item) => item.field_id === back) ?? matched.fields[name];
    if (found) place.fields[name] = toFieldMapping(field, found, remember(job, key)?.fields[name]);
  }
  reportRenamed(job, key, matched, fields);
  for (const wrong of matched.wrong) reportWrong(job, key, wrong);
}

function reportRenamed(job: Job, key: TableKey, matched: MatchedFields, real: readonly BaseField[]): void {
  for (const { key: field, from, to } of matched.renamed)
    job.report.drift.push({ what: "renamed", of: "field", table: key, field, expected: from, actual: to });
  for (const [field, before] of Object.entries(remember(job, key)?.fields ?? {})) {
    const definition = anyTables[key].fields[field];
    const found = real.find((item) => item.field_id === before.id);
    if (!definition || !found) continue;
    for (const option of matchOptions(definition, optionsOf(found), before)?.renamed ?? [])
      job.report.drift.push({
        what: "renamed",
        of: "option",
        table: key,
        field,
        key: option.key,
        expected: option.from,
        actual: option.to,
      });
  }
}

function reportWrong(job: Job, key: TableKey, { key: name, real, what }: Wrong): void {
  const field = anyTables[key].fields[name];
  if (!field) return;
  const { language } = job.mapping;
  const word = (type: number) => typeNames[type]?.[language] ?? String(type);
  const table = tableMappingOf(job.mapping, key).name;
  if (what === "multiple") {
    const [expected, actual] =
      language === "zh" ? ["一个或多个与约定不同", "多选设置不同"] : ["another multiplicity", "differs"];
    job.report.drift.push({ what, of: "field", table: key, field: name, expected, actual });
    return;
  }
  const expected = what === "type" ? word(typeOf(field)) : `→ ${"table" in field ? field.table : ""}`;
  const actual = what === "type" ? word(real.type) : String(real.property?.["table_id"]);
  job.report.drift.push({ what: "type", of: "field", table: key, field: name, expected, actual });
  job.report.problems.push({
    table: key,
    field: name,
    detail:
      language === "zh"
        ? `「${table}」的「${real.field_name}」是${actual}，应为${expected}，暂时没有使用这一列`
        : `${table} › ${real.field_name} is ${actual}, expected ${expected}; the column is not used`,
    next:
      language === "zh"
        ? `把这一列改名（或改成${expected}），再运行一次 lectern provision`
        : `rename that column (or change it to ${expected}) and run lectern provision again`,
  });
}
