import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { MessageEffect } from "#domain/effects.ts";
import { addDays, localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { learned } from "../../db/schema.ts";
import { attendeesOf } from "../attendance/check-in.ts";
import { post } from "../effects/post.ts";
import { ownSessions } from "../incentive/facts.ts";
import { sessionFacts, speakersOf, viewOf, viewSession } from "../sessions/facts.ts";

const DAYS = 30;

/** 30 days later, when switched on: have you used it? Asked of who was there. */
export async function askLearned(ctx: Ctx): Promise<{ asked: number }> {
  if (!ctx.on["learned"]) return { asked: 0 };
  const zone = ctx.workspace.timezone;
  const today = localDay(ctx.now, zone);
  const due = (await ownSessions(ctx)).filter(
    ({ start, state }) =>
      (state === "delivered" || state === "rated") && addDays(localDay(start!, zone), DAYS) === today,
  );
  let asked = 0;
  for (const session of due)
    asked += await transaction(ctx, async (tx) => {
      const view = await viewOf(tx, session);
      const speakers = await speakersOf(tx, session);
      const people = (await attendeesOf(tx, session.id)).filter((person) => !speakers.includes(person));
      const cards = people.map((person): MessageEffect => ({
        kind: "message",
        key: `learned:${session.id}:${person}`,
        to: { person },
        audience: "learner",
        template: "learned",
        data: sessionFacts(tx, view),
        group: session.group,
        useUntil: tx.now + 7 * 86_400_000,
      }));
      return (await post(tx, cards)).length;
    });
  return { asked };
}

/** One tap; a second changes the answer. */
export async function answerLearned(
  ctx: Ctx,
  input: { session: string; person: string; answer: "used" | "not-yet" | "no" },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  const view = await viewSession(ctx, input.session);
  if (!view || !(await attendeesOf(ctx, input.session)).includes(input.person))
    return { toast: { type: "info", text: smallText("notForYou", language) } };
  const values = {
    workspace: ctx.workspace.id,
    session: input.session,
    person: input.person,
    answer: input.answer,
    at: ctx.now,
  };
  await ctx.db
    .insert(learned)
    .values(values)
    .onConflictDoUpdate({ target: [learned.workspace, learned.session, learned.person], set: values });
  return { card: { template: "settled", data: { text: smallText("thankYou", language) } } };
}
