import type { Ctx } from "../../context.ts";
import { allRecords, type Rec } from "../records/read.ts";

/** Sessions still to come, in order of time. */
export async function upcomingSessions(ctx: Ctx, group?: string): Promise<Rec<"sessions">[]> {
  const sessions = await allRecords(ctx, "sessions");
  return sessions
    .filter(
      ({ start, state, group: of }) =>
        start && start > ctx.now && state !== "cancelled" && (!group || of === group),
    )
    .sort((a, b) => a.start! - b.start! || (a.id < b.id ? -1 : 1));
}
