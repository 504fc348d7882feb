import { z } from "zod";
import { addDays, localDay } from "#domain/time.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { chatsOf } from "../sessions/facts.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { chatGoneKey, closeTodo, openTodo } from "../todos/todo.ts";

const chatEvent = z.looseObject({ chat_id: z.string(), name: z.string().optional(), eventAt: z.number() });
export type ChatLoss = "disbanded" | "bot-out";

/**
 * A chat of ours was dissolved, or the bot is no longer in it: one notice to the admin and a sentence at the group. What goes
 * to other chats and people goes on.
 */
export async function loseChat(
  ctx: Ctx,
  event: Record<string, unknown>,
  why: ChatLoss,
): Promise<{ groups: number }> {
  const { chat_id: chat, name = "", eventAt } = chatEvent.parse(event);
  const groups = await groupsOf(ctx, chat);
  if (groups.length === 0) return { groups: 0 };
  const urgent = await metSoon(ctx, groups);
  const sentence = wordsOf(ctx, why, name || chat);
  await transaction(ctx, async (tx) => {
    await openTodo(tx, {
      key: chatGoneKey(chat),
      kind: "chat-gone",
      record: groups[0]!.id,
      detail: {
        chat: name || chat,
        group: groups.map((group) => group.name ?? "").join("、"),
        why: sentence,
      },
      urgent,
    });
    await post(
      tx,
      groups.map((group) => health(group, sentence, `${chat}:${why}:${eventAt}`)),
    );
  });
  return { groups: groups.length };
}

/** The bot is in the chat again: the matter is settled. */
export async function regainChat(ctx: Ctx, event: Record<string, unknown>): Promise<{ groups: number }> {
  const { chat_id: chat, eventAt } = chatEvent.parse(event);
  const groups = await groupsOf(ctx, chat);
  if (groups.length === 0) return { groups: 0 };
  await transaction(ctx, async (tx) => {
    await closeTodo(tx, chatGoneKey(chat), "bot is back");
    await post(
      tx,
      groups.filter((group) => group.health).map((group) => health(group, null, `${chat}:back:${eventAt}`)),
    );
  });
  return { groups: groups.length };
}

async function groupsOf(ctx: Ctx, chat: string): Promise<Rec<"groups">[]> {
  return (await allRecords(ctx, "groups")).filter((group) => chatsOf(group).all.includes(chat));
}

function health(group: Rec<"groups">, sentence: string | null, meaning: string): Effect {
  return {
    kind: "record.update",
    key: `health:${group.id}:${meaning}`,
    table: "groups",
    record: group.id,
    fields: { health: sentence },
  };
}

async function metSoon(ctx: Ctx, groups: Rec<"groups">[]): Promise<boolean> {
  const until = addDays(
    localDay(ctx.now, ctx.workspace.timezone),
    Math.ceil(ctx.settings.adminUrgentHours / 24),
  );
  const ids = new Set(groups.map(({ id }) => id));
  return (await upcomingSessions(ctx)).some(
    ({ group, start }) => group && ids.has(group) && localDay(start!, ctx.workspace.timezone) <= until,
  );
}

function wordsOf(ctx: Ctx, why: ChatLoss, chat: string): string {
  const zh = ctx.workspace.language === "zh";
  if (why === "disbanded")
    return zh
      ? `群「${chat}」已解散，请在这一行换一个群。`
      : `The chat "${chat}" was dissolved: choose another one in this row.`;
  return zh
    ? `机器人不在「${chat}」里了，请群主重新添加。`
    : `The bot is no longer in "${chat}": ask its owner to add it again.`;
}
