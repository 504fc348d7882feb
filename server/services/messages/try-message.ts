import { checkText } from "#domain/messages/check.ts";
import type { Json } from "#domain/effects.ts";
import type { MessageFacts } from "#domain/messages/facts.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import { messageDefault } from "#base/defaults/texts.ts";
import { addMonths, monthKey } from "#domain/time.ts";
import { InvalidInputError } from "../../errors.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { allRecords } from "../records/read.ts";
import { sessionFacts, viewOf } from "../sessions/facts.ts";
import { readerOf, type Reader } from "./readers.ts";

export interface TryMessageInput {
  template: TemplateId;
  /** Whom it is sent to, by name. */
  name: string;
  /** Words being written, not saved yet; absent = those in force. */
  text?: string;
  textEn?: string;
  act: string;
}

/**
 * 发给我试试: the message as it would look, to the admin alone, marked as for whom it would be. About the nearest real session;
 * what is not known yet (an award, thanks) is shown by an example.
 */
export async function tryMessage(ctx: Ctx, input: TryMessageInput): Promise<{ sent: true }> {
  const { template, act } = input;
  const standard = messageDefault(template);
  const words = { zh: input.text ?? "", en: input.textEn ?? "" };
  const changed = input.text !== undefined || input.textEn !== undefined;
  for (const language of ["zh", "en"] as const) {
    const checked = checkText(words[language], standard.text[language], language);
    if (!checked.ok)
      throw new InvalidInputError("text_problem", checked.problem, {
        words: { zh: checked.problem, en: checked.problem },
      });
  }
  const facts = await exampleFacts(ctx, input.name);
  const person = ctx.actor;
  return transaction(ctx, async (tx) => {
    await post(tx, [
      {
        kind: "message",
        key: `try:${template}:${person}:${act}`,
        to: { person },
        audience: "admin",
        template,
        // The card reads of it what it needs.
        data: facts as Record<string, Json | undefined>,
        exempt: "on-request",
        useUntil: tx.now + 3_600_000,
        tryOut: {
          for: whom(tx, readerOf(template)),
          ...(changed ? { text: words } : {}),
        },
      },
    ]);
    return { sent: true };
  });
}

const READERS: Record<Reader, { zh: string; en: string }> = {
  lecturer: { zh: "讲师", en: "the lecturer" },
  learner: { zh: "学员", en: "a learner" },
  chat: { zh: "学员群", en: "the learners' chat" },
  lecturersChat: { zh: "讲师群聊", en: "the lecturers' chat" },
  manager: { zh: "主管", en: "the manager" },
  admin: { zh: "管理员", en: "the admin" },
};
const whom = (ctx: Ctx, reader: Reader) => READERS[reader][ctx.settings.language];

/** No id of a real matter but the session's: a button on a card tried out decides nothing else. */
const NOTHING = "try";

async function exampleFacts(ctx: Ctx, name: string): Promise<MessageFacts & Record<string, unknown>> {
  const zh = ctx.settings.language === "zh";
  const session = await nearestSession(ctx);
  const month = addMonths(monthKey(ctx.now, ctx.workspace.timezone), -1);
  const start = ctx.now + 3 * 86_400_000;
  const [group] = await allRecords(ctx, "groups");
  return {
    session: NOTHING,
    lecturer: zh ? "张三" : "Zhang San",
    topic: zh ? "客户投诉处理技巧" : "Handling complaints",
    group: group?.name ?? (zh ? "专业知识" : "Expertise"),
    place: group?.place,
    start,
    oldStart: start,
    newStart: start + 7 * 86_400_000,
    peer: zh ? "王芳" : "Wang Fang",
    recipient: name,
    admin: name,
    whyMe: zh ? "这个时间有空，本季还没轮到" : "free then, and no turn this quarter yet",
    quotes: [zh ? "今天用了这个技巧，客户转介绍了 2 个" : "Used it today, got two referrals"],
    attended: 18,
    thanks: 4,
    answers: 12,
    looked: 9,
    score: 4.6,
    points: 0.5,
    pointsPeriod: 1.5,
    award: zh ? "内训名师" : "Master Lecturer",
    period: month,
    reward: zh ? "销售总监1对1辅导" : "coaching by the sales director",
    condition: zh ? "季度分享次数≥4次，且评分前15%" : "4 shares in the quarter and the top 15 %",
    gap: zh ? "再分享2次" : "2 more shares",
    until: ctx.now + 30 * 86_400_000,
    replyBy: ctx.now + 86_400_000,
    reasons: zh ? "近2个月没有分享（轮到过1次）" : "no share for 2 months (one turn offered)",
    headline: zh ? "与上月基本持平" : "about the same as last month",
    items: [zh ? "这是一行示例" : "An example line"],
    minimum: ctx.settings.minimum,
    ...(session ? sessionFacts(ctx, await viewOf(ctx, session)) : {}),
    thanksId: NOTHING,
    ask: NOTHING,
    swap: NOTHING,
    awardId: NOTHING,
    offerId: NOTHING,
    care: NOTHING,
    proposal: NOTHING,
    groupId: NOTHING,
    lecturerId: NOTHING,
    survey: NOTHING,
  };
}

/** The next to come, else the last that was. */
async function nearestSession(ctx: Ctx) {
  const dated = (await allRecords(ctx, "sessions"))
    .filter(({ start, state, lecturer }) => start && lecturer && state !== "cancelled")
    .sort((a, b) => a.start! - b.start!);
  return dated.find(({ start }) => start! > ctx.now) ?? dated.at(-1) ?? null;
}
