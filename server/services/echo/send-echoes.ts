import { and, eq } from "drizzle-orm";
import type { MessageEffect } from "#domain/effects.ts";
import { toneOf } from "#domain/feedback/tone.ts";
import { fromHundredths, sum } from "#domain/numbers.ts";
import { addDays, localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { pointsOfSession } from "../incentive/points.ts";
import { ledger, released } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { openedBy } from "../content/opened.ts";
import { post } from "../effects/post.ts";
import { ratingBox } from "../ratings/answers.ts";
import { isOwnHeld, presentAt } from "../ratings/raters.ts";
import { allRecords } from "../records/read.ts";
import { countAnswered } from "../sealed/box.ts";
import { endOf, sessionFacts, viewOf, type SessionView } from "../sessions/facts.ts";
import { thanksFor } from "./thanks.ts";

/** How long after its session an echo still makes sense, when it was decided late that it took place. */
const LATEST_DAYS = 10;

/** 回响: one card to the lecturer on the next workday, what people said before any point. Once a session. */
export async function sendEchoes(ctx: Ctx): Promise<{ sent: number }> {
  const zone = ctx.workspace.timezone;
  const days = await workdays(ctx);
  const today = localDay(ctx.now, zone);
  if (!days.is(today)) return { sent: 0 };
  let sent = 0;
  for (const session of await allRecords(ctx, "sessions")) {
    if (!session.start || !session.account) continue;
    const day = localDay(endOf(ctx, session), zone);
    if (day >= today || addDays(day, LATEST_DAYS) < today) continue;
    const view = await viewOf(ctx, session);
    if (!(await isOwnHeld(ctx, view))) continue;
    sent += await transaction(
      ctx,
      async (tx) => (await post(tx, [await echoOf(tx, view, days.at(tx.now, 2, "18:00"))])).length,
    );
  }
  return { sent };
}

async function echoOf(ctx: Ctx, view: SessionView, useUntil: number): Promise<MessageEffect> {
  const { session, group } = view;
  const { template, data } = await responses(ctx, view);
  return {
    kind: "message",
    key: `echo:${session.id}:${session.lecturer}`,
    to: { person: session.account! },
    audience: "lecturer",
    template,
    data: { ...sessionFacts(ctx, view), ...data, ...(await pointsOf(ctx, view)) },
    group: group?.id,
    session: session.id,
    while: ["delivered", "rated"],
    useUntil,
  };
}

/** Which of the three cards it is, by what may be shown of this session now. */
async function responses(
  ctx: Ctx,
  view: SessionView,
): Promise<{ template: string; data: MessageEffect["data"] }> {
  const { session } = view;
  const shown = await ctx.db
    .select()
    .from(released)
    .where(and(eq(released.workspace, ctx.workspace.id), eq(released.session, session.id)));
  const scores = shown.flatMap((row) => row.scores);
  const said = await thanksFor(ctx, session.id);
  const praise = shown
    .flatMap(({ comments }) => comments)
    .filter((comment) => toneOf(comment).tone === "positive");
  const data = {
    attended: (await presentAt(ctx, view)).length,
    thanks: said.length,
    quotes: [...said.map(({ text }) => text), ...praise].slice(0, 2),
    maskNames: (await allRecords(ctx, "lecturers")).flatMap(({ name }) => name ?? []),
  };
  if (scores.length >= ctx.settings.minimum)
    return {
      template: "echo",
      data: { ...data, score: sum(scores) / scores.length, answers: scores.length },
    };
  const answered = await countAnswered(ctx, ratingBox(session.id));
  if (answered > 0) return { template: "echo.waiting", data: { ...data, answers: answered } };
  return { template: "echo.quiet", data: { ...data, looked: await openedBy(ctx, session.id) } };
}

/** What the ledger holds for this share; before the month's close, what the rules will give for it as things stand. */
async function pointsOf(ctx: Ctx, { session }: SessionView): Promise<{ points?: number }> {
  if (!session.lecturer) return {};
  const entries = await ctx.db
    .select({ points: ledger.points })
    .from(ledger)
    .where(
      and(
        eq(ledger.workspace, ctx.workspace.id),
        eq(ledger.session, session.id),
        eq(ledger.lecturer, session.lecturer),
      ),
    );
  const points =
    entries.length > 0
      ? fromHundredths(sum(entries.map(({ points }) => points)))
      : await pointsOfSession(ctx, session);
  return points === 0 ? {} : { points };
}
