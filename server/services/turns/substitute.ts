import { and, eq, gte, isNull } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { nextInSpans, nextSendingTime } from "#domain/messages/hours.ts";
import { localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { ask, turn } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { lecturerOf } from "../people/name.ts";
import { getRecord, type Rec } from "../records/read.ts";
import { claimSessions, movingText } from "../sessions/claim.ts";
import { sessionFacts, viewSession, type SessionView } from "../sessions/facts.ts";
import { tellChange, tellSpeaker } from "../sessions/tell-change.ts";
import { closeTodo, openTodo } from "../todos/todo.ts";
import { actsFor, tellActedFor } from "./act-for.ts";
import { substituteAskKey } from "./ask-keys.ts";
import {
  confirmedText,
  isAnswer,
  recordAnswer,
  settleAsking,
  settledAnswer,
  stillMoving,
  turnOf,
} from "./answer.ts";
import { candidatesFor } from "./candidates.ts";
import { isOver, lookingForSomeone } from "./decline.ts";
import { endAsks } from "./end-asks.ts";
import { settleCards } from "./settle.ts";

const HOUR = 3_600_000;
/** Below it the search is in its last, hasty stage (texts.md §5.4). */
const LATE_WORKDAYS = 2;

/** 请人代讲 from the card: the lecturer wishes someone else to speak; the turn stays theirs until someone says yes. */
export async function searchSubstitute(
  ctx: Ctx,
  input: { session: string; person: string },
): Promise<PressAnswer> {
  const by = await actsFor(ctx, input);
  return transaction(ctx, async (tx) => {
    const view = await turnOf(tx, input.session, input.person);
    if (isAnswer(view)) return view;
    const text = smallText("searching", tx.settings.language);
    const settled = isOver(view) ? settledAnswer(tx, view) : null;
    if (settled) return settled;
    if (view.session.change === "declined") return { card: { template: "settled", data: { text } } };
    if (!(await claimSessions(tx, [input.session])))
      return stillMoving(tx, view, "declined", { card: { template: "settled", data: { text } } });
    await recordAnswer(tx, view, "declined");
    await post(tx, [
      {
        kind: "record.update",
        key: `decline:${view.session.id}:${view.session.lecturer}:${view.session.start}:${view.session.version}`,
        table: "sessions",
        record: view.session.id,
        fields: { state: "planned", change: "declined" },
      },
      ...(await settleAsking(tx, view, text, "declined")),
      ...tellActedFor(tx, view, by, lookingForSomeone),
    ]);
    return { card: { template: "settled", data: { text } } };
  });
}

/**
 * A declined turn: the next colleagues are asked, how many at once and for how long by the time that is left (texts.md §5.4).
 * While someone still has time to answer it asks nobody. `start` given = only if the session is still at that time.
 */
export async function askNext(
  ctx: Ctx,
  input: { session: string; start?: number },
): Promise<{ asked: number }> {
  const view = await viewSession(ctx, input.session);
  const { session } = view ?? {};
  if (!view || !session?.start || session.change !== "declined") return { asked: 0 };
  if (input.start !== undefined && session.start !== input.start) return { asked: 0 };
  if (session.start <= ctx.now || session.state !== "planned") return { asked: 0 };
  const rows = await asksOf(ctx, input.session);
  const running = rows.filter(({ answer, replyBy }) => answer === null && replyBy > ctx.now);
  if (running.length > 0) return { asked: 0 };
  await ctx.db
    .update(ask)
    .set({ answer: "expired", answeredAt: ctx.now })
    .where(
      and(
        eq(ask.workspace, ctx.workspace.id),
        eq(ask.kind, "substitute"),
        eq(ask.session, input.session),
        isNull(ask.answer),
      ),
    );
  const left = (await workdays(ctx)).between(ctx.now, session.start);
  const tired = await askedOften(ctx);
  const except = new Set([
    ...rows.map(({ lecturer }) => lecturer),
    ...tired,
    ...(session.lecturer ? [session.lecturer] : []),
  ]);
  const found = await candidatesFor(ctx, view, except);
  const { atOnce, replyBy } = await pace(ctx, left, session.start);
  const chosen = found.slice(0, atOnce);
  return transaction(ctx, async (tx) => {
    if (chosen.length === 0) {
      await nobodyFound(tx, view, rows.length);
      return { asked: 0 };
    }
    // Colleagues are still being asked, but from here on the admin should know, while there is time to decide.
    if (rows.length > 0 && left < LATE_WORKDAYS) await nobodyYet(tx, view, rows.length);
    for (const lecturer of chosen) await askOne(tx, view, lecturer, replyBy);
    await post(tx, [
      {
        kind: "wake",
        key: `substitute:${session.id}:${session.lecturer}:${session.start}:${rows.length + chosen.length}`,
        at: replyBy,
        automation: "substitute.search",
        input: { session: session.id, start: session.start },
      },
    ]);
    return { asked: chosen.length };
  });
}

async function pace(ctx: Ctx, left: number, start: number): Promise<{ atOnce: number; replyBy: number }> {
  const s = ctx.settings;
  const days = await workdays(ctx);
  const latest = start - HOUR;
  const asked = await readableFrom(ctx, start);
  if (left > 5) {
    // Eight working hours are a working day: the same time on the next workday.
    const local = new Intl.DateTimeFormat("en-GB", {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: ctx.workspace.timezone,
    }).format(asked);
    const ahead = Math.max(1, Math.round(s.substituteEarlyHours / 8));
    return { atOnce: s.substituteEarlyAtOnce, replyBy: Math.min(latest, days.at(asked, ahead, local)) };
  }
  const [atOnce, hours] =
    left >= LATE_WORKDAYS
      ? [s.substituteMiddleAtOnce, s.substituteMiddleHours]
      : [s.substituteLateAtOnce, s.substituteLateHours];
  return { atOnce, replyBy: Math.min(latest, asked + hours * HOUR) };
}

/** When a question of now can go out: time to answer does not run while quiet hours hold it back. */
async function readableFrom(ctx: Ctx, start: number): Promise<number> {
  const zone = ctx.workspace.timezone;
  const days = await workdays(ctx);
  const window = nextSendingTime(ctx.now, {
    zone,
    settings: ctx.settings,
    workdayOf: (ms) => days.is(localDay(ms, zone)),
  });
  if (!isSoon(ctx, start)) return window;
  return Math.min(window, nextInSpans(ctx.now, zone, ctx.settings.changeWindow, () => true) ?? window);
}

const isSoon = (ctx: Ctx, start: number) => start - ctx.now <= ctx.settings.changeSoonHours * HOUR;

async function askOne(
  tx: Ctx,
  view: SessionView,
  lecturer: Rec<"lecturers">,
  replyBy: number,
): Promise<void> {
  const { session } = view;
  await tx.db
    .insert(ask)
    .values({
      workspace: tx.workspace.id,
      kind: "substitute",
      session: session.id,
      lecturer: lecturer.id,
      askedAt: tx.now,
      replyBy,
    })
    .onConflictDoNothing();
  const zh = tx.settings.language === "zh";
  await post(tx, [
    {
      kind: "message",
      key: substituteAskKey(session.id, lecturer.id, session.start!),
      to: { person: lecturer.person! },
      audience: "lecturer",
      template: "substitute.ask",
      data: {
        ...sessionFacts(tx, view),
        ask: lecturer.id,
        replyBy,
        whyMe: whyThem(view, lecturer, zh),
      },
      group: view.group?.id,
      session: session.id,
      while: ["planned"],
      useUntil: replyBy,
      ...(isSoon(tx, session.start!) ? { exempt: "change-soon" as const } : {}),
    },
  ]);
}

function whyThem({ topic }: SessionView, lecturer: Rec<"lecturers">, zh: boolean): string {
  const shared = (topic?.tags ?? []).filter((tag) => lecturer.expertise?.includes(tag));
  if (shared.length > 0)
    return zh ? `您懂${shared.join("、")}，这个时间有空` : `you know ${shared.join(", ")} and are free then`;
  return zh ? "您这个时间有空" : "you are free then";
}

/** The matter of a session for which colleagues have been asked in vain, so far or for good. */
async function nobodyYet(tx: Ctx, view: SessionView, asked: number): Promise<void> {
  const { session } = view;
  await openTodo(tx, {
    key: `no-substitute:${session.id}:${session.start}`,
    kind: "no-substitute",
    session: session.id,
    detail: { lecturer: view.lecturer?.name ?? "", label: session.label ?? "", asked, start: session.start! },
    urgent: session.start! - tx.now <= tx.settings.adminUrgentHours * HOUR,
  });
}

/** Nobody is left to ask: the admin has the matter with its choices, near the day as a card. */
async function nobodyFound(tx: Ctx, view: SessionView, asked: number): Promise<void> {
  const { session } = view;
  await nobodyYet(tx, view, asked);
  // What is not close at hand waits in the list of matters, which the daily summary speaks of (texts.md §5.2).
  if (session.start! - tx.now > tx.settings.adminUrgentHours * HOUR) return;
  const admins = view.group?.admins?.length ? view.group.admins : tx.workspace.admins;
  await post(
    tx,
    admins.slice(0, 1).map((person): Effect => ({
      kind: "message",
      key: `unfilled:${session.id}:${session.start}`,
      to: { person },
      audience: "admin",
      template: "unfilled.ask",
      data: sessionFacts(tx, view),
      session: session.id,
      useUntil: session.start!,
    })),
  );
}

/** 我来讲: the first yes wins; everyone else asked is thanked. */
export async function acceptSubstitution(
  ctx: Ctx,
  input: { session: string; person: string },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    // One yes at a time: the second must see the first.
    await lockAsks(tx, input.session);
    const view = await viewSession(tx, input.session);
    const me = await lecturerOf(tx, input.person);
    const mine = me && (await asksOf(tx, input.session)).find(({ lecturer }) => lecturer === me.id);
    if (!view?.session.start || !me || !mine)
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    if (mine.answer === "yes")
      return { card: { template: "settled", data: { text: confirmedText(tx, view) } } };
    const taken =
      view.session.change !== "declined" ||
      view.session.state !== "planned" ||
      (await asksOf(tx, input.session)).some(({ answer }) => answer === "yes");
    if (taken)
      return { card: { template: "settled", data: { text: smallText("takenMeanwhile", language) } } };
    if (!(await claimSessions(tx, [input.session])))
      return { toast: { type: "info", text: movingText(language) } };
    const lecturer = (await getRecord(tx, "lecturers", me.id))!;
    await answerAsk(tx, input.session, me.id, "yes");
    await tx.db
      .insert(turn)
      .values({
        workspace: tx.workspace.id,
        session: input.session,
        lecturer: me.id,
        offeredAt: mine.askedAt,
        invitedAt: mine.askedAt,
        answer: "accepted",
        answeredAt: tx.now,
        extra: true,
      })
      .onConflictDoUpdate({
        target: [turn.workspace, turn.session, turn.lecturer],
        set: { answer: "accepted", answeredAt: tx.now, extra: true },
      });
    const others = (await asksOf(tx, input.session))
      .filter((row) => row.lecturer !== me.id)
      .map((row) => substituteAskKey(row.session, row.lecturer, view.session.start!));
    const next: SessionView = { ...view, lecturer };
    await post(tx, [
      {
        kind: "record.update",
        key: `substituted:${input.session}:${me.id}:${view.session.version}`,
        table: "sessions",
        record: input.session,
        fields: { lecturer: me.id, account: lecturer.person, state: "confirmed", change: "substitute" },
      },
      ...(await settleCards(tx, others, smallText("takenMeanwhile", language), "taken")),
      ...(await settleCards(
        tx,
        [substituteAskKey(input.session, me.id, view.session.start)],
        confirmedText(tx, next),
        "yes",
      )),
      ...(await endAsks(tx, {
        session: input.session,
        start: view.session.start,
        text: smallText("takenMeanwhile", language),
        version: "taken",
      })),
      ...tellSpeaker(tx, view, { peer: lecturer.name ?? "" }),
      ...(await tellChange(tx, view, { peer: lecturer.name ?? "" })),
    ]);
    await closeTodo(tx, `no-substitute:${input.session}:${view.session.start}`, `substitute:${me.id}`);
    return { card: { template: "settled", data: { text: confirmedText(tx, next) } } };
  });
}

