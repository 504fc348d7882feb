import type { FieldMapping, TableMapping } from "./mapping.ts";
import type { Field, Names, Option, Table } from "./table.ts";
import { typeOf } from "./wire.ts";

/** A field of a real table, as Feishu lists it. */
export interface RealField {
  readonly field_id: string;
  readonly field_name: string;
  readonly type: number;
  readonly property?: Readonly<Record<string, unknown>> | null | undefined;
}
export interface RealOption {
  readonly id: string;
  readonly name: string;
}

export interface Wrong {
  readonly key: string;
  readonly real: RealField;
  /** `type`: another kind of field; `multiple`: one where many are wanted, or the other way; `table`: links elsewhere. */
  readonly what: "type" | "multiple" | "table";
}
export interface Renamed {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}
export interface MatchedFields {
  readonly fields: Record<string, RealField>;
  readonly missing: string[];
  readonly wrong: Wrong[];
  readonly renamed: Renamed[];
}

const sameName = (a: string, b: string): boolean => a.trim() === b.trim();
export const isNamed = (name: string, names: Names, aliases: readonly string[] = []): boolean =>
  [names.zh, names.en, ...aliases].some((own) => sameName(own, name));

/** By remembered id, else by its Chinese or English name. */
function findField(
  key: string,
  field: Field,
  real: readonly RealField[],
  remembered?: TableMapping,
): RealField | undefined {
  const known = remembered?.fields[key];
  const byId = known && real.find((item) => item.field_id === known.id);
  if (byId) return byId;
  const taken = new Set(Object.values(remembered?.fields ?? {}).map((item) => item.id));
  return real.find((item) => isNamed(item.field_name, field) && !taken.has(item.field_id));
}

/** Which real field is which of ours. A field of the right name but the wrong kind is `wrong`, and stays unused. */
export function matchFields(
  table: Table,
  real: readonly RealField[],
  remembered: TableMapping | undefined,
  tableIdOf: (key: string) => string | undefined,
): MatchedFields {
  const matched: MatchedFields = { fields: {}, missing: [], wrong: [], renamed: [] };
  for (const [key, field] of Object.entries(table.fields)) {
    const found = findField(key, field, real, remembered);
    if (!found) {
      matched.missing.push(key);
      continue;
    }
    const what = mismatch(field, found, tableIdOf);
    if (what) matched.wrong.push({ key, real: found, what });
    if (what === undefined || what === "multiple") matched.fields[key] = found;
    const before = remembered?.fields[key];
    if (before?.id === found.field_id && before.name !== found.field_name)
      matched.renamed.push({ key, from: before.name, to: found.field_name });
  }
  return matched;
}

function mismatch(
  field: Field,
  real: RealField,
  tableIdOf: (key: string) => string | undefined,
): Wrong["what"] | undefined {
  const isLink = field.kind === "link" || field.kind === "links" || field.kind === "backLinks";
  const compatible = isLink ? real.type === 18 || real.type === 21 : real.type === typeOf(field);
  if (!compatible) return "type";
  const target = isLink ? tableIdOf(field.table) : undefined;
  const points = real.property?.["table_id"];
  if (target && typeof points === "string" && points !== target) return "table";
  const wanted = wantsMany(field);
  const many = real.property?.["multiple"];
  return wanted === undefined || typeof many !== "boolean" || many === wanted ? undefined : "multiple";
}

function wantsMany(field: Field): boolean | undefined {
  if (field.kind === "persons" || field.kind === "chats" || field.kind === "links") return true;
  // A person field that allows several is no harm: a cell with two is a problem of that cell.
  return field.kind === "link" || field.kind === "chat" || field.kind === "person" ? false : undefined;
}

export function optionsOf(real: RealField): RealOption[] {
  const options = real.property?.["options"];
  if (!Array.isArray(options)) return [];
  return (options as unknown[]).flatMap((item) => {
    const option = item as { id?: unknown; name?: unknown };
    return typeof option.id === "string" && typeof option.name === "string"
      ? [{ id: option.id, name: option.name }]
      : [];
  });
}

export interface MatchedOptions {
  readonly options: Record<string, RealOption>;
  readonly missing: Option[];
  readonly renamed: Renamed[];
}

/** Options by remembered id, else by name; of an open list all real ones, by their id, none missing. */
export function matchOptions(
  field: Field,
  real: readonly RealOption[],
  remembered?: FieldMapping,
): MatchedOptions | undefined {
  if (field.kind === "openSelect")
    return { options: Object.fromEntries(real.map((item) => [item.id, item])), missing: [], renamed: [] };
  if (field.kind !== "select" && field.kind !== "multiSelect") return undefined;
  const matched: MatchedOptions = { options: {}, missing: [], renamed: [] };
  const taken = new Set(Object.values(remembered?.options ?? {}).map((item) => item.id));
  for (const option of field.options) {
    const known = remembered?.options?.[option.key];
    const found =
      (known && real.find((item) => item.id === known.id)) ??
      real.find((item) => isNamed(item.name, option) && !taken.has(item.id));
    if (!found) matched.missing.push(option);
    else matched.options[option.key] = { id: found.id, name: found.name };
    if (found && known?.id === found.id && known.name !== found.name)
      matched.renamed.push({ key: option.key, from: known.name, to: found.name });
  }
  return matched;
}

/** What is remembered of one matched field. */
export function toFieldMapping(field: Field, real: RealField, remembered?: FieldMapping): FieldMapping {
  const matched = matchOptions(field, optionsOf(real), remembered);
  return {
    id: real.field_id,
    name: real.field_name,
    ...(matched ? { options: matched.options } : {}),
  };
}
