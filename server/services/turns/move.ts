import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { whenWords } from "#domain/messages/dates.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { minutesOf, sessionFacts, type SessionView } from "../sessions/facts.ts";
import { claimDays, claimSessions, movingText } from "../sessions/claim.ts";
import { tellChange, tellSpeaker } from "../sessions/tell-change.ts";
import { isAnswer, recordAnswer, settleAsking, turnOf } from "./answer.ts";
import { endAsks } from "./end-asks.ts";
import { freeDates } from "./free-dates.ts";

/** 换个时间: the card shows dates that are really free, and the ways without one. */
export async function offerDates(ctx: Ctx, input: { session: string; person: string }): Promise<PressAnswer> {
  const view = await turnOf(ctx, input.session, input.person);
  if (isAnswer(view)) return view;
  const gone = ["delivered", "rated", "cancelled"].includes(view.session.state ?? "");
  if (gone) return { toast: { type: "info", text: smallText("tooOld", ctx.settings.language) } };
  return { card: datesCard(ctx, view, await freeDates(ctx, view)) };
}

const datesCard = (ctx: Ctx, view: SessionView, starts: number[]) => ({
  template: "invite.dates",
  data: { ...sessionFacts(ctx, view), dates: starts.map((start) => ({ start })), maySwap: true },
});

/** A date is picked: checked again, for others may have taken it meanwhile; then calendar and card follow the record. */
export async function moveTurn(
  ctx: Ctx,
  input: { session: string; person: string; start: number },
): Promise<PressAnswer> {
  const seen = await turnOf(ctx, input.session, input.person);
  if (isAnswer(seen)) return seen;
  if (seen.session.start === input.start)
    return { card: { template: "settled", data: { text: movedText(ctx, seen, input.start) } } };
  // Outside the transaction: it asks Feishu for busy times.
  const free = await freeDates(ctx, seen, { fresh: true });
  if (!free.includes(input.start)) return justTaken(ctx, seen, free);
  const came = await transaction(ctx, (tx) => moveTo(tx, seen, input));
  return "taken" in came ? justTaken(ctx, seen, await freeDates(ctx, seen, came)) : came;
}

function justTaken(ctx: Ctx, view: SessionView, free: number[]): PressAnswer {
  const text =
    ctx.settings.language === "zh"
      ? "这个时间刚被占了，请再选一个。"
      : "That date was just taken; please choose another.";
  return { toast: { type: "info", text }, card: datesCard(ctx, view, free) };
}

/** Of two who choose one date the second finds it `taken`: starts of the group's other sessions, also those on their way. */
async function moveTo(
  tx: Ctx,
  seen: SessionView,
  input: { session: string; person: string; start: number },
): Promise<PressAnswer | { taken: number[] }> {
  const { language } = tx.settings;
  const free = await claimSessions(tx, [input.session]);
  const view = await turnOf(tx, input.session, input.person);
  if (isAnswer(view)) return view;
  const others = view.group ? await claimDays(tx, view.group.id, input.session) : [];
  if (others.includes(input.start)) return { taken: others };
  if (!free || view.session.start !== seen.session.start)
    return { toast: { type: "info", text: movingText(language) } };
  const text = movedText(tx, view, input.start);
  const version = `moved:${input.start}`;
  await recordAnswer(tx, view, "accepted", language === "zh" ? "换了时间" : "moved");
  await post(tx, [
    {
      kind: "record.update",
      key: `move:${view.session.id}:${view.session.version}:${input.start}`,
      table: "sessions",
      record: view.session.id,
      fields: {
        start: input.start,
        state: view.session.state === "submitted" ? "submitted" : "confirmed",
        change: "moved",
      },
    },
    ...(await settleAsking(tx, view, text, version)),
    ...(await endAsks(tx, { session: view.session.id, start: seen.session.start!, text, version })),
    ...(await tellChange(tx, view, { newStart: input.start })),
    // A manager or an admin chose for somebody who is away: they should know.
    ...(view.session.account === input.person ? [] : tellSpeaker(tx, view, { newStart: input.start })),
  ]);
  return { card: { template: "settled", data: { text } } };
}

function movedText(ctx: Ctx, view: SessionView, start: number): string {
  const zone = view.group?.timezone ?? ctx.workspace.timezone;
  const { language } = ctx.settings;
  const when = whenWords(start, minutesOf(ctx, view.session), { now: ctx.now, zone, language });
  const topic = view.session.title ?? view.topic?.name;
  return topic
    ? smallText("confirmed", language, { when, topic })
    : smallText("confirmedPlain", language, { when });
}
