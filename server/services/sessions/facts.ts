import type { MessageFacts } from "#domain/messages/facts.ts";
import type { Ctx } from "../../context.ts";
import { getRecord, getRecords, type Rec } from "../records/read.ts";

/** A session with the records it speaks of. */
export interface SessionView {
  session: Rec<"sessions">;
  group: Rec<"groups"> | null;
  lecturer: Rec<"lecturers"> | null;
  topic: Rec<"topics"> | null;
}

/** The session and what belongs to it; null when it is gone. */
export async function viewSession(ctx: Ctx, id: string): Promise<SessionView | null> {
  const session = await getRecord(ctx, "sessions", id);
  return session ? viewOf(ctx, session) : null;
}

export async function viewOf(ctx: Ctx, session: Rec<"sessions">): Promise<SessionView> {
  // One after another: inside a transaction there is one connection.
  const group = session.group ? await getRecord(ctx, "groups", session.group) : null;
  const lecturer = session.lecturer ? await getRecord(ctx, "lecturers", session.lecturer) : null;
  const topic = session.topic ? await getRecord(ctx, "topics", session.topic) : null;
  return { session, group, lecturer, topic };
}

export const minutesOf = (ctx: Ctx, session: Rec<"sessions">) =>
  session.minutes ?? ctx.settings.sessionMinutes;
/** ms; only for sessions with a date. */
export const endOf = (ctx: Ctx, session: Rec<"sessions">) =>
  session.start! + minutesOf(ctx, session) * 60_000;

/** What a message about a session may speak of. */
export function sessionFacts(
  ctx: Ctx,
  { session, group, lecturer, topic }: SessionView,
): MessageFacts & { session: string } {
  const share = topic?.share;
  return {
    session: session.id,
    lecturer: lecturer?.name,
    group: group?.name,
    title: session.title ?? topic?.name,
    topic: topic?.name,
    place: group?.place,
    meetingUrl: group?.video?.link,
    start: session.start,
    minutes: minutesOf(ctx, session),
    whyMe: session.why,
    minimum: ctx.settings.minimum,
    ...(share && topic?.count
      ? { share, count: topic.count, evidence: Math.round(topic.count / share) }
      : {}),
  };
}

/** The chats of a group: the lecturers' own, and those of the learners. */
export function chatsOf(group: Rec<"groups"> | null): {
  lecturers: string[];
  learners: string[];
  all: string[];
} {
  const lecturers = group?.chat ? [group.chat] : [];
  const learners = group?.audience ?? [];
  return { lecturers, learners, all: [...new Set([...learners, ...lecturers])] };
}

/** Accounts of everybody who speaks in a session. */
export async function speakersOf(ctx: Ctx, session: Rec<"sessions">): Promise<string[]> {
  const co = await getRecords(ctx, "lecturers", session.co ?? []);
  return [session.account, ...co.map(({ person }) => person)].filter((id): id is string => Boolean(id));
}

export const hasContent = (session: Rec<"sessions">) =>
  (session.content?.length ?? 0) > 0 || Boolean(session.contentLink?.link);
