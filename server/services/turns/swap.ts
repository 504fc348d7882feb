import { and, eq, isNull } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { whenWords } from "#domain/messages/dates.ts";
import { transaction, type Ctx } from "../../context.ts";
import { ask } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { getRecord, type Rec } from "../records/read.ts";
import { claimSessions, movingText } from "../sessions/claim.ts";
import { minutesOf, sessionFacts, viewOf, viewSession, type SessionView } from "../sessions/facts.ts";
import { tellChange } from "../sessions/tell-change.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { swapAskKey } from "./ask-keys.ts";
import { isAnswer, recordAnswer, settleAsking, turnOf } from "./answer.ts";
import { tellKept } from "./tell-kept.ts";
import { couldTake } from "./candidates.ts";
import { endAsks } from "./end-asks.ts";
import { actsFor, tellActedFor } from "./act-for.ts";
import { settleCards } from "./settle.ts";

const CHOICES = 5;
const swapId = (session: string, other: string) => `${session}~${other}`;

type Side = SessionView & { lecturer: Rec<"lecturers"> };

/** 和同事对换: colleagues whose session one could take, and who could take one's own. */
export async function chooseSwap(ctx: Ctx, input: { session: string; person: string }): Promise<PressAnswer> {
  const mine = await turnOf(ctx, input.session, input.person);
  if (isAnswer(mine)) return mine;
  if (!mine.lecturer || !["planned", "confirmed"].includes(mine.session.state ?? ""))
    return { toast: { type: "info", text: smallText("tooOld", ctx.settings.language) } };
  const peers: { session: string; lecturer: string; start: number }[] = [];
  for (const session of await upcomingSessions(ctx)) {
    if (peers.length === CHOICES) break;
    const theirs = await viewOf(ctx, session);
    if (await maySwap(ctx, mine as Side, theirs))
      peers.push({
        session: session.id,
        lecturer: named(ctx, theirs.lecturer?.name ?? "", mine, theirs),
        start: session.start!,
      });
  }
  return { card: { template: "swap.choose", data: { ...sessionFacts(ctx, mine), peers } } };
}

/** With the group, where the two sessions belong to different ones. */
function named(ctx: Ctx, words: string, mine: SessionView, of: SessionView): string {
  if (mine.group?.id === of.group?.id || !of.group?.name) return words;
  return ctx.settings.language === "zh" ? `${words}（${of.group.name}）` : `${words} (${of.group.name})`;
}

async function maySwap(ctx: Ctx, mine: Side, theirs: SessionView): Promise<boolean> {
  const { session, lecturer } = theirs;
  if (!lecturer || lecturer.id === mine.lecturer.id) return false;
  // Of different groups only who belongs to both; the rest of what qualifies is asked below.
  if (!belongs(lecturer, mine.session) || !belongs(mine.lecturer, session)) return false;
  if (
    !["planned", "confirmed"].includes(session.state ?? "") ||
    session.change === "declined" ||
    session.pinned
  )
    return false;
  if ((await untilWhen(ctx, mine, theirs)) <= ctx.now) return false;
  return bothCould(ctx, mine, theirs as Side);
}

const belongs = ({ groups }: Rec<"lecturers">, { group }: Rec<"sessions">): boolean =>
  group !== undefined && groups?.includes(group) === true;

/** Whether each could take the other's session if neither had their own. */
async function bothCould(ctx: Ctx, mine: Side, theirs: Side, options = {}): Promise<boolean> {
  const both = new Set([mine.session.id, theirs.session.id]);
  return (
    (await couldTake(ctx, theirs.lecturer, mine, both, options)) &&
    (await couldTake(ctx, mine.lecturer, theirs, both, options))
  );
}

/** A request lives 2 workdays, at most until 3 workdays before the earlier session (texts.md §5.4). */
async function untilWhen(ctx: Ctx, mine: SessionView, theirs: SessionView): Promise<number> {
  const days = await workdays(ctx);
  const { swapWorkdays, swapUntilWorkdays } = ctx.settings;
  const earlier = Math.min(mine.session.start!, theirs.session.start!);
  return Math.min(days.at(ctx.now, swapWorkdays, "18:00"), days.at(earlier, -swapUntilWorkdays, "18:00"));
}

