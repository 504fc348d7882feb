import type { Kernel } from "../../kernel.ts";
import { nodeOf } from "../drive/nodes.ts";
import { autoNumber } from "./auto-number.ts";
import { emitField, emitRecords, sameCell } from "./events.ts";
import type { RecordAction } from "./announce.ts";
import { T } from "./model.ts";
import type { Base, Cell, Field, Option, Row, Table } from "./model.ts";
import { addRow, removeRow, rowList } from "./rows.ts";

/** `null` in `cells` empties the cell; cells not named stay. */
export type Change =
  | { kind: "create"; id: string; cells: Record<string, Cell | null> }
  | { kind: "update"; id: string; cells: Record<string, Cell | null> }
  | { kind: "delete"; id: string }
  | { kind: "restore"; row: Row };

/** What one write did, per table: links touch other tables too. */
type Effects = Map<Table, Map<string, RecordAction>>;

interface Commit {
  kernel: Kernel;
  base: Base;
  actor: string;
  effects: Effects;
}

/** Makes the options that a write named, then applies its changes: rows, back links, revisions, journal, events. */
export function commit(
  kernel: Kernel,
  base: Base,
  table: Table,
  actor: string,
  changes: Change[],
  newOptions: Map<string, Option[]> = new Map(),
): void {
  const work: Commit = { kernel, base, actor, effects: new Map() };
  raise(kernel, base, table, actor);
  addOptions(work, table, newOptions);
  for (const change of changes) apply(work, table, change);
  const removed = changes.flatMap((change) => (change.kind === "delete" ? [change.id] : []));
  if (removed.length > 0) unlink(work, table, new Set(removed));
  for (const [touched, actions] of work.effects) {
    if (touched !== table) raise(kernel, base, touched, actor);
    emitRecords(kernel, base, touched, actor, [...actions.values()]);
  }
}

/** Every write raises the revision of the table and of the Base, and the file's time of change. */
export function raise(kernel: Kernel, base: Base, table: Table | null, actor: string): void {
  base.revision += 1;
  if (table) table.revision += 1;
  const node = nodeOf(kernel.state, base.token);
  if (!node) return;
  node.modifiedAt = kernel.now();
  node.modifiedBy = actor;
}

function addOptions(work: Commit, table: Table, newOptions: Map<string, Option[]>): void {
  for (const [fieldId, options] of newOptions) {
    const field = table.fields.find((one) => one.id === fieldId);
    if (!field) continue;
    const before = structuredClone(field);
    field.property.options = [...(field.property.options ?? []), ...options];
    emitField(work.kernel, work.base, table, work.actor, "field_edited", before, field);
  }
}

function apply(work: Commit, table: Table, change: Change): void {
  if (change.kind === "create") return create(work, table, change.id, change.cells);
  if (change.kind === "restore") return restore(work, table, change.row);
  const row = table.rows[change.id];
  if (!row) return;
  if (change.kind === "delete") remove(work, table, row);
  else update(work, table, row, change.cells);
}

function create(work: Commit, table: Table, id: string, given: Record<string, Cell | null>): void {
  const now = work.kernel.now();
  const row: Row = {
    id,
    cells: {},
    createdAt: now,
    createdBy: work.actor,
    modifiedAt: now,
    modifiedBy: work.actor,
  };
  remember(work, table, id, null);
  addRow(table, row);
  for (const [fieldId, cell] of Object.entries(given)) put(row, fieldId, cell);
  for (const field of table.fields) fill(work, row, field);
  note(work, table, id, "record_added", {}, row.cells);
  backLinks(work, table, row, {}, row.cells);
}

/** Auto numbers, and dates with `auto_fill`. */
function fill(work: Commit, row: Row, field: Field): void {
  if (field.type === T.autoNumber) row.cells[field.id] = autoNumber(field, row.createdAt, work.base.timeZone);
  if (field.type === T.date && field.property.auto_fill && row.cells[field.id] === undefined) {
    row.cells[field.id] = row.createdAt;
  }
}

function put(row: Row, fieldId: string, cell: Cell | null): void {
  // A checkbox never ticked stays empty, also when it is written `false` (facts.md §4.7).
  if (cell === null || (cell === false && row.cells[fieldId] === undefined)) delete row.cells[fieldId];
  else row.cells[fieldId] = cell;
}

