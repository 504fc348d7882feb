import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { inbox, outbox } from "../../db/schema.ts";

const DAY = 86_400_000;
/** Their keys come but once (a record's version, a slot, an event id); all others say «once» for good. */
const RUNS = ["changed", "cron", "event"];

/**
 * Takes out of the queue what nobody will ask for again: finished runs after 14 days, events after 30 (Feishu's last retry comes
 * within hours), cron slots after 90, the latest of each automation excepted, for it says where the next begins.
 */
export async function forgetRuns(ctx: Ctx): Promise<{ runs: number; events: number; slots: number }> {
  const { db, now, workspace } = ctx;
  const runs = await db
    .delete(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace.id),
        inArray(outbox.kind, RUNS),
        inArray(outbox.state, ["done", "dropped"]),
        lt(outbox.doneAt, now - 14 * DAY),
      ),
    );
  const events = await db.delete(inbox).where(lt(inbox.receivedAt, now - 30 * DAY));
  const slots = await db.execute(sql`
    delete from cron_slot as old where old.workspace = ${workspace.id} and old.slot < ${now - 90 * DAY}
      and old.slot < (select max(slot) from cron_slot as latest
        where latest.workspace = old.workspace and latest.automation = old.automation)`);
  return { runs: runs.rowCount ?? 0, events: events.rowCount ?? 0, slots: slots.rowCount ?? 0 };
}
