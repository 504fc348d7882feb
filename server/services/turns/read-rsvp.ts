import { and, desc, eq, sql } from "drizzle-orm";
import { transaction, type Ctx } from "../../context.ts";
import { outbox, turn } from "../../db/schema.ts";
import { post, trialKey } from "../effects/post.ts";
import type { Rec } from "../records/read.ts";
import { claimSessions } from "../sessions/claim.ts";
import { sessionFacts, viewOf } from "../sessions/facts.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { acceptTurn, turnRow } from "./answer.ts";

const DAYS = 21;
const OPEN = ["planned", "confirmed", "submitted"];

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
    } else if (rsvp === "decline") outcome.declined += await openChoice(ctx, session);
  }
  return outcome;
}

/**
 * The lecturer gets the choice of 这次不行, once. A yes given before holds no longer: without an answer the ladder goes on, to the
 * admin at last. What Feishu still shows of a decline they have answered since is no new one.
 */
async function openChoice(ctx: Ctx, session: Rec<"sessions">): Promise<number> {
  const view = await viewOf(ctx, session);
  return transaction(ctx, async (tx) => {
    if (!(await claimSessions(tx, [session.id])) || (await answeredSince(tx, session))) return 0;
    const keys = await post(tx, [
      {
        kind: "message",
        key: `rsvp-declined:${session.id}:${session.lecturer}:${session.start}`,
        to: { person: session.account! },
        audience: "lecturer",
        template: "invite.reasons",
        data: sessionFacts(tx, view),
        group: session.group,
        session: session.id,
        while: OPEN,
        useUntil: session.start!,
      },
    ]);
    if (keys.length === 0 || session.state !== "confirmed") return keys.length;
    await tx.db
      .update(turn)
      .set({ answer: null, answeredAt: null })
      .where(
        and(
          eq(turn.workspace, tx.workspace.id),
          eq(turn.session, session.id),
          eq(turn.lecturer, session.lecturer!),
        ),
      );
    await post(tx, [
      {
        kind: "record.update",
        key: `unconfirmed:${session.id}:${session.lecturer}:${session.start}:${session.version}`,
        table: "sessions",
        record: session.id,
        fields: { state: "planned" },
      },
    ]);
    return keys.length;
  });
}

async function answeredSince(tx: Ctx, { id, lecturer }: Rec<"sessions">): Promise<boolean> {
  const prefix = `rsvp-declined:${id}:${lecturer}:`;
  const [asked] = await tx.db
    .select({ at: outbox.createdAt })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, tx.workspace.id),
        sql`(starts_with(${outbox.key}, ${prefix}) or starts_with(${outbox.key}, ${trialKey(prefix)}))`,
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(1);
  const answered = (await turnRow(tx, id, lecturer!))?.answeredAt ?? null;
  return asked !== undefined && answered !== null && answered >= asked.at;
}
