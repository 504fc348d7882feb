import { and, desc, eq, isNotNull } from "drizzle-orm";
import { addDays, instantAt, isYearKnown, localDay, weekdayOf } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { proposal } from "../../db/schema.ts";
import { companyDays } from "../calendar/workdays.ts";
import { allRecords } from "../records/read.ts";
import type { GroupMode } from "../todos/list-today.ts";
import { entryMaker, type ScheduleEntry } from "./entries.ts";

export interface ScheduleView {
  /** IANA name; days below are its days. */
  zone: string;
  /** Half-open, whole weeks from a Monday on. */
  from: number;
  to: number;
  entries: ScheduleEntry[];
  groups: { id: string; name: string; mode: GroupMode }[];
  lecturers: { id: string; name: string; groups: string[] }[];
  /** Years in view whose public holidays are not announced yet. */
  unannounced: number[];
  /** The plan published last, while it can be taken back. */
  undo: { proposal: string; until: number } | null;
}

/** 排期: what is planned, week by week, from this Monday on unless told otherwise; what was cancelled stays visible. */
export async function scheduleOverview(
  ctx: Ctx,
  span: { from?: number; weeks?: number } = {},
): Promise<ScheduleView> {
  const zone = ctx.workspace.timezone;
  const first = localDay(span.from ?? ctx.now, zone);
  const monday = addDays(first, 1 - weekdayOf(first));
  const last = addDays(monday, (span.weeks ?? ctx.settings.horizonWeeks) * 7);
  const [from, to] = [instantAt(monday, "00:00", zone), instantAt(last, "00:00", zone)];
  const toEntry = await entryMaker(ctx);
  const sessions = (await allRecords(ctx, "sessions")).filter(
    ({ start }) => start !== undefined && from <= start && start < to,
  );
  const { live, paused } = ctx.workspace;
  const days = await companyDays(ctx);
  return {
    zone,
    from,
    to,
    entries: sessions.map(toEntry).sort((a, b) => a.start - b.start || (a.groupName < b.groupName ? -1 : 1)),
    groups: (await allRecords(ctx, "groups"))
      .filter(({ state }) => state !== "paused")
      .map(({ id, name }) => ({
        id,
        name: name ?? "",
        mode: paused.includes(id) ? "paused" : live.includes(id) ? "live" : "trial",
      })),
    lecturers: (await allRecords(ctx, "lecturers"))
      .filter(({ state }) => state === "active")
      .map(({ id, name, groups }) => ({ id, name: name ?? "", groups: groups ?? [] })),
    unannounced: [Number(monday.slice(0, 4)), Number(last.slice(0, 4))].filter(
      (year, at, all) => all.indexOf(year) === at && !isYearKnown(year, days),
    ),
    undo: await undoable(ctx),
  };
}

async function undoable(ctx: Ctx): Promise<ScheduleView["undo"]> {
  const [last] = await ctx.db
    .select({ id: proposal.id, at: proposal.publishedAt })
    .from(proposal)
    .where(and(eq(proposal.workspace, ctx.workspace.id), isNotNull(proposal.publishedAt)))
    .orderBy(desc(proposal.publishedAt))
    .limit(1);
  const until = (last?.at ?? 0) + ctx.settings.publishUndoMinutes * 60_000;
  return last && until > ctx.now ? { proposal: last.id, until } : null;
}
