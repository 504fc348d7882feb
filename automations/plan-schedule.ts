import { z } from "zod";
import { cardAction } from "#domain/messages/actions.ts";
import { goLive } from "#server/services/schedule/go-live.ts";
import { proposeSchedule } from "#server/services/schedule/propose.ts";
import { publishSchedule } from "#server/services/schedule/publish.ts";
import { followSession } from "#server/services/sessions/follow.ts";
import { upcomingSessions } from "#server/services/sessions/upcoming.ts";
import { defineAutomation } from "./define.ts";

/** On Mondays, and once the first lecturers are there, the weeks ahead are planned and laid before the admin. */
export const planSchedule = defineAutomation({
  id: "schedule.propose",
  on: { cron: "5 9 * * 1", missed: "latest", wake: true, card: ["schedule.publish", "group.live"] },
  async run(ctx, trigger) {
    if (trigger.on !== "card") return proposeSchedule(ctx);
    const { person } = trigger.press;
    const action = cardAction.parse(trigger.press.value);
    if (action.act === "schedule.publish") return publishSchedule(ctx, { proposal: action.proposal, person });
    if (action.act === "group.live") return goLive(ctx, { group: action.group, person });
  },
});

const input = z.object({ group: z.string() });

/** A group went live, or came back from a pause: what its sessions ask for is brought about. */
export const followGroup = defineAutomation({
  id: "group.follow",
  on: { wake: true },
  async run(ctx, trigger) {
    if (trigger.on !== "wake") return;
    const sessions = await upcomingSessions(ctx, input.parse(trigger.input).group);
    for (const { id } of sessions) await followSession(ctx, id);
    return { sessions: sessions.length };
  },
});
