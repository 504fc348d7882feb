import { anyTables, type RowOf, type TableKey } from "../index.ts";
import { type BaseMapping, tableMappingOf } from "../mapping.ts";
import { decodeCell } from "./decode-cell.ts";
import type { CellProblem } from "./problem.ts";

export interface DecodedRow<K extends TableKey> {
  readonly row: RowOf<K>;
  readonly problems: CellProblem[];
}

/**
 * A record's `fields` as search and batch_get give them (keyed by present field name) to a row. A bad cell is a problem
 * and stays undefined; the other cells still decode. Fields that are not ours are passed over.
 */
export function decode<K extends TableKey>(
  mapping: BaseMapping,
  table: K,
  wire: Readonly<Record<string, unknown>>,
): DecodedRow<K> {
  const known = tableMappingOf(mapping, table).fields;
  const row: Record<string, unknown> = {};
  const problems: CellProblem[] = [];
  for (const [key, field] of Object.entries(anyTables[table].fields)) {
    const place = known[key];
    if (field.kind === "checkbox") row[key] = false;
    if (!place) continue;
    const decoded = decodeCell(field, place, wire[place.name]);
    if ("expected" in decoded)
      problems.push({
        field: key,
        fieldName: place.name,
        value: wire[place.name],
        expected: decoded.expected,
      });
    else if (decoded.value !== undefined) row[key] = decoded.value;
  }
  // The row is built field by field from the definition that RowOf is computed from.
  return { row: row as RowOf<K>, problems };
}

export interface EventValue {
  readonly field_id: string;
  readonly field_value?: string | undefined;
  readonly field_identity_value?: unknown;
}
export interface DecodedEvent<K extends TableKey> {
  /** Only the cells the event names; an emptied cell is there as null. */
  readonly cells: { [P in keyof RowOf<K>]?: RowOf<K>[P] | null };
  readonly problems: CellProblem[];
  /** Field ids that are not ours. */
  readonly unknown: string[];
}

/**
 * Values of `bitable_record_changed` (facts.md §5.7): keyed by field id, each a string that holds JSON for structured kinds.
 * Good enough to see what changed; effects re-read the record.
 */
export function decodeById<K extends TableKey>(
  mapping: BaseMapping,
  table: K,
  values: readonly EventValue[],
): DecodedEvent<K> {
  const entries = Object.entries(tableMappingOf(mapping, table).fields);
  const byId = new Map(entries.map(([key, field]) => [field.id, { key, place: field }]));
  const cells: Record<string, unknown> = {};
  const problems: CellProblem[] = [];
  const unknown: string[] = [];
  for (const item of values) {
    const found = byId.get(item.field_id);
    const field = found && anyTables[table].fields[found.key];
    if (!found || !field) {
      unknown.push(item.field_id);
      continue;
    }
    const wire = item.field_identity_value ?? parse(field.kind, item.field_value);
    const decoded = decodeCell(field, found.place, wire);
    if ("expected" in decoded)
      problems.push({
        field: found.key,
        fieldName: found.place.name,
        value: wire,
        expected: decoded.expected,
      });
    else cells[found.key] = decoded.value ?? null;
  }
  return { cells: cells as DecodedEvent<K>["cells"], problems, unknown };
}

/** JSON where it is JSON; a text that merely looks like JSON (a number, say) stays text. */
function parse(kind: string, value: string | undefined): unknown {
  if (value === undefined || value === "") return undefined;
  if (kind === "text" && !value.startsWith("[{")) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
