import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { getRecord } from "../records/read.ts";
import { sessionFacts } from "../sessions/facts.ts";
import { actsFor, tellActedFor } from "./act-for.ts";
import { isAnswer, turnOf } from "./answer.ts";
import { otherTopics } from "./decline.ts";

/** 换主题: without a choice the card shows three; a choice is written into the record. */
export async function pickTopic(
  ctx: Ctx,
  input: { session: string; person: string; topic?: string },
): Promise<PressAnswer> {
  const by = input.topic ? await actsFor(ctx, input) : null;
  return transaction(ctx, async (tx) => {
    const view = await turnOf(tx, input.session, input.person);
    if (isAnswer(view)) return view;
    const { language } = tx.settings;
    if (!input.topic) {
      const topics = await otherTopics(tx, view.session.topic);
      return { card: { template: "topic.choose", data: { ...sessionFacts(tx, view), topics } } };
    }
    const topic = await getRecord(tx, "topics", input.topic);
    if (!topic?.name) return { toast: { type: "info", text: smallText("tooOld", language) } };
    await post(tx, [
      {
        kind: "record.update",
        key: `topic:${view.session.id}:${topic.id}:${view.session.version}`,
        table: "sessions",
        record: view.session.id,
        fields: { topic: topic.id },
      },
      ...tellActedFor(tx, { ...view, topic }, by, {
        key: `topic:${topic.id}:${view.session.version}`,
        did: { zh: `替您把主题换成了「${topic.name}」。`, en: `has changed your topic to "${topic.name}".` },
      }),
    ]);
    const facts = sessionFacts(tx, { ...view, topic });
    const toast = {
      type: "success" as const,
      text: smallText("topicPicked", language, { topic: topic.name }),
    };
    return view.session.state === "planned"
      ? { toast, card: { template: "invite", data: facts } }
      : { toast, card: { template: "remind.before", data: facts } };
  });
}
