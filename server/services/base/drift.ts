import { anyTables, type TableKey, tableKeys } from "#base/index.ts";
import { matchFields, matchOptions, optionsOf, toFieldMapping } from "#base/match.ts";
import { type BaseMapping, appTokenOf, type TableMapping } from "#base/mapping.ts";
import type { BaseKey } from "#base/table.ts";
import { typeNames, typeOf } from "#base/wire.ts";
import type { BaseField, BaseTable, Gateway } from "../../feishu/gateway.ts";
import type { Drift } from "./report.ts";

type Bases = Pick<Gateway["bases"], "listTables" | "listFields">;

/** One table as it is now, beside what is remembered of it. */
interface Look {
  readonly key: TableKey;
  readonly remembered: TableMapping | undefined;
  readonly table: BaseTable | undefined;
  readonly fields: readonly BaseField[];
}

/**
 * Compares the schema and what is remembered with the real tables, and gives what to remember from now on: renamed tables,
 * fields and options under their present names. Reads only.
 */
export async function findDrift(
  bases: Bases,
  mapping: BaseMapping,
  keys: readonly TableKey[] = tableKeys,
): Promise<{ drift: Drift[]; mapping: BaseMapping }> {
  const tables: Partial<Record<BaseKey, BaseTable[]>> = {};
  const drift: Drift[] = [];
  const next: BaseMapping = { ...mapping, tables: { ...mapping.tables } };
  for (const key of keys) {
    const { base } = anyTables[key];
    const list = (tables[base] ??= await bases.listTables(appTokenOf(mapping, key)));
    const look = await lookAt(bases, mapping, key, list);
    drift.push(...driftOf(mapping, look));
    const now = tableNow(mapping, look);
    if (now) next.tables[key] = now;
  }
  return { drift, mapping: next };
}

async function lookAt(bases: Bases, mapping: BaseMapping, key: TableKey, list: BaseTable[]): Promise<Look> {
  const remembered = mapping.tables[key];
  const table = list.find((item) => item.tableId === remembered?.tableId);
  const place = table && { appToken: appTokenOf(mapping, key), tableId: table.tableId };
  return { key, remembered, table, fields: place ? await bases.listFields(place) : [] };
}

const ofTable = (mapping: BaseMapping) => (key: string) => mapping.tables[key as TableKey]?.tableId;

function tableNow(mapping: BaseMapping, { key, remembered, table, fields }: Look): TableMapping | undefined {
  // A table that is gone keeps its memory: the error that names it is better than one that knows nothing.
  if (!table || !remembered) return remembered;
  const matched = matchFields(anyTables[key], fields, remembered, ofTable(mapping));
  const now = Object.entries(matched.fields).flatMap(([name, real]) => {
    const field = anyTables[key].fields[name];
    return field ? [[name, toFieldMapping(field, real, remembered.fields[name])] as const] : [];
  });
  return { ...remembered, name: table.name, fields: Object.fromEntries(now) };
}

function driftOf(mapping: BaseMapping, look: Look): Drift[] {
  const { key, remembered, table, fields } = look;
  const { language } = mapping;
  const definition = anyTables[key];
  if (!table || !remembered)
    return [
      {
        what: "missing",
        of: "table",
        table: key,
        expected: remembered?.name ?? definition.names[language],
        actual: "",
      },
    ];
  const drift: Drift[] = [];
  if (table.name !== remembered.name)
    drift.push({ what: "renamed", of: "table", table: key, expected: remembered.name, actual: table.name });
  const matched = matchFields(definition, fields, remembered, ofTable(mapping));
  for (const { key: field, from, to } of matched.renamed)
    drift.push({ what: "renamed", of: "field", table: key, field, expected: from, actual: to });
  for (const name of matched.missing) {
    const expected = remembered.fields[name]?.name ?? definition.fields[name]?.[language] ?? name;
    drift.push({ what: "missing", of: "field", table: key, field: name, expected, actual: "" });
  }
  for (const { key: name, real, what } of matched.wrong) {
    const field = definition.fields[name];
    const word = (type: number) => typeNames[type]?.[language] ?? String(type);
    const expected = field && what === "type" ? word(typeOf(field)) : what;
    const actual = what === "type" ? word(real.type) : JSON.stringify(real.property ?? {});
    drift.push({
      what: what === "multiple" ? "multiple" : "type",
      of: "field",
      table: key,
      field: name,
      expected,
      actual,
    });
  }
  for (const [name, real] of Object.entries(matched.fields))
    drift.push(...optionDrift(mapping, look, name, real as BaseField));
  return drift;
}

function optionDrift(
  mapping: BaseMapping,
  { key, remembered }: Look,
  name: string,
  real: BaseField,
): Drift[] {
  const field = anyTables[key].fields[name];
  const matched = field && matchOptions(field, optionsOf(real), remembered?.fields[name]);
  if (!matched) return [];
  const place = { of: "option", table: key, field: name } as const;
  return [
    ...matched.renamed.map(
      (item) => ({ what: "renamed", ...place, key: item.key, expected: item.from, actual: item.to }) as const,
    ),
    ...matched.missing.map(
      (option) =>
        ({
          what: "missing",
          ...place,
          key: option.key,
          expected: option[mapping.language],
          actual: "",
        }) as const,
    ),
  ];
}
