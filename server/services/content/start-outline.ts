import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { getRecord } from "../records/read.ts";
import type { SessionView } from "../sessions/facts.ts";
import { topicView } from "../demand/topic-evidence.ts";
import { isAnswer, turnOf, whenOf } from "../turns/answer.ts";
import { fillOutline, type OutlineValues } from "./fill-outline.ts";
import { bestTemplate } from "./template-for.ts";

/** Makes the outline once a session, lecturer and template; pressed again it says where it is. */
export async function startOutline(
  ctx: Ctx,
  input: { session: string; person: string; template?: string },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const view = await turnOf(tx, input.session, input.person);
    if (isAnswer(view)) return view;
    const zh = tx.settings.language === "zh";
    const chosen = input.template ? await getRecord(tx, "templates", input.template) : null;
    const template = chosen ?? (await bestTemplate(tx, view));
    if (!template?.outline || !view.session.account)
      return {
        toast: { type: "info", text: zh ? "现在没有可用的模板。" : "There is no template to start from." },
      };
    const { session } = view;
    const title = session.title ?? view.topic?.name ?? template.name ?? "";
    const keys = await post(tx, [
      {
        kind: "document.create",
        key: outlineKey(session.id, session.lecturer ?? "", template.id),
        title,
        text: fillOutline(template.outline, valuesOf(tx, view, title)),
        owner: view.session.account,
        tell: {
          audience: "lecturer",
          template: "outline.ready",
          data: { session: session.id },
          session: session.id,
        },
      },
    ]);
    if (keys.length === 0)
      return {
        toast: {
          type: "info",
          text: zh ? "提纲已经在您的文档里了。" : "The outline is in your documents already.",
        },
      };
    await post(tx, [
      {
        kind: "record.update",
        key: `template-used:${template.id}:${session.id}:${session.lecturer}`,
        table: "templates",
        record: template.id,
        fields: { uses: (template.uses ?? 0) + 1 },
      },
    ]);
    return {
      toast: {
        type: "success",
        text: zh ? "正在为您准备提纲，马上就好。" : "Your outline is being made; a moment.",
      },
    };
  });
}

export const outlineKey = (session: string, lecturer: string, template: string) =>
  `outline:${session}:${lecturer}:${template}`;

function valuesOf(ctx: Ctx, view: SessionView, title: string): OutlineValues {
  const topic = view.topic ? topicView(ctx, view.topic) : null;
  const share = topic?.evidence ? `${Math.round(topic.evidence.share * 100)}%` : "";
  const zh = ctx.settings.language === "zh";
  return {
    title,
    ...(topic ? { topic: topic.name } : {}),
    ...(view.lecturer?.name ? { lecturer: view.lecturer.name } : {}),
    ...(view.session.start ? { when: whenOf(ctx, view) } : {}),
    ...(topic?.evidence
      ? {
          demand: zh
            ? `${topic.name}（${share}，${topic.evidence.count} 条）`
            : `${topic.name} (${share}, ${topic.evidence.count})`,
        }
      : {}),
  };
}
