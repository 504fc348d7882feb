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
import { isAnswer, recordAnswer, settleAsking, turnOf } from "./answer.ts";
import { couldTake } from "./candidates.ts";
import { settleCards } from "./settle.ts";

const CHOICES = 5;
const swapId = (session: string, other: string) => `${session}~${other}`;
/** The card that asked a colleague to swap. */
export const swapAskKey = (swap: string, at: number) => `swap:${swap}:${at}`;

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
      peers.push({ session: session.id, lecturer: theirs.lecturer?.name ?? "", start: session.start! });
  }
  return { card: { template: "swap.choose", data: { ...sessionFacts(ctx, mine), peers } } };
}

async function maySwap(ctx: Ctx, mine: Side, theirs: SessionView): Promise<boolean> {
  const { session, lecturer } = theirs;
  if (!lecturer || lecturer.id === mine.lecturer.id || session.group !== mine.session.group) return false;
  if (
    !["planned", "confirmed"].includes(session.state ?? "") ||
    session.change === "declined" ||
    session.pinned
  )
    return false;
  if ((await untilWhen(ctx, mine, theirs)) <= ctx.now) return false;
  const both = new Set([mine.session.id, session.id]);
  return (await couldTake(ctx, lecturer, mine, both)) && (await couldTake(ctx, mine.lecturer, theirs, both));
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
  return transaction(ctx, async (tx) => {
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

/** 同意对换 moves both sessions together; 保持原样, or an answer that comes too late, changes nothing. */
export async function answerSwap(
  ctx: Ctx,
  input: { swap: string; person: string; agree: boolean },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  const old: PressAnswer = { toast: { type: "info", text: smallText("tooOld", language) } };
  const [first = "", second = ""] = input.swap.split("~");
  return transaction(ctx, async (tx) => {
    const place = and(
      eq(ask.workspace, tx.workspace.id),
      eq(ask.kind, "swap"),
      eq(ask.session, first),
      eq(ask.other, second),
    );
    const [row] = await tx.db.select().from(ask).where(place).for("update");
    const theirs = await viewSession(tx, second);
    if (!row || !theirs) return old;
    const asked = await getRecord(tx, "lecturers", row.lecturer);
    const may = asked?.person === input.person || asked?.manager === input.person;
    if (!may && !(await isAdmin(tx, input.person)))
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    if (row.answer === "yes") return settledSwap(tx, (await viewSession(tx, first))!);
    if (input.agree && !(await claimSessions(tx, [first, second])))
      return { toast: { type: "info", text: movingText(language) } };
    const mine = await viewSession(tx, first);
    const live =
      row.answer === null &&
      row.replyBy > tx.now &&
      mine?.lecturer &&
      theirs.session.lecturer === row.lecturer;
    if (!input.agree || !live) {
      await tx.db
        .update(ask)
        .set({ answer: input.agree ? "expired" : "no", answeredAt: tx.now })
        .where(place);
      if (row.answer === null && mine) await post(tx, tellKept(tx, mine, asked, row.askedAt));
      return { card: { template: "settled", data: { text: smallText("swapKept", language) } } };
    }
    await tx.db.update(ask).set({ answer: "yes", answeredAt: tx.now }).where(place);
    await swapBoth(tx, mine as Side, theirs as Side, input.swap, row.askedAt);
    return settledSwap(tx, mine);
  });
}

/** Nobody answered in time: the request is over, and who asked hears of it. */
export async function endSwap(
  ctx: Ctx,
  input: { swap: string; askedAt: number },
): Promise<{ ended: number }> {
  const [first = "", second = ""] = input.swap.split("~");
  return transaction(ctx, async (tx) => {
    const place = and(
      eq(ask.workspace, tx.workspace.id),
      eq(ask.kind, "swap"),
      eq(ask.session, first),
      eq(ask.other, second),
      eq(ask.askedAt, input.askedAt),
      isNull(ask.answer),
    );
    const [row] = await tx.db
      .update(ask)
      .set({ answer: "expired", answeredAt: tx.now })
      .where(place)
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

/** No swap: who asked keeps the turn, and is shown the other ways. */
function tellKept(tx: Ctx, mine: SessionView, peer: Rec<"lecturers"> | null, askedAt: number): Effect[] {
  const { session, group } = mine;
  if (!session.account) return [];
  return [
    {
      kind: "message",
      key: `swap-kept:${session.id}:${peer?.id ?? ""}:${askedAt}`,
      to: { person: session.account },
      audience: "lecturer",
      template: "swap.kept",
      data: { ...sessionFacts(tx, mine), peer: peer?.name },
      group: group?.id,
      session: session.id,
      while: ["planned", "confirmed"],
      useUntil: session.start!,
    },
  ];
}

/** What the one who agreed reads: the session that is theirs from now on. */
function settledSwap(ctx: Ctx, { session, group }: SessionView): PressAnswer {
  const { language } = ctx.settings;
  const zone = group?.timezone ?? ctx.workspace.timezone;
  const new_when = whenWords(session.start!, minutesOf(ctx, session), { now: ctx.now, zone, language });
  return { card: { template: "settled", data: { text: smallText("swapped", language, { new_when }) } } };
}

async function swapBoth(tx: Ctx, mine: Side, theirs: Side, swap: string, askedAt: number): Promise<void> {
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
  await post(tx, [
    move(mine, theirs.lecturer, swap, askedAt),
    move(theirs, mine.lecturer, swap, askedAt),
    ...(await settleAsking(tx, mine, text, "swapped")),
    ...(await settleAsking(tx, theirs, text, "swapped")),
    ...(await settleCards(tx, [swapAskKey(swap, askedAt)], text, "swapped")),
    tellProposer(tx, mine, theirs, swap, askedAt),
    ...(await tellChange(tx, mine, { peer: theirs.lecturer.name ?? "" })),
    ...(await tellChange(tx, theirs, { peer: mine.lecturer.name ?? "" })),
  ]);
}

function move({ session }: SessionView, to: Rec<"lecturers">, swap: string, askedAt: number): Effect {
  return {
    kind: "record.update",
    key: `swapped:${session.id}:${swap}:${askedAt}`,
    table: "sessions",
    record: session.id,
    fields: { lecturer: to.id, account: to.person, state: "confirmed", change: "swapped" },
  };
}

function tellProposer(tx: Ctx, mine: Side, theirs: Side, swap: string, askedAt: number): Effect {
  return {
    kind: "message",
    key: `changed:${mine.session.id}:${mine.session.account}:${swap}:${askedAt}`,
    to: { person: mine.lecturer.person! },
    audience: "lecturer",
    template: "changed",
    data: {
      ...sessionFacts(tx, theirs),
      lecturer: mine.lecturer.name,
      peer: theirs.lecturer.name,
      oldStart: mine.session.start,
      newStart: theirs.session.start,
    },
    group: mine.group?.id,
    session: theirs.session.id,
    useUntil: theirs.session.start!,
  };
}
