import type { Ctx } from "../../context.ts";
import { topicChoices, topicView, type TopicView } from "../demand/topic-evidence.ts";
import { audienceOf, type Audience } from "../people/audience.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { endOf, hasContent, minutesOf, viewOf, type SessionView } from "../sessions/facts.ts";

/** States as people read them (texts.md §2.2). */
export type TurnState = NonNullable<Rec<"sessions">["state"]> | "declined";

/** When and where a session is, as every screen shows it. */
export interface SessionLine {
  session: string;
  /** ms. */
  start: number;
  minutes: number;
  /** IANA zone of the group. */
  zone: string;
  group: string;
  title: string | null;
  state: TurnState;
}

/** One turn of a lecturer's own. */
export interface TurnView extends SessionLine {
  /** Co-lecturers read it; only the lead answers for it. */
  lead: boolean;
  place: string | null;
  meeting: string | null;
  audience: Audience;
  why: string | null;
  topic: TopicView | null;
  topics: TopicView[];
  /** What may be done about it now. */
  may: { accept: boolean; change: boolean; prepare: boolean };
  content: boolean;
  /** The page with the code for the room, while people can check in. */
  checkIn: string | null;
}

const MOST = 6;

/** The turns still ahead of a lecturer, and the one that is under way, soonest first. */
export async function myTurns(ctx: Ctx, lecturer: Rec<"lecturers">): Promise<TurnView[]> {
  const after = ctx.settings.checkInAfterMinutes * 60_000;
  const own = (await allRecords(ctx, "sessions"))
    .filter(
      (row) =>
        row.start &&
        (row.lecturer === lecturer.id || row.co?.includes(lecturer.id)) &&
        row.state !== "cancelled" &&
        endOf(ctx, row) + after > ctx.now,
    )
    .sort((a, b) => a.start! - b.start! || (a.id < b.id ? -1 : 1));
  const turns: TurnView[] = [];
  const audiences = new Map<string, Audience>();
  for (const session of own.slice(0, MOST)) {
    const view = await viewOf(ctx, session);
    const group = view.group?.id ?? "";
    // Turns mostly are of one group: Feishu is asked about its chats once.
    const audience = audiences.get(group) ?? (await audienceOf(ctx, view.group));
    audiences.set(group, audience);
    turns.push(await one(ctx, view, lecturer, audience));
  }
  return turns;
}

async function one(
  ctx: Ctx,
  view: SessionView,
  lecturer: Rec<"lecturers">,
  audience: Audience,
): Promise<TurnView> {
  const { session, group, topic } = view;
  const line = sessionLine(ctx, view);
  const lead = session.lecturer === lecturer.id;
  const ahead = session.start! > ctx.now;
  const open = ["planned", "confirmed", "submitted"].includes(session.state ?? "");
  const opens = session.start! - ctx.settings.checkInBeforeMinutes * 60_000;
  const meeting = group?.video?.link;
  return {
    ...line,
    lead,
    place: group?.place ?? null,
    meeting: meeting && /^https?:/i.test(meeting) ? meeting : null,
    audience,
    why: session.why ?? null,
    topic: topic ? topicView(ctx, topic) : null,
    topics: lead && ahead ? await topicChoices(ctx, group, topic?.id) : [],
    may: {
      accept: lead && ahead && line.state === "planned",
      change: lead && ahead && open && line.state !== "declined",
      prepare: lead && ahead && open,
    },
    content: hasContent(session),
    checkIn: ctx.now >= opens ? `${ctx.publicUrl}/m/session/${encodeURIComponent(session.id)}/code` : null,
  };
}

/** The essentials of a session; only for one with a date. */
export function sessionLine(ctx: Ctx, { session, group, topic }: SessionView): SessionLine {
  return {
    session: session.id,
    start: session.start!,
    minutes: minutesOf(ctx, session),
    zone: group?.timezone ?? ctx.workspace.timezone,
    group: group?.name ?? "",
    title: session.title ?? topic?.name ?? null,
    state:
      session.change === "declined" && session.state === "planned" ? "declined" : (session.state ?? "open"),
  };
}