/** 这次不行 of someone asked to step in: the next one is asked at once when nobody else is still thinking. */
export async function declineSubstitution(
  ctx: Ctx,
  input: { session: string; person: string },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    const me = await lecturerOf(tx, input.person);
    await lockAsks(tx, input.session);
    const rows = await asksOf(tx, input.session);
    const mine = rows.find(({ lecturer }) => lecturer === me?.id);
    if (!me || !mine) return { toast: { type: "info", text: smallText("notForYou", language) } };
    if (mine.answer === null) await answerAsk(tx, input.session, me.id, "no");
    const view = await viewSession(tx, input.session);
    const text = smallText("noThanks", language);
    if (view?.session.start && mine.answer === null) {
      const card = substituteAskKey(input.session, me.id, view.session.start);
      await post(tx, await settleCards(tx, [card], text, "no"));
    }
    const waiting = rows.some((row) => row.lecturer !== me.id && row.answer === null && row.replyBy > tx.now);
    if (view?.session.start && !waiting)
      await post(tx, [
        {
          kind: "wake",
          key: `substitute:${input.session}:${me.id}:${view.session.start}:no`,
          at: tx.now,
          automation: "substitute.search",
          input: { session: input.session, start: view.session.start },
        },
      ]);
    return { card: { template: "settled", data: { text } } };
  });
}

