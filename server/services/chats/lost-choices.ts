import type { PressAnswer } from "#automations/define.ts";
import { smallText } from "#base/defaults/small-texts.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import type { Rec } from "../records/read.ts";
import { restGroup } from "../schedule/pause.ts";
import { chatGoneKey, closeTodo } from "../todos/todo.ts";
import { chatIsBack, groupsOf } from "./lost.ts";

/** What an admin decides about: the chat, by id and by name. */
export interface LostChat {
  chat: string;
  name: string;
  person: string;
}

/** 已经加回来了: believed when Feishu says so. */
export async function chatRejoined(ctx: Ctx, input: LostChat): Promise<PressAnswer> {
  const { language } = ctx.settings;
  if (!(await isAdmin(ctx, input.person))) return toast("info", smallText("notForYou", language));
  const there = (await ctx.feishu.chats.list()).some(({ chatId }) => chatId === input.chat);
  if (!there) return toast("info", smallText("botNotInChat", language, { chat: input.name }));
  const groups = await groupsOf(ctx, input.chat);
  await transaction(ctx, (tx) => chatIsBack({ ...tx, actor: input.person }, input.chat, groups, tx.now));
  return toast("success", smallText("saved", language));
}

/** 不用这个群了: its groups go on without it. */
export async function goOnWithoutChat(ctx: Ctx, input: LostChat): Promise<PressAnswer> {
  const { language } = ctx.settings;
  if (!(await isAdmin(ctx, input.person))) return toast("info", smallText("notForYou", language));
  return transaction(ctx, async (tx) => {
    const groups = await groupsOf(tx, input.chat);
    await post(
      tx,
      groups.map((group) => leave(group, input.chat)),
    );
    await closeTodo({ ...tx, actor: input.person }, chatGoneKey(input.chat), "without");
    return toast("success", smallText("saved", language));
  });
}

function leave(group: Rec<"groups">, chat: string): Effect {
  return {
    kind: "record.update",
    key: `without:${group.id}:${chat}:${group.version}`,
    table: "groups",
    record: group.id,
    fields: {
      ...(group.chat === chat ? { chat: null } : {}),
      ...(group.audience?.includes(chat) ? { audience: group.audience.filter((id) => id !== chat) } : {}),
      health: null,
    },
  };
}

/** 先暂停这个讲师群: every group that uses the chat. */
export async function pauseForLostChat(ctx: Ctx, input: LostChat): Promise<PressAnswer> {
  let answer = toast("success", smallText("saved", ctx.settings.language));
  for (const { id } of await groupsOf(ctx, input.chat))
    answer = await restGroup(ctx, { group: id, person: input.person, to: "paused" });
  return answer;
}

const toast = (type: "info" | "success", text: string): PressAnswer => ({ toast: { type, text } });
