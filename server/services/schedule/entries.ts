import type { RowOf } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { hasContent, minutesOf } from "../sessions/facts.ts";

const DAY = 86_400_000;

/** A session as the schedule shows it; instants in ms. */
export interface ScheduleEntry {
  session: string;
  start: number;
  minutes: number;
  group: string;
  groupName: string;
  lecturer: string | null;
  lecturerName: string | null;
  /** Title of the talk, else its topic. */
  subject: string | null;
  state: NonNullable<RowOf<"sessions">["state"]>;
  change: NonNullable<RowOf<"sessions">["change"]>;
  pinned: boolean;
  /** So near that planning leaves it alone. */
  frozen: boolean;
  ready: boolean;
  /** Public holidays of the year are not announced yet. */
  provisional: boolean;
}

/** Makes entries of sessions; lecturers, groups and topics are read once. */
export async function entryMaker(ctx: Ctx): Promise<(session: Rec<"sessions">) => ScheduleEntry> {
  const groups = new Map((await allRecords(ctx, "groups")).map((row) => [row.id, row]));
  const lecturers = new Map((await allRecords(ctx, "lecturers")).map((row) => [row.id, row]));
  const topics = new Map((await allRecords(ctx, "topics")).map((row) => [row.id, row]));
  return (session) => {
    const lecturer = lecturers.get(session.lecturer ?? "");
    return {
      session: session.id,
      start: session.start!,
      minutes: minutesOf(ctx, session),
      group: session.group ?? "",
      groupName: groups.get(session.group ?? "")?.name ?? "",
      lecturer: lecturer?.id ?? null,
      lecturerName: lecturer?.name ?? null,
      subject: session.title ?? topics.get(session.topic ?? "")?.name ?? null,
      state: session.state ?? (lecturer ? "planned" : "open"),
      change: session.change ?? "none",
      pinned: session.pinned ?? false,
      frozen: session.start! > ctx.now && session.start! <= ctx.now + ctx.settings.frozenDays * DAY,
      ready: hasContent(session),
      provisional: session.provisional ?? false,
    };
  };
}
