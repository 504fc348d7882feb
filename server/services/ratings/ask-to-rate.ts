import type { MessageEffect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { allRecords } from "../records/read.ts";
import { endOf, sessionFacts, viewOf, viewSession, type SessionView } from "../sessions/facts.ts";
import { isOwnHeld, ratersOf, ratingCloses } from "./raters.ts";

/** One card to everybody who was there; asked again it adds only people who were added since. */
export async function askToRate(ctx: Ctx, session: string): Promise<{ asked: number }> {
  return transaction(ctx, async (tx) => {
    const view = await viewSession(tx, session);
    if (!view || !(await isOwnHeld(tx, view)) || tx.now >= (await ratingCloses(tx, view)))
      return { asked: 0 };
    return { asked: (await post(tx, await ratingCards(tx, view, "rate"))).length };
  });
}

/** Every session still open for rating is looked at again: for people added by hand, and for what an outage left out. */
export async function askAllToRate(ctx: Ctx): Promise<{ asked: number }> {
  let asked = 0;
  for (const { view } of await openForRating(ctx)) asked += (await askToRate(ctx, view.session.id)).asked;
  return { asked };
}

/** Sessions held here whose rating is open. */
export async function openForRating(ctx: Ctx): Promise<{ view: SessionView; closes: number }[]> {
  const month = 31 * 86_400_000;
  const open: { view: SessionView; closes: number }[] = [];
  for (const session of await allRecords(ctx, "sessions")) {
    if (!session.start || session.start > ctx.now || session.start < ctx.now - month) continue;
    const view = await viewOf(ctx, session);
    if (!(await isOwnHeld(ctx, view))) continue;
    const closes = await ratingCloses(ctx, view);
    if (ctx.now < closes) open.push({ view, closes });
  }
  return open;
}

export async function ratingCards(
  ctx: Ctx,
  view: SessionView,
  template: "rate" | "rate.remind",
): Promise<MessageEffect[]> {
  const { session } = view;
  const due = Math.max(ctx.now, endOf(ctx, session) + ctx.settings.ratingAfterMinutes * 60_000);
  const closes = await ratingCloses(ctx, view);
  const people = await ratersOf(ctx, view);
  return people.map((person) => ({
    kind: "message",
    key: `${template}:${session.id}:${person}`,
    to: { person },
    audience: "learner",
    template,
    data: sessionFacts(ctx, view),
    group: view.group?.id,
    session: session.id,
    while: ["delivered", "rated"],
    notBefore: due,
    useUntil: Math.min(closes, due + ctx.settings.lateHours * 3_600_000),
    exempt: "rating",
  }));
}
