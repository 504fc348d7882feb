import { locate } from "#base/mapping.ts";
import type { TableKey } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { storeGone, storeRead } from "./store.ts";

/**
 * Reads records again after an event. `since` is the event's own time: a reply older than it is a stale replica's
 * (decisions.md 6) and is asked again with back-off; the sweep mends what stays behind.
 */
export async function refreshRecords(
  ctx: Ctx,
  table: TableKey,
  ids: string[],
  since?: number,
): Promise<void> {
  let wanted = ids;
  for (const wait of [0, 1_000, 4_000]) {
    if (wanted.length === 0) return;
    if (wait > 0) await ctx.clock.until(ctx.clock.now() + wait);
    const { records, absent } = await ctx.feishu.records.batchGet(
      locate(ctx.workspace.mapping, table),
      wanted,
      {
        automaticFields: true,
      },
    );
    const late: string[] = [];
    for (const found of records)
      // Events tell whole seconds (facts.md §5.7).
      if (since !== undefined && (found.lastModifiedTime ?? Infinity) < since - 1_000)
        late.push(found.recordId);
    await storeRead({ ...ctx, now: ctx.clock.now() }, table, records);
    // A record just made may not be on this replica yet: absence counts only when it is still absent at the end.
    wanted = [...late, ...absent];
    if (wait === 4_000) await storeGone({ ...ctx, now: ctx.clock.now() }, table, absent);
  }
}
