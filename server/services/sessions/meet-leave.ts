import { transaction, type Ctx } from "../../context.ts";
import { absences } from "../calendar/absences.ts";
import { post } from "../effects/post.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { freeDates, meets } from "../turns/free-dates.ts";
import { endOf, sessionFacts, viewOf } from "./facts.ts";
import { upcomingSessions } from "./upcoming.ts";

/** Leave can be read this far ahead (decisions.md 14). */
const LEAVE_SEEN_MS = 30 * 86_400_000;
const OPEN = ["planned", "confirmed", "submitted"];

/**
 * Leave approved after publishing touches a session: the lecturer gets the choice of other dates, once. Nothing is moved
 * without a word from them. `person` narrows it to one lecturer.
 */
export async function meetLeave(ctx: Ctx, person?: string): Promise<{ sessions: number }> {
  const upcoming = (await upcomingSessions(ctx)).filter(
    ({ state, change, start, account }) =>
      OPEN.includes(state ?? "") &&
      change !== "declined" &&
      account &&
      (!person || account === person) &&
      start! < ctx.now + LEAVE_SEEN_MS,
  );
  if (upcoming.length === 0) return { sessions: 0 };
  const speaking = new Set(upcoming.map(({ lecturer }) => lecturer));
  const lecturers = (await allRecords(ctx, "lecturers")).filter(({ id }) => speaking.has(id));
  const spans = await absences(ctx, lecturers, ctx.now, endOf(ctx, upcoming.at(-1)!));
  let told = 0;
  for (const session of upcoming) {
    const leave = (spans.get(session.lecturer ?? "") ?? []).filter(({ why }) => why === "leave");
    if (meets(leave, session.start!, endOf(ctx, session))) told += await offerOtherDates(ctx, session);
  }
  return { sessions: told };
}

async function offerOtherDates(ctx: Ctx, session: Rec<"sessions">): Promise<number> {
  const view = await viewOf(ctx, session);
  const dates = (await freeDates(ctx, view)).map((start) => ({ start }));
  return transaction(ctx, async (tx) => {
    const keys = await post(tx, [
      {
        kind: "message",
        key: `leave:${session.id}:${session.lecturer}:${session.start}`,
        to: { person: session.account! },
        audience: "lecturer",
        template: "invite.dates",
        data: { ...sessionFacts(tx, view), dates, maySwap: true },
        group: view.group?.id,
        session: session.id,
        while: OPEN,
        useUntil: session.start!,
      },
    ]);
    return keys.length;
  });
}