function asksOf(ctx: Ctx, session: string) {
  return ctx.db
    .select()
    .from(ask)
    .where(and(eq(ask.workspace, ctx.workspace.id), eq(ask.kind, "substitute"), eq(ask.session, session)))
    .orderBy(ask.askedAt);
}

async function lockAsks(ctx: Ctx, session: string): Promise<void> {
  await ctx.db
    .select({ session: ask.session })
    .from(ask)
    .where(and(eq(ask.workspace, ctx.workspace.id), eq(ask.kind, "substitute"), eq(ask.session, session)))
    .for("update");
}

async function answerAsk(ctx: Ctx, session: string, lecturer: string, answer: "yes" | "no"): Promise<void> {
  await ctx.db
    .update(ask)
    .set({ answer, answeredAt: ctx.now })
    .where(
      and(
        eq(ask.workspace, ctx.workspace.id),
        eq(ask.kind, "substitute"),
        eq(ask.session, session),
        eq(ask.lecturer, lecturer),
      ),
    );
}

/** Nobody is asked more than twice a month. */
async function askedOften(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db
    .select({ lecturer: ask.lecturer })
    .from(ask)
    .where(
      and(
        eq(ask.workspace, ctx.workspace.id),
        eq(ask.kind, "substitute"),
        gte(ask.askedAt, ctx.now - 30 * 86_400_000),
      ),
    );
  const counts = new Map<string, number>();
  for (const { lecturer } of rows) counts.set(lecturer, (counts.get(lecturer) ?? 0) + 1);
  return [...counts]
    .filter(([, n]) => n >= ctx.settings.substituteAsksPerMonth)
    .map(([lecturer]) => lecturer);
}
