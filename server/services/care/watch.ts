import { desc, eq } from "drizzle-orm";
import { careNote, type CareInput } from "#domain/willingness/care.ts";
import { localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { careNote as careTable } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { pastLeave } from "./leave.ts";
import { openNote } from "./open-note.ts";
import { careTurns } from "./turns.ts";

const DAY = 86_400_000;

/**
 * Each workday: who may need a kind word, by the rule of domain/willingness/care.ts and by records alone. Switched off, no note
 * is opened either: a prediction nobody asked for is not kept.
 */
export async function watchCare(ctx: Ctx): Promise<{ opened: number }> {
  const zone = ctx.workspace.timezone;
  const today = localDay(ctx.now, zone);
  if (!ctx.on["care"] || !(await workdays(ctx)).is(today)) return { opened: 0 };
  const lecturers = (await allRecords(ctx, "lecturers")).filter(
    ({ state, person }) => state === "active" && person,
  );
  const turns = await careTurns(ctx);
  const last = await lastNotes(ctx);
  const rare = await rareGroups(ctx, lecturers);
  const input = (lecturer: Rec<"lecturers">, leave: CareInput["leave"]): CareInput => ({
    today,
    joined: lecturer.joined === undefined ? null : localDay(lecturer.joined, zone),
    paused: (lecturer.awayUntil ?? 0) + DAY > ctx.now,
    optedOut: lecturer.optOutWarning,
    lastNote: last.get(lecturer.id) ?? null,
    leave,
    turns: turns.get(lecturer.id) ?? [],
    rareTurns:
      (lecturer.groups ?? []).length > 0 && (lecturer.groups ?? []).every((group) => rare.has(group)),
    minimum: ctx.settings.careLeastRatings,
  });
  const { careMonths, careFall, careNewcomerMonths, careRestDays, ...settings } = ctx.settings;
  const setting = {
    months: careMonths,
    fall: careFall,
    graceMonths: careNewcomerMonths,
    quietDays: careRestDays,
    recent: settings.careRecentSessions,
    earlier: settings.careEarlierSessions,
    notTaken: settings.careTurnsNotTaken,
  };
  // Leave is asked for only where a note would follow: one request for a few, not for all.
  const close = lecturers.filter((lecturer) => careNote(input(lecturer, []), setting).raise);
  const leave = await pastLeave(
    ctx,
    close.map(({ person }) => person!),
    (careMonths + 1) * 31,
  );
  let opened = 0;
  for (const lecturer of close) {
    const result = careNote(input(lecturer, leave.get(lecturer.person!) ?? []), setting);
    if (result.raise && (await transaction(ctx, (tx) => openNote(tx, lecturer, result.reasons)))) opened++;
  }
  return { opened };
}

/** Local date of the last note about each lecturer. */
async function lastNotes(ctx: Ctx): Promise<Map<string, string>> {
  const rows = await ctx.db
    .select({ lecturer: careTable.lecturer, at: careTable.raisedAt })
    .from(careTable)
    .where(eq(careTable.workspace, ctx.workspace.id))
    .orderBy(desc(careTable.raisedAt));
  const last = new Map<string, string>();
  for (const { lecturer, at } of rows)
    if (!last.has(lecturer)) last.set(lecturer, localDay(at, ctx.workspace.timezone));
  return last;
}

/** Groups whose lecturers get a turn less often than every two months: meetings of the last 60 days against members. */
async function rareGroups(ctx: Ctx, lecturers: Rec<"lecturers">[]): Promise<Set<string>> {
  const since = ctx.now - 60 * DAY;
  const meetings = new Map<string, number>();
  for (const { group, start } of await allRecords(ctx, "sessions"))
    if (group && start && start >= since && start <= ctx.now)
      meetings.set(group, (meetings.get(group) ?? 0) + 1);
  const rare = new Set<string>();
  for (const [group, n] of meetings)
    if (n < lecturers.filter(({ groups }) => groups?.includes(group)).length) rare.add(group);
  return rare;
}
