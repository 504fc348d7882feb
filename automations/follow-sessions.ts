import { followSession } from "#server/services/sessions/follow.ts";
import { upcomingSessions } from "#server/services/sessions/upcoming.ts";
import { defineAutomation } from "./define.ts";

/** A session's record changed by whatever hand: what follows from its state is brought about. Each morning for all of them. */
export const followSessions = defineAutomation({
  id: "sessions.follow",
  on: { record: ["sessions"], cron: "50 8 * * *", missed: "latest" },
  async run(ctx, trigger) {
    const ids =
      trigger.on === "record" ? [trigger.record] : (await upcomingSessions(ctx)).map(({ id }) => id);
    let effects = 0;
    for (const id of ids) effects += await followSession(ctx, id);
    return { sessions: ids.length, effects };
  },
});
