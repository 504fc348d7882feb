import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { sessionFacts } from "../sessions/facts.ts";
import { allRecords } from "../records/read.ts";
import { isAnswer, recordAnswer, settleAsking, settledAnswer, turnOf, whenOf } from "./answer.ts";

type Reason = "travel" | "leave" | "topic" | "busy" | "other";

const REASONS: Record<Reason, { zh: string; en: string }> = {
  travel: { zh: "出差/见客户", en: "travelling or with a client" },
  leave: { zh: "请假", en: "on leave" },
  topic: { zh: "主题不熟", en: "not familiar with the topic" },
  busy: { zh: "最近太忙", en: "too busy" },
  other: { zh: "其他", en: "other" },
};

/** 这次不行: without a reason the card asks for one; 主题不熟 changes the topic, not the person. */
export async function declineTurn(
  ctx: Ctx,
  input: { session: string; person: string; reason?: Reason },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const view = await turnOf(tx, input.session, input.person);
    if (isAnswer(view)) return view;
    if (view.session.state !== "confirmed") {
      const settled = settledAnswer(tx, view);
      if (settled) return settled;
    }
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
