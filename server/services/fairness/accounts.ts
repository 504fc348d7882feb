import { and, eq, lte } from "drizzle-orm";
import {
  creditOf,
  unowedAhead,
  type CreditInput,
  type CreditLecturer,
  type OpenSlot,
  type Standing,
} from "#domain/schedule/credit.ts";
import type { TimeSpan } from "#domain/spans.ts";
import { addDays, addMonths, dayNumber, localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { creditNote, standing } from "../../db/schema.ts";
import { rememberedLeave } from "../calendar/leave.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { standingOf } from "./note-standing.ts";
import { turnsOf } from "./turns.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Without 加入日期, who is there in the programme's first weeks has always been there. */
const FOUNDING_DAYS = 30;
const SET_UP_DAYS = 7;
/** A day counts as leave from half a working day on. */
const HALF_DAY_MS = 4 * HOUR;
type StandingRow = typeof standing.$inferSelect;

/** All that the accounts of turns are made of, from records. */
export async function creditInput(ctx: Ctx, without: ReadonlySet<string> = new Set()): Promise<CreditInput> {
  const zone = ctx.workspace.timezone;
  const day = (at: number) => localDay(at, zone);
  const notes = await ctx.db.select().from(creditNote).where(eq(creditNote.workspace, ctx.workspace.id));
  const turns = await turnsOf(ctx, without);
  const firstTurn = new Map<string, string>();
  for (const turn of turns)
    if (turn.day < (firstTurn.get(turn.lecturer) ?? "9999")) firstTurn.set(turn.lecturer, turn.day);
  return {
    lecturers: await creditLecturers(ctx, firstTurn),
    turns,
    corrections: notes.flatMap(({ kind, lecturer, day: on, turns: count, reason, by }) =>
      kind === "correction" && lecturer !== null && count !== null
        ? [{ lecturer, day: on, turns: count, reason, by }]
        : [],
    ),
    since: seasonStart(ctx, notes),
    openingDay: day(ctx.workspace.createdAt),
  };
}

/** What planning starts from, by lecturer: the balance, and what who is away for part of the slots does not owe of them. */
export async function planningCredit(
  ctx: Ctx,
  slots: readonly OpenSlot[],
  without: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const input = await creditInput(ctx, without);
  const today = localDay(ctx.now, ctx.workspace.timezone);
  const here = input.lecturers.filter(({ left }) => left === null || today < left);
  const unowed = unowedAhead(here, slots);
  return new Map([...creditOf(input)].map(([id, credit]) => [id, credit + (unowed.get(id) ?? 0)]));
}

/** The latest day an admin began a season on, or the rolling months of the setting. */
function seasonStart(ctx: Ctx, notes: readonly (typeof creditNote.$inferSelect)[]): string {
  const today = localDay(ctx.now, ctx.workspace.timezone);
  const rolling = `${addMonths(today.slice(0, 7), -ctx.settings.fairnessMonths)}${today.slice(7)}`;
  const seasons = notes.flatMap(({ kind, day }) => (kind === "season" && day <= today ? [day] : []));
  return [rolling, ...seasons].sort().at(-1)!;
}

async function creditLecturers(ctx: Ctx, firstTurn: ReadonlyMap<string, string>): Promise<CreditLecturer[]> {
  const lecturers = await allRecords(ctx, "lecturers");
  const profiles = new Map((await allRecords(ctx, "profiles")).map((row) => [row.lecturerRecord, row]));
  const rows = await ctx.db
    .select()
    .from(standing)
    .where(and(eq(standing.workspace, ctx.workspace.id), lte(standing.at, ctx.now)))
    .orderBy(standing.at);
  const known = new Map<string, StandingRow[]>();
  for (const row of rows) known.set(row.lecturer, [...(known.get(row.lecturer) ?? []), row]);
  const leave = await rememberedLeave(
    ctx,
    lecturers.flatMap(({ person }) => person ?? []),
  );
  return lecturers.map((lecturer) => {
    const profile = profiles.get(lecturer.id);
    const now = { at: ctx.now, ...standingOf(lecturer, profile?.weight ?? 1) };
    const history = known.get(lecturer.id) ?? [];
    return {
      id: lecturer.id,
      standings: standingsOf(ctx, [...history, now]),
      joined: joinedOn(ctx, lecturer, history[0], firstTurn.get(lecturer.id)),
      left: lecturer.left === undefined ? null : localDay(lecturer.left, ctx.workspace.timezone),
      away: [
        ...pausesOf(ctx, [...history, now]),
        ...leaveDays(ctx, lecturer.person ? (leave.get(lecturer.person) ?? []) : []),
      ],
      opening: profile?.credit ?? null,
    };
  });
}

type Stood = Omit<StandingRow, "workspace" | "lecturer">;

/** What is entered while a lecturer or the programme is being set up holds from the beginning; later changes from their day on. */
function standingsOf(ctx: Ctx, rows: readonly Stood[]): [Standing, ...Standing[]] {
  const setUp = Math.max(
    (rows[0]?.at ?? 0) + SET_UP_DAYS * DAY,
    ctx.workspace.createdAt + FOUNDING_DAYS * DAY,
  );
  const begin = Math.max(
    0,
    rows.findLastIndex(({ at }) => at < setUp),
  );
  const [first, ...later] = rows.slice(begin).map(({ at, groups, weight }) => ({
    from: localDay(at, ctx.workspace.timezone),
    groups,
    weight,
  }));
  return [first!, ...later];
}

/** 加入日期 and the weeks before a first turn; without it the day first seen, or always, for those there from the start. */
function joinedOn(
  ctx: Ctx,
  { joined }: Rec<"lecturers">,
  first: Stood | undefined,
  firstTurn: string | undefined,
): string | null {
  const zone = ctx.workspace.timezone;
  if (joined !== undefined) return addDays(localDay(joined, zone), ctx.settings.newcomerWeeks * 7);
  if (!first || first.at < ctx.workspace.createdAt + FOUNDING_DAYS * DAY) return null;
  const seen = localDay(first.at, zone);
  return firstTurn !== undefined && firstTurn < seen ? firstTurn : seen;
}

/** 暂停, and 暂停至 while it stood there. */
function pausesOf(ctx: Ctx, rows: readonly Stood[]): { from: string; to: string }[] {
  const zone = ctx.workspace.timezone;
  return rows.flatMap((row, at) => {
    const next = rows[at + 1]?.at ?? Infinity;
    const until = row.away ? next : Math.min(next, (row.awayUntil ?? -Infinity) + DAY);
    if (until <= row.at) return [];
    const from = localDay(row.at, zone);
    const to = until === Infinity ? "9999-12-31" : localDay(until - 1, zone);
    // The day on which a pause ends by a change of the record is a day back.
    return [{ from, to: until === next && from < to ? addDays(to, -1) : to }];
  });
}

/** Local dates of which leave takes at least half. */
function leaveDays(ctx: Ctx, spans: readonly TimeSpan[]): { from: string; to: string }[] {
  const zone = ctx.workspace.timezone;
  return spans.flatMap(({ from, to }) => {
    if (to - from < HALF_DAY_MS) return [];
    const last = localDay(Math.max(from, to - HALF_DAY_MS), zone);
    const first = localDay(Math.min(from + HALF_DAY_MS, to - 1), zone);
    return dayNumber(last) >= dayNumber(first) ? [{ from: first, to: last }] : [];
  });
}