/** The other is asked; until the answer nothing changes. */
export async function proposeSwap(
  ctx: Ctx,
  input: { session: string; with: string; person: string },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  const mine = await turnOf(ctx, input.session, input.person);
  if (isAnswer(mine)) return mine;
  const theirs = await viewSession(ctx, input.with);
  if (!theirs?.session.start || !mine.lecturer || !(await maySwap(ctx, mine as Side, theirs)))
    return { toast: { type: "info", text: smallText("tooOld", language) } };
  const replyBy = await untilWhen(ctx, mine, theirs);
  const by = await actsFor(ctx, input);
  return transaction(ctx, async (tx) => {
    if (!(await claimSessions(tx, [input.session, input.with])))
      return { toast: { type: "info", text: movingText(language) } };
    const swap = swapId(input.session, input.with);
    const values = { askedAt: tx.now, replyBy, answer: null, answeredAt: null, other: input.with };
    await tx.db
      .insert(ask)
      .values({
        workspace: tx.workspace.id,
        kind: "swap",
        session: input.session,
        lecturer: theirs.lecturer!.id,
        ...values,
      })
      .onConflictDoUpdate({ target: [ask.workspace, ask.kind, ask.session, ask.lecturer], set: values });
    await post(tx, [
      request(tx, mine, theirs, { swap, replyBy }),
      {
        kind: "wake",
        key: `swap-end:${swap}:${tx.now}`,
        at: replyBy,
        automation: "turn.swap",
        input: { swap, askedAt: tx.now },
      },
      ...tellActedFor(tx, mine, by, {
        key: `swap:${swap}:${tx.now}`,
        did: {
          zh: `替您问了${theirs.lecturer?.name ?? ""}能不能对换，有回音就告诉您。`,
          en: `has asked ${theirs.lecturer?.name ?? ""} to swap with you; you will hear.`,
        },
      }),
    ]);
    const text = smallText("swapSent", language, { peer: theirs.lecturer?.name ?? "" });
    return { card: { template: "settled", data: { text } } };
  });
}

function request(
  ctx: Ctx,
  mine: SessionView,
  theirs: SessionView,
  { swap, replyBy }: { swap: string; replyBy: number },
): Effect {
  return {
    kind: "message",
    key: swapAskKey(swap, ctx.now),
    to: { person: theirs.session.account! },
    audience: "lecturer",
    template: "swap.ask",
    data: {
      ...sessionFacts(ctx, mine),
      ...(mine.group?.id === theirs.group?.id ? {} : { topic: otherGroupsTopic(mine) }),
      swap,
      replyBy,
      // As the reader sees it: what they would speak at, and what the other takes.
      newStart: mine.session.start,
      oldStart: theirs.session.start,
      start: theirs.session.start,
    },
    group: mine.group?.id,
    session: theirs.session.id,
    while: ["planned", "confirmed"],
    useUntil: replyBy,
  };
}

/** Before other people about the same: who would speak there must know. */
const otherGroupsTopic = ({ group, topic }: SessionView): string =>
  [group?.name, topic?.name].filter(Boolean).join(" · ");

/** 同意对换 moves both sessions together; 保持原样, or an answer that comes too late, changes nothing. */
export async function answerSwap(
  ctx: Ctx,
  input: { swap: string; person: string; agree: boolean },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  const old: PressAnswer = { toast: { type: "info", text: smallText("tooOld", language) } };
  const kept: PressAnswer = {
    card: { template: "settled", data: { text: smallText("swapKept", language) } },
  };
  const [first = "", second = ""] = input.swap.split("~");
  // Outside the transaction: it asks Feishu for leave and busy times.
  const possible = input.agree && (await stillPossible(ctx, first, second));
  return transaction(ctx, async (tx) => {
    const row = await lockedAsk(tx, first, second);
    const theirs = await viewSession(tx, second);
    if (!row || !theirs) return old;
    const asked = await getRecord(tx, "lecturers", row.lecturer);
    const may = asked?.person === input.person || asked?.manager === input.person;
    if (!may && !(await isAdmin(tx, input.person)))
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    const mine = await viewSession(tx, first);
    if (row.answer === "yes" && mine) return settledSwap(tx, mine);
    if (row.answer !== null || !mine) return kept;
    if (input.agree && !(await claimSessions(tx, [first, second])))
      return { toast: { type: "info", text: movingText(language) } };
    const live =
      possible && row.replyBy > tx.now && mine.lecturer !== null && theirs.session.lecturer === row.lecturer;
    const answer = live ? "yes" : input.agree ? "expired" : "no";
    await answerAsk(tx, first, second, answer);
    if (!live) {
      const card = [swapAskKey(input.swap, row.askedAt)];
      await post(tx, [
        ...tellKept(tx, mine, asked, row.askedAt),
        ...(await settleCards(tx, card, smallText("swapKept", language), "kept")),
      ]);
      return kept;
    }
    await swapBoth(tx, mine as Side, theirs as Side, { ...input, askedAt: row.askedAt });
    return settledSwap(tx, mine);
  });
}

async function stillPossible(ctx: Ctx, first: string, second: string): Promise<boolean> {
  const mine = await viewSession(ctx, first);
  const theirs = await viewSession(ctx, second);
  if (!mine?.lecturer || !theirs?.lecturer) return false;
  return bothCould(ctx, mine as Side, theirs as Side, { fresh: true });
}

const placeOf = (ctx: Ctx, first: string, second: string) =>
  and(
    eq(ask.workspace, ctx.workspace.id),
    eq(ask.kind, "swap"),
    eq(ask.session, first),
    eq(ask.other, second),
  );

