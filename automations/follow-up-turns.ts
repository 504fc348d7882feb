import { followUpTurns } from "#server/services/turns/follow-up.ts";
import { readRsvp } from "#server/services/turns/read-rsvp.ts";
import { defineAutomation } from "./define.ts";

/** Answers given in the calendar are read first, then who has not answered is asked again, kindly and rarely. */
export const followUpOpenTurns = defineAutomation({
  id: "confirm.follow",
  on: { cron: "20 9 * * *" },
  async run(ctx) {
    return { ...(await readRsvp(ctx)), ...(await followUpTurns(ctx)) };
  },
});
