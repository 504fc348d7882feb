import type { Call } from "../../kernel.ts";
import { openBase, tableOf } from "./access.ts";
import type { Need, Opened } from "./access.ts";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import type { Table } from "./model.ts";

/** Records written per second to one Base, over all apps and calls, before 1254290. The sources give no own number. */
const PER_SECOND = 50;
/** Windows live in memory: a second of the clock is no state. */
const windows = new WeakMap<object, { second: number; calls: number }>();

/**
 * Opens a Base for a write: one at a time (1254291 for what overlaps), and not more than 50 a second (1254290). The rate of
 * each single operation is the gateway's (99991400); this one counts all writes to records of one Base together.
 */
export async function openForWrite(call: Call, page: Page, need: Need, counted = false): Promise<Opened> {
  const opened = openBase(call, page, need);
  if (counted) countWrite(call, opened);
  await call.exclusive(`bitable/${opened.base.token}`, refusal(page, 1254291));
  return opened;
}

function countWrite(call: Call, opened: Opened): void {
  if (!call.switches.rates) return;
  const second = Math.floor(call.now() / 1000);
  const window = windows.get(opened.base);
  if (!window || window.second !== second) {
    windows.set(opened.base, { second, calls: 1 });
    return;
  }
  window.calls += 1;
  if (window.calls > PER_SECOND) throw refusal(opened.page, 1254290);
}

export async function openTableForWrite(
  call: Call,
  page: Page,
  counted = false,
): Promise<{ opened: Opened; table: Table }> {
  const opened = await openForWrite(call, page, "edit", counted);
  return { opened, table: tableOf(opened, call.path["table_id"] ?? "") };
}
