import { eq } from "drizzle-orm";
import type { TableKey } from "#base/index.ts";
import { bayesMean } from "#domain/feedback/score.ts";
import { mean } from "#domain/numbers.ts";
import type { Effect } from "#domain/effects.ts";
import { instantAt, localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { attendance, ledger, released } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { priorOf } from "../incentive/facts.ts";
import { allRecords, type Rec } from "../records/read.ts";

const isHeld = ({ state }: Rec<"sessions">) => state === "delivered" || state === "rated";

/** Numbers that follow from other facts, written together and only where they changed (tables.md §3). */
export async function countRecords(ctx: Ctx): Promise<{ counters: number }> {
  const sessions = await allRecords(ctx, "sessions");
  const [present, answers, points, prior] = await Promise.all([
    presence(ctx),
    answersBy(ctx),
    pointsBy(ctx),
    priorOf(ctx),
  ]);
  return transaction(ctx, async (tx) => {
    const effects = [
      ...attendanceCounts(sessions, present),
      ...(await lecturerCounts(tx, sessions)),
      ...(await profileCounts(tx, answers, points, prior)),
      ...(await topicDates(tx, sessions)),
    ];
    return { counters: (await post(tx, effects)).length };
  });
}

/** A write of the cells that differ; null when all are as they should be. */
function difference(
  table: TableKey,
  row: { id: string; version: number },
  wanted: Record<string, unknown>,
): Effect[] {
  const cells = row as unknown as Record<string, unknown>;
  const fields = Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => (cells[key] ?? null) !== value),
  );
  if (Object.keys(fields).length === 0) return [];
  return [
    {
      kind: "record.update",
      key: `count:${table}:${row.id}:${row.version}:${fingerprint(fields)}`,
      table,
      record: row.id,
      fields,
    },
  ];
}

async function presence(ctx: Ctx): Promise<Map<string, Set<string>>> {
  const rows = await ctx.db.select().from(attendance).where(eq(attendance.workspace, ctx.workspace.id));
  const present = new Map<string, Set<string>>();
  for (const { session, person } of rows)
    present.set(session, (present.get(session) ?? new Set()).add(person));
  return present;
}

/** Check-ins and whom the admin put into 参加者; a number that came by import stays where nobody is named. */
function attendanceCounts(sessions: Rec<"sessions">[], present: Map<string, Set<string>>): Effect[] {
  return sessions.filter(isHeld).flatMap((session) => {
    const people = new Set([...(present.get(session.id) ?? []), ...(session.attended ?? [])]);
    return people.size === 0 ? [] : difference("sessions", session, { attendance: people.size });
  });
}

async function lecturerCounts(ctx: Ctx, sessions: Rec<"sessions">[]): Promise<Effect[]> {
  const shares = new Map<string, number>();
  for (const session of sessions.filter(isHeld))
    for (const id of new Set([session.lecturer, ...(session.co ?? [])]))
      if (id) shares.set(id, (shares.get(id) ?? 0) + 1);
  return (await allRecords(ctx, "lecturers")).flatMap((row) => {
    const n = shares.get(row.id) ?? 0;
    return n === 0 && row.shares === undefined ? [] : difference("lecturers", row, { shares: n });
  });
}

async function answersBy(ctx: Ctx): Promise<Map<string, number[]>> {
  const rows = await ctx.db.select().from(released).where(eq(released.workspace, ctx.workspace.id));
  const scores = new Map<string, number[]>();
  for (const row of rows) scores.set(row.lecturer, [...(scores.get(row.lecturer) ?? []), ...row.scores]);
  return scores;
}

async function pointsBy(ctx: Ctx): Promise<Map<string, number>> {
  const rows = await ctx.db.select().from(ledger).where(eq(ledger.workspace, ctx.workspace.id));
  const points = new Map<string, number>();
  for (const row of rows) points.set(row.lecturer, (points.get(row.lecturer) ?? 0) + row.points);
  return points;
}

async function profileCounts(
  ctx: Ctx,
  answers: Map<string, number[]>,
  points: Map<string, number>,
  prior: { mean?: number; weight: number },
): Promise<Effect[]> {
  const profiles = new Map((await allRecords(ctx, "profiles")).map((row) => [row.lecturerRecord, row]));
  return (await allRecords(ctx, "lecturers")).flatMap((lecturer): Effect[] => {
    const scores = answers.get(lecturer.id) ?? [];
    const wanted = {
      points: (points.get(lecturer.id) ?? 0) / 100,
      scoreN: scores.length,
      ...scoreOf(ctx, scores, prior),
    };
    const profile = profiles.get(lecturer.id);
    if (profile) return difference("profiles", profile, wanted);
    if (scores.length === 0 && !points.has(lecturer.id)) return [];
    const cells = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null));
    return [
      {
        kind: "record.create",
        key: `profile:${lecturer.id}`,
        table: "profiles",
        fields: { lecturer: lecturer.name, lecturerRecord: lecturer.id, account: lecturer.person, ...cells },
      },
    ];
  });
}

/** The score drawn towards the mean of all, and the range it likely lies in; empty below the minimum. */
function scoreOf(
  ctx: Ctx,
  scores: number[],
  prior: { mean?: number; weight: number },
): { score: number | null; scoreRange: string | null } {
  if (scores.length < ctx.settings.minimum) return { score: null, scoreRange: null };
  const own = mean(scores) ?? 0;
  const score = bayesMean(scores, {
    mean: prior.mean ?? own,
    weight: prior.mean === undefined ? 0 : prior.weight,
  });
  const spread =
    (scores.reduce((total, one) => total + (one - own) ** 2, 0) / Math.max(1, scores.length - 1)) ** 0.5;
  const half = (1.96 * spread) / (scores.length + prior.weight) ** 0.5;
  const bound = (value: number) => Math.min(5, Math.max(1, value)).toFixed(1);
  return {
    score: Math.round(score * 100) / 100,
    scoreRange: `${bound(score - half)}–${bound(score + half)}`,
  };
}

async function topicDates(ctx: Ctx, sessions: Rec<"sessions">[]): Promise<Effect[]> {
  const zone = ctx.workspace.timezone;
  const last = new Map<string, number>();
  for (const session of sessions.filter(isHeld))
    if (session.topic && session.start)
      last.set(session.topic, Math.max(session.start, last.get(session.topic) ?? 0));
  return (await allRecords(ctx, "topics")).flatMap((row) => {
    const at = last.get(row.id);
    return at === undefined
      ? []
      : difference("topics", row, { lastShared: instantAt(localDay(at, zone), "00:00", zone) });
  });
}
