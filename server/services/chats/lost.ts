import { z } from "zod";
import { addDays, localDay } from "#domain/time.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { chatsOf } from "../sessions/facts.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { chatGoneKey, closeTodo, lostChatOf, openTodo, openTodos } from "../todos/todo.ts";

const chatEvent = z.looseObject({ chat_id: z.string(), name: z.string().optional(), eventAt: z.number() });
export type ChatLoss = "disbanded" | "bot-out";

/**
 * A chat of ours was dissolved, or the bot is no longer in it: one notice to the admin, with choices, and a sentence at the group.
 * As long as it is open nothing is sent there; what goes to other chats and people goes on.
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
        loss: why,
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
  await transaction(ctx, (tx) => chatIsBack(tx, chat, groups, eventAt));
  return { groups: groups.length };
}

/** Its matter is settled, and its groups say nothing of it any more. */
export async function chatIsBack(tx: Ctx, chat: string, groups: Rec<"groups">[], at: number): Promise<void> {
  await closeTodo(tx, chatGoneKey(chat), "bot is back");
  await post(
    tx,
    groups.filter((group) => group.health).map((group) => health(group, null, `${chat}:back:${at}`)),
  );
}

/** After a row of 讲师群 changed: a lost chat that no group uses any more is a matter no longer. */
export async function settleLostChats(ctx: Ctx): Promise<{ settled: number }> {
  let settled = 0;
  for (const { key, kind, detail } of await openTodos(ctx)) {
    if (kind !== "chat-gone" || (await groupsOf(ctx, lostChatOf(key))).length > 0) continue;
    const marked = (await allRecords(ctx, "groups")).filter((group) => group.health === detail["why"]);
    await transaction(ctx, async (tx) => {
      await closeTodo(tx, key, "no group uses it any more");
      await post(
        tx,
        marked.map((group) => health(group, null, `${lostChatOf(key)}:replaced:${group.version}`)),
      );
    });
    settled++;
  }
  return { settled };
}

/** The groups that use a chat. */
export async function groupsOf(ctx: Ctx, chat: string): Promise<Rec<"groups">[]> {
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
