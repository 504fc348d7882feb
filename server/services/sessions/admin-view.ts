import { and, eq } from "drizzle-orm";
import { MissingError } from "../../errors.ts";
import type { Ctx } from "../../context.ts";
import { ask, type TurnAnswer } from "../../db/schema.ts";
import { attendanceOf } from "../attendance/check-in.ts";
import { getRecords, type Rec } from "../records/read.ts";
import { entryMaker, type ScheduleEntry } from "../schedule/entries.ts";
import { turnRow } from "../turns/answer.ts";
import { endOf, viewSession } from "./facts.ts";

/** What an admin can do about a session now. */
export type SessionAct =
  | "confirm"
  | "nudge"
  | "substitute"
  | "move"
  | "assign"
  | "pin"
  | "merge"
  | "cancel"
  | "held"
  | "not-held"
  | "attendance";

export interface SessionForAdmin {
  entry: ScheduleEntry;
  place: string | null;
  co: string[];
  why: string | null;
  changeReason: string | null;
  nudges: number;
  eventLink: string | null;
  attendance: number;
  opened: number;
  /** Hidden below the minimum of answers. */
  score: number | null;
  /** Of the lecturer's turn: when the card went out, and what came of it. */
  turn: {
    invitedAt: number | null;
    answer: TurnAnswer | null;
    followUps: number;
    reason: string | null;
  } | null;
  /** Colleagues asked to step in or to swap who have not answered yet. */
  asked: { name: string; kind: "substitute" | "swap"; replyBy: number }[];
  acts: SessionAct[];
}

/** A session with everything an admin decides by. */
export async function sessionForAdmin(ctx: Ctx, id: string): Promise<SessionForAdmin> {
  const view = await viewSession(ctx, id);
  if (!view?.session.start)
    throw new MissingError("session_missing", `no session ${id} with a date`, {
      words: {
        zh: "没有找到这场分享，或者它还没有日期。",
        en: "This session is not there, or has no date yet.",
      },
    });
  const { session, group } = view;
  const toEntry = await entryMaker(ctx);
  const row = session.lecturer ? await turnRow(ctx, id, session.lecturer) : null;
  const co = await getRecords(ctx, "lecturers", session.co ?? []);
  return {
    entry: toEntry(session),
    place: group?.place ?? null,
    co: co.map(({ name }) => name ?? ""),
    why: session.why ?? null,
    changeReason: session.changeReason ?? null,
    nudges: session.nudges ?? 0,
    eventLink: session.eventLink?.link ?? null,
    attendance: Math.max(session.attendance ?? 0, await attendanceOf(ctx, id)),
    opened: session.clicks ?? 0,
    score: session.score ?? null,
    turn: row && {
      invitedAt: row.invitedAt,
      answer: row.answer,
      followUps: row.followUps,
      reason: row.reason,
    },
    asked: await stillAsked(ctx, id),
    acts: actsOf(ctx, session),
  };
}

async function stillAsked(ctx: Ctx, session: string): Promise<SessionForAdmin["asked"]> {
  const rows = await ctx.db
    .select()
    .from(ask)
    .where(and(eq(ask.workspace, ctx.workspace.id), eq(ask.session, session)));
  const open = rows.filter(({ answer, replyBy }) => answer === null && replyBy > ctx.now);
  const names = new Map(
    (
      await getRecords(
        ctx,
        "lecturers",
        open.map(({ lecturer }) => lecturer),
      )
    ).map(({ id, name }) => [id, name ?? ""]),
  );
  return open.map(({ lecturer, kind, replyBy }) => ({ name: names.get(lecturer) ?? "", kind, replyBy }));
}

/** Only what the verbs will really do in this state. */
function actsOf(ctx: Ctx, session: Rec<"sessions">): SessionAct[] {
  const { state = "open", change, lecturer } = session;
  if (state === "cancelled") return [];
  if (state === "delivered" || state === "rated") return ["attendance"];
  if (endOf(ctx, session) <= ctx.now) return ["held", "attendance", "not-held"];
  if (session.start! <= ctx.now) return ["attendance"];
  if (!lecturer) return ["assign", "merge", "cancel"];
  const searching = change === "declined" && state === "planned";
  return [
    ...(searching ? (["assign"] as const) : []),
    ...(state === "planned" && !searching ? (["nudge", "confirm"] as const) : []),
    ...(state === "confirmed" ? (["nudge"] as const) : []),
    "move",
    "pin",
    ...(searching ? [] : (["substitute", "assign"] as const)),
    ...(state === "submitted" ? [] : (["merge"] as const)),
    "cancel",
  ];
}
