import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { claimSessions } from "../sessions/claim.ts";
import { sessionFacts, type SessionView } from "../sessions/facts.ts";
import { allRecords } from "../records/read.ts";
import { actsFor, tellActedFor } from "./act-for.ts";
import {
  isAnswer,
  recordAnswer,
  settleAsking,
  settledAnswer,
  stillMoving,
  turnOf,
  whenOf,
} from "./answer.ts";

type Reason = "travel" | "leave" | "topic" | "busy" | "other";

const REASONS: Record<Reason, { zh: string; en: string }> = {
  travel: { zh: "出差/见客户", en: "travelling or with a client" },
  leave: { zh: "请假", en: "on leave" },
  topic: { zh: "主题不熟", en: "not familiar with the topic" },
  busy: { zh: "最近太忙", en: "too busy" },
  other: { zh: "其他", en: "other" },
};

/** Held or called off: who has confirmed, or handed something in, may still be unable to come. */
export const isOver = ({ session }: SessionView): boolean =>
  !["open", "planned", "confirmed", "submitted"].includes(session.state ?? "open");

/** How a lecturer hears of what somebody declined in their place. */
export const lookingForSomeone = {
  key: "declined",
  did: {
    zh: "替您说了这次不行，正在请人代讲。",
    en: "has said for you that it does not suit; a substitute is being found.",
  },
};

/** 这次不行: without a reason the card asks for one; 主题不熟 changes the topic, not the person. */
export async function declineTurn(
  ctx: Ctx,
  input: { session: string; person: string; reason?: Reason },
): Promise<PressAnswer> {
  const by = await actsFor(ctx, input);
  return transaction(ctx, async (tx) => {
    const view = await turnOf(tx, input.session, input.person);
    if (isAnswer(view)) return view;
    const settled = isOver(view) ? settledAnswer(tx, view) : null;
    if (settled) return settled;
    const { language } = tx.settings;
    if (view.session.change === "declined" && view.session.account === input.person)
      return { card: { template: "settled", data: { text: smallText("searching", language) } } };
    if (!input.reason) return { card: { template: "invite.reasons", data: sessionFacts(tx, view) as never } };
    if (input.reason === "topic")
      return {
        card: {
          template: "topic.choose",
          data: { ...sessionFacts(tx, view), topics: await otherTopics(tx, view.session.topic) } as never,
        },
      };
    const text = smallText("declined", language, { when: whenOf(tx, view) });
    if (!(await claimSessions(tx, [input.session])))
      return stillMoving(tx, view, "declined", { card: { template: "settled", data: { text } } });
    await recordAnswer(tx, view, "declined", REASONS[input.reason][language]);
    await post(tx, [
      {
        kind: "record.update",
        key: `decline:${view.session.id}:${view.session.lecturer}:${view.session.start}:${view.session.version}`,
        table: "sessions",
        record: view.session.id,
        fields: { state: "planned", change: "declined", changeReason: REASONS[input.reason][language] },
      },
      ...(await settleAsking(tx, view, text, "declined")),
      ...tellActedFor(tx, view, by, lookingForSomeone),
    ]);
    return { card: { template: "settled", data: { text } } };
  });
}

/** Three other topics, most wanted first. */
export async function otherTopics(
  ctx: Ctx,
  except: string | undefined,
): Promise<{ id: string; name: string }[]> {
  const topics = (await allRecords(ctx, "topics")).filter(
    ({ id, state, name }) => id !== except && state === "active" && name,
  );
  topics.sort((a, b) => (b.count ?? 0) - (a.count ?? 0) || (a.id < b.id ? -1 : 1));
  return topics.slice(0, ctx.settings.topicChoices).map(({ id, name }) => ({ id, name: name! }));
}
