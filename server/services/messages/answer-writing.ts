import { asc } from "drizzle-orm";
import { z } from "zod";
import { demandIn } from "#domain/demand/heard.ts";
import type { Ctx, Workspace } from "../../context.ts";
import { workspace } from "../../db/schema.ts";
import { askDemand } from "../demand/ask.ts";
import { post } from "../effects/post.ts";
import { activeLecturer, belongs } from "../people/roles.ts";
import { isAdmin } from "../people/name.ts";

const received = z.looseObject({
  sender: z.looseObject({ sender_type: z.string(), sender_id: z.looseObject({ open_id: z.string() }) }),
  message: z.looseObject({
    message_id: z.string(),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
  }),
});
const textContent = z.looseObject({ text: z.string() });

/**
 * A person writes to the bot: a wish or question becomes a demand and is thanked for, anything else gets one helpful line with
 * a link. Only people are answered, only in private, and each message once.
 */
export async function answerWriting(ctx: Ctx, event: Record<string, unknown>): Promise<{ answered: number }> {
  const { sender, message } = received.parse(event);
  if (sender.sender_type !== "user" || message.chat_type !== "p2p") return { answered: 0 };
  const person = sender.sender_id.open_id;
  if (!(await isHome(ctx, person))) return { answered: 0 };
  const text = message.message_type === "text" ? textOf(message.content) : "";
  const wish = demandIn(text);
  if (wish) await askDemand(ctx, { person, text: wish });
  const audience = (await isAdmin(ctx, person))
    ? "admin"
    : (await activeLecturer(ctx, person))
      ? "lecturer"
      : "learner";
  await post(ctx, [
    {
      kind: "message",
      key: `answer:${message.message_id}`,
      to: { person },
      audience,
      template: "reply",
      data: wish ? thanksFor(ctx) : help(ctx),
      useUntil: ctx.now + 3_600_000,
      exempt: "on-request",
    },
  ]);
  return { answered: 1 };
}

/** Of several workspaces one answers: the oldest the person belongs to; strangers hear from the oldest of all. */
async function isHome(ctx: Ctx, person: string): Promise<boolean> {
  const all = (await ctx.db
    .select()
    .from(workspace)
    .orderBy(asc(workspace.createdAt), asc(workspace.id))) as Workspace[];
  for (const one of all)
    if (await belongs({ ...ctx, workspace: one }, person)) return one.id === ctx.workspace.id;
  return all[0]?.id === ctx.workspace.id;
}

function textOf(content: string): string {
  try {
    return textContent.safeParse(JSON.parse(content)).data?.text ?? "";
  } catch {
    // Not JSON: nothing we could read; the person still gets the helpful line.
    return "";
  }
}

function thanksFor(ctx: Ctx) {
  return ctx.settings.language === "zh"
    ? { headline: "记下了,谢谢!", items: ["您想听的已经记到「学员想听」里，有同事讲到时会告诉您。"] }
    : {
        headline: "Noted, thank you!",
        items: [
          "What you would like to hear is on the list; you will be told when a colleague speaks about it.",
        ],
      };
}

function help(ctx: Ctx) {
  return ctx.settings.language === "zh"
    ? {
        headline: "这些我能帮您",
        items: ["想听什么，直接写「我想听……」就行。", "近期分享、签到和反馈都在页面里。"],
      }
    : {
        headline: "Here is what I can do",
        items: [
          'Write "I\'d like to hear …" to ask for a topic.',
          "Coming sessions, check-in and feedback are on the page.",
        ],
      };
}