function update(work: Commit, table: Table, row: Row, given: Record<string, Cell | null>): void {
  const before = { ...row.cells };
  const old = { ...row, cells: before };
  for (const [fieldId, cell] of Object.entries(given)) put(row, fieldId, cell);
  if (Object.keys(given).every((fieldId) => sameCell(before[fieldId], row.cells[fieldId]))) return;
  remember(work, table, row.id, old);
  stamp(work, row);
  note(work, table, row.id, "record_edited", before, row.cells);
  backLinks(work, table, row, before, row.cells);
}

function stamp(work: Commit, row: Row): void {
  row.modifiedAt = work.kernel.now();
  row.modifiedBy = work.actor;
}

const TRASH = 2000;

function remove(work: Commit, table: Table, row: Row): void {
  remember(work, table, row.id, { ...row, cells: { ...row.cells } });
  removeRow(table, row.id);
  table.trash.push(row);
  if (table.trash.length > TRASH) table.trash.shift();
  note(work, table, row.id, "record_deleted", row.cells, {});
}

/** A person takes a row out of the trash: same id, same cells, an event like that of a new row. */
function restore(work: Commit, table: Table, row: Row): void {
  remember(work, table, row.id, null);
  table.trash = table.trash.filter((one) => one.id !== row.id);
  addRow(table, row);
  stamp(work, row);
  note(work, table, row.id, "record_added", {}, row.cells);
}

/** Keeps both sides of a two-way link equal. */
function backLinks(work: Commit, table: Table, row: Row, before: Row["cells"], after: Row["cells"]): void {
  for (const field of table.fields) {
    if (field.type !== T.duplex || sameCell(before[field.id], after[field.id])) continue;
    const target = work.base.tables.find((one) => one.id === field.property.table_id);
    const back = field.property.back_field_id;
    if (!target || !back) continue;
    const was = new Set((before[field.id] ?? []) as string[]);
    const is = new Set((after[field.id] ?? []) as string[]);
    for (const id of is) if (!was.has(id)) editLinks(work, target, id, back, (list) => [...list, row.id]);
    for (const id of was)
      if (!is.has(id)) editLinks(work, target, id, back, (list) => list.filter((one) => one !== row.id));
  }
}

function editLinks(
  work: Commit,
  table: Table,
  id: string,
  fieldId: string,
  edit: (list: string[]) => string[],
): void {
  const row = table.rows[id];
  if (!row) return;
  const before = { ...row.cells };
  const list = edit((before[fieldId] ?? []) as string[]);
  remember(work, table, id, { ...row, cells: before });
  put(row, fieldId, list.length === 0 ? null : [...new Set(list)]);
  stamp(work, row);
  note(work, table, id, "record_edited", before, row.cells);
}

/** Deleted rows vanish from every link cell that named them. */
function unlink(work: Commit, table: Table, gone: ReadonlySet<string>): void {
  for (const other of work.base.tables) {
    for (const field of other.fields) {
      const points =
        (field.type === T.link || field.type === T.duplex) && field.property.table_id === table.id;
      if (!points) continue;
      for (const row of rowList(other)) {
        const cell = row.cells[field.id] as string[] | undefined;
        if (cell?.some((id) => gone.has(id)))
          editLinks(work, other, row.id, field.id, (list) => list.filter((id) => !gone.has(id)));
      }
    }
  }
}

/** One action per record and write, however often it was touched. */
function note(
  work: Commit,
  table: Table,
  id: string,
  action: RecordAction["action"],
  before: Row["cells"],
  after: Row["cells"],
) {
  const actions = work.effects.get(table) ?? new Map<string, RecordAction>();
  work.effects.set(table, actions);
  const earlier = actions.get(id);
  if (action === "record_deleted" && earlier?.action === "record_added") actions.delete(id);
  else if (earlier && action === "record_edited") earlier.after = { ...after };
  else
    actions.set(id, {
      record_id: id,
      action,
      before: { ...(earlier?.before ?? before) },
      after: { ...after },
    });
}

/** Journal for reads that lag; kept only as long as somebody may read the past. */
function remember(work: Commit, table: Table, id: string, before: Row | null): void {
  const lag = work.kernel.switches.readLagMs;
  const now = work.kernel.now();
  const first = table.journal[0];
  if (first && (lag === 0 || first.at <= now - lag))
    table.journal = table.journal.filter((one) => lag > 0 && one.at > now - lag);
  if (lag > 0) table.journal.push({ at: now, revision: table.revision - 1, id, before });
}
