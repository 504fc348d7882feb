import type { Kernel } from "../../kernel.ts";
import type { Row, Table } from "./model.ts";
import { rowList } from "./rows.ts";

/** The rows as a read sees them: with `readLagMs` the state of that long ago (decisions.md 6). */
export function visibleRows(kernel: Kernel, table: Table): readonly Row[] {
  const recent = recentEntries(kernel, table);
  if (recent.length === 0) return rowList(table);
  const rows = { ...table.rows };
  for (const entry of recent.toReversed()) {
    if (entry.before) rows[entry.id] = entry.before;
    else delete rows[entry.id];
  }
  return Object.values(rows);
}

/** One row as a read sees it, without copying the table. */
export function visibleRow(kernel: Kernel, table: Table, id: string): Row | null {
  const oldest = recentEntries(kernel, table).find((entry) => entry.id === id);
  return oldest ? oldest.before : (table.rows[id] ?? null);
}

export function visibleRevision(kernel: Kernel, table: Table): number {
  return recentEntries(kernel, table)[0]?.revision ?? table.revision;
}

function recentEntries(kernel: Kernel, table: Table) {
  const lag = kernel.switches.readLagMs;
  if (lag === 0 || table.journal.length === 0) return [];
  const horizon = kernel.now() - lag;
  return table.journal.filter((entry) => entry.at > horizon);
}
