import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { getRecord } from "../records/read.ts";
import { isAnswer, turnOf } from "../turns/answer.ts";
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
    const keys = await post(tx, [
      {
        kind: "document.create",
        key: outlineKey(session.id, session.lecturer ?? "", template.id),
        title: session.title ?? view.topic?.name ?? template.name ?? "",
        text: template.outline,
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