async function lockedAsk(tx: Ctx, first: string, second: string) {
  const [row] = await tx.db
    .select()
    .from(ask)
    .where(placeOf(tx, first, second))
    .for("update");
  return row;
}

async function answerAsk(
  tx: Ctx,
  first: string,
  second: string,
  answer: "yes" | "no" | "expired",
): Promise<void> {
  await tx.db
    .update(ask)
    .set({ answer, answeredAt: tx.now })
    .where(placeOf(tx, first, second));
}

/** Nobody answered in time: the request is over, and who asked hears of it. */
export async function endSwap(
  ctx: Ctx,
  input: { swap: string; askedAt: number },
): Promise<{ ended: number }> {
  const [first = "", second = ""] = input.swap.split("~");
  return transaction(ctx, async (tx) => {
    const [row] = await tx.db
      .update(ask)
      .set({ answer: "expired", answeredAt: tx.now })
      .where(and(placeOf(tx, first, second), eq(ask.askedAt, input.askedAt), isNull(ask.answer)))
      .returning();
    const mine = row && (await viewSession(tx, first));
    if (!row || !mine) return { ended: 0 };
    const text = smallText("swapKept", tx.settings.language);
    await post(tx, [
      ...tellKept(tx, mine, await getRecord(tx, "lecturers", row.lecturer), row.askedAt),
      ...(await settleCards(tx, [swapAskKey(input.swap, row.askedAt)], text, "kept")),
    ]);
    return { ended: 1 };
  });
}

/** What the one who agreed reads: the session that is theirs from now on. */
function settledSwap(ctx: Ctx, { session, group }: SessionView): PressAnswer {
  const { language } = ctx.settings;
  const zone = group?.timezone ?? ctx.workspace.timezone;
  const new_when = whenWords(session.start!, minutesOf(ctx, session), { now: ctx.now, zone, language });
  return { card: { template: "settled", data: { text: smallText("swapped", language, { new_when }) } } };
}

async function swapBoth(
  tx: Ctx,
  mine: Side,
  theirs: Side,
  { swap, askedAt, person }: { swap: string; askedAt: number; person: string },
): Promise<void> {
  const { language } = tx.settings;
  await recordAnswer(tx, mine, "swapped");
  await recordAnswer(tx, theirs, "swapped");
  // Confirmation carries over: each has agreed to the other's date, so nobody is invited again.
  await recordAnswer(tx, { ...mine, session: { ...mine.session, lecturer: theirs.lecturer.id } }, "accepted");
  await recordAnswer(
    tx,
    { ...theirs, session: { ...theirs.session, lecturer: mine.lecturer.id } },
    "accepted",
  );
  const text = smallText("settled", language, { outcome: language === "zh" ? "已对换" : "swapped" });
  const about = `${swap}:${askedAt}`;
  await post(tx, [
    move(mine, theirs.lecturer, about),
    move(theirs, mine.lecturer, about),
    ...(await settleAsking(tx, mine, text, `swapped:${about}`)),
    ...(await settleAsking(tx, theirs, text, `swapped:${about}`)),
    ...(await settleCards(tx, [swapAskKey(swap, askedAt)], text, "swapped")),
    ...(await endAsks(tx, askedAbout(mine, text, about))),
    ...(await endAsks(tx, askedAbout(theirs, text, about))),
    tellSwapped(tx, mine, theirs, about),
    // Who agreed has seen it on the card; where somebody agreed for them, they have not.
    ...(theirs.lecturer.person === person ? [] : [tellSwapped(tx, theirs, mine, about)]),
    ...(await tellChange(tx, mine, { peer: theirs.lecturer.name ?? "" })),
    ...(await tellChange(tx, theirs, { peer: mine.lecturer.name ?? "" })),
  ]);
}

const askedAbout = ({ session }: Side, text: string, about: string) => ({
  session: session.id,
  start: session.start!,
  text,
  version: `swapped:${about}`,
});

function move({ session }: SessionView, to: Rec<"lecturers">, about: string): Effect {
  return {
    kind: "record.update",
    key: `swapped:${session.id}:${about}`,
    table: "sessions",
    record: session.id,
    fields: { lecturer: to.id, account: to.person, state: "confirmed", change: "swapped" },
  };
}

/** To who spoke at `from` until now, and speaks at `to` from now on. */
function tellSwapped(tx: Ctx, from: Side, to: Side, about: string): Effect {
  return {
    kind: "message",
    key: `changed:${from.session.id}:${from.session.account}:${about}`,
    to: { person: from.lecturer.person! },
    audience: "lecturer",
    template: "changed",
    data: {
      ...sessionFacts(tx, to),
      lecturer: from.lecturer.name,
      peer: to.lecturer.name,
      oldStart: from.session.start,
      newStart: to.session.start,
      outcome:
        tx.settings.language === "zh" ? `已和${to.lecturer.name}对换。` : `Swapped with ${to.lecturer.name}.`,
    },
    group: to.group?.id,
    session: to.session.id,
    useUntil: to.session.start!,
  };
}
