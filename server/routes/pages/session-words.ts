import { declineReasons } from "#domain/messages/actions.ts";
import { deadline, whenWords } from "#domain/messages/dates.ts";
import type { Ctx } from "../../context.ts";
import { minutesOf, type SessionView } from "../../services/sessions/facts.ts";
import { say, type Reader } from "./layout.ts";

/** Where something can be done about a session, or where more of it stands. */
export const at = ({ session }: SessionView, act: string) =>
  `/m/session/${encodeURIComponent(session.id)}/${act}`;

export const reasonWords = (reader: Reader) => {
  const words = {
    travel: ["出差/见客户", "travelling or with a client"],
    leave: ["请假", "on leave"],
    topic: ["主题不熟", "not familiar with the topic"],
    busy: ["最近太忙", "too busy"],
    other: ["其他", "other"],
  } as const;
  return declineReasons.map((key) => [key, say(reader.language, words[key][0], words[key][1])] as const);
};

/** 「下周三(12月2日)15:00–15:45」 in the reader's language. */
export function whenFor(ctx: Ctx, { session, group }: SessionView, reader: Reader): string {
  if (!session.start) return say(reader.language, "时间待定", "no date yet");
  return whenWords(session.start, minutesOf(ctx, session), {
    now: ctx.now,
    zone: group?.timezone ?? ctx.workspace.timezone,
    language: reader.language,
  });
}

/** A time limit of a session's matter in the group's zone. */
export const whenAt = (ctx: Ctx, { group }: SessionView, instant: number, { language }: Reader): string =>
  deadline(instant, { now: ctx.now, zone: group?.timezone ?? ctx.workspace.timezone, language });

export const titleOf = ({ session, topic }: SessionView, reader: Reader) =>
  session.title ?? topic?.name ?? session.label ?? say(reader.language, "这场分享", "This session");
