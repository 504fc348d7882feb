import type { PatchOf } from "#base/index.ts";
import { TIME } from "#base/rows.ts";
import { instantAt, localDay } from "#domain/time.ts";
import { InvalidInputError } from "../../errors.ts";
import type { Ctx } from "../../context.ts";
import { saveRow } from "../admin/save-row.ts";
import { listChats } from "../chats/list-chats.ts";

export interface CreateGroupInput {
  name: string;
  /** chat_ids. */
  chat: string;
  audience: string[];
  frequency: NonNullable<PatchOf<"groups">["frequency"]>;
  weekdays: NonNullable<PatchOf<"groups">["weekdays"]>;
  startTime: string;
  minutes: number;
  place?: string;
  act: string;
}

/**
 * A 讲师群 with its chats: only chats that the bot is in, and the person too. Learners and lecturers meet from today on; whoever
 * sets it up runs it until the Base says otherwise.
 */
export async function createGroup(ctx: Ctx, input: CreateGroupInput): Promise<{ saved: true }> {
  const { act, place, ...fields } = input;
  const known = new Set((await listChats(ctx, ctx.actor)).map(({ id }) => id));
  const strange = [input.chat, ...input.audience].find((id) => !known.has(id));
  if (strange)
    throw new InvalidInputError("chat_unknown", `chat ${strange}: not one of the bot and ${ctx.actor}`, {
      words: {
        zh: "有一个群用不了：您和「讲台」机器人都要在群里。",
        en: "One of the chats cannot be used: you and the bot must both be in it.",
      },
    });
  if (!TIME.test(input.startTime))
    throw new InvalidInputError("start_time", `startTime: expected HH:mm, got ${input.startTime}`, {
      words: { zh: "开始时间要写成 15:00 这样。", en: "The start looks like 15:00." },
    });
  if (input.frequency !== "monthly" && input.weekdays.length === 0)
    throw new InvalidInputError("no_weekday", "weekdays: expected at least one", {
      words: { zh: "选一下星期几。", en: "Choose at least one weekday." },
    });
  const zone = ctx.workspace.timezone;
  return saveRow(ctx, {
    table: "groups",
    record: null,
    act,
    fields: {
      ...fields,
      ...(place ? { place } : {}),
      state: "active",
      anchor: instantAt(localDay(ctx.now, zone), "00:00", zone),
      skipHolidays: "skip",
      admins: [ctx.actor],
    },
  });
}
