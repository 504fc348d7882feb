import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { sessionFacts, viewOf } from "../sessions/facts.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { acceptTurn, turnRow } from "./answer.ts";

const DAYS = 21;
const OPEN = ["planned", "confirmed"];

/** 接受 in the calendar confirms a turn; 拒绝 there opens the choice of the invitation (texts.md §5.4). Read, for no event tells it. */
export async function readRsvp(ctx: Ctx): Promise<{ accepted: number; declined: number }> {
  const outcome = { accepted: 0, declined: 0 };
  const calendarId = ctx.workspace.calendarId;
  if (!calendarId) return outcome;
  for (const session of await upcomingSessions(ctx)) {
    if (!OPEN.includes(session.state ?? "") || !session.eventId || !session.account || !session.lecturer)
      continue;
    if (session.start! - ctx.now > DAYS * 86_400_000 || session.change === "declined") continue;
    const answer = (await turnRow(ctx, session.id, session.lecturer))?.answer ?? null;
    if (answer !== null && answer !== "accepted") continue;
    const attendees = await ctx.feishu.calendar.listAttendees(calendarId, session.eventId);
    const rsvp = attendees.find(({ openId }) => openId === session.account)?.rsvp;
    if (rsvp === "accept" && answer === null && session.state === "planned") {
      await acceptTurn(ctx, { session: session.id, person: session.account });
      outcome.accepted++;
    } else if (rsvp === "decline") {
      const view = await viewOf(ctx, session);
      const effect: Effect = {
        kind: "message",
        key: `rsvp-declined:${session.id}:${session.lecturer}:${session.start}`,
        to: { person: session.account },
        audience: "lecturer",
        template: "invite.reasons",
        data: sessionFacts(ctx, view),
        group: session.group,
        session: session.id,
        while: OPEN,
        useUntil: session.start!,
      };
      outcome.declined += (await post(ctx, [effect])).length;
    }
  }
  return outcome;
}
