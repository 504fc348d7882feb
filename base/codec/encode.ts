import { anyTables, type PatchOf, type TableKey } from "../index.ts";
import { type BaseMapping, type FieldMapping, tableMappingOf } from "../mapping.ts";
import { valueSchema } from "../rows.ts";
import type { Field, FileRef } from "../table.ts";
import { type CellProblem, EncodeError } from "./problem.ts";

export interface EncodeOptions {
  /** Let an open list (expertise) grow by names it does not have yet. Off: a stale name would double an option. */
  readonly newOptions?: boolean;
}

/**
 * Domain values to the write format, keyed by the fields' present names (facts.md §4.6, §4.7): undefined leaves a cell,
 * null clears it. Throws EncodeError for values out of range, options not in the list, and fields that are not mapped.
 */
export function encode<K extends TableKey>(
  mapping: BaseMapping,
  table: K,
  values: PatchOf<K>,
  options: EncodeOptions = {},
): Record<string, unknown> {
  const known = tableMappingOf(mapping, table).fields;
  const fields: Record<string, unknown> = {};
  const problems: CellProblem[] = [];
  for (const [key, value] of Object.entries(values as Record<string, unknown>)) {
    if (value === undefined) continue;
    const field = anyTables[table].fields[key];
    const place = known[key];
    if (!field || !place) {
      problems.push({
        field: key,
        fieldName: key,
        value,
        expected: `a field of this workspace (run \`lectern provision\`)`,
      });
      continue;
    }
    const encoded = value === null ? { value: null } : encodeCell(field, place, value, options);
    if ("expected" in encoded)
      problems.push({ field: key, fieldName: place.name, value, expected: encoded.expected });
    else fields[place.name] = encoded.value;
  }
  if (problems.length > 0) throw new EncodeError(table, problems);
  return fields;
}

type Encoded = { readonly value: unknown } | { readonly expected: string };

function encodeCell(field: Field, place: FieldMapping, value: unknown, options: EncodeOptions): Encoded {
  if (field.kind === "updated" || field.kind === "backLinks")
    return { expected: "nothing: Feishu writes this field" };
  const checked = valueSchema(field).safeParse(value);
  if (!checked.success) return { expected: checked.error.issues[0]?.message ?? "another value" };
  switch (field.kind) {
    case "text":
      return { value: value === "" ? null : value };
    case "select":
      return optionNames(place, [value as string], (names) => names[0]);
    case "multiSelect":
      return optionNames(place, value as string[], (names) => names);
    case "openSelect":
      return openNames(place, value as string[], options);
    case "person":
    case "chat":
      return { value: [{ id: value }] };
    case "persons":
    case "chats":
      return { value: (value as string[]).map((id) => ({ id })) };
    case "link":
      return { value: [value] };
    case "attachment":
      return { value: (value as FileRef[]).map((file) => ({ file_token: file.fileToken })) };
    default:
      return { value };
  }
}

function optionNames(place: FieldMapping, keys: string[], pick: (names: string[]) => unknown): Encoded {
  const missing = keys.find((key) => !place.options?.[key]);
  if (missing !== undefined)
    return { expected: `an option of this workspace, not ${missing} (run \`lectern provision\`)` };
  return { value: pick(keys.map((key) => place.options?.[key]?.name ?? key)) };
}

function openNames(place: FieldMapping, names: string[], { newOptions = false }: EncodeOptions): Encoded {
  const known = new Set(Object.values(place.options ?? {}).map((option) => option.name));
  const missing = newOptions ? undefined : names.find((name) => !known.has(name));
  if (missing !== undefined) return { expected: `one of ${[...known].join(" / ")}` };
  return { value: [...new Set(names)] };
}
