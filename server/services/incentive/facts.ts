import { and, count, eq, gte, lte } from "drizzle-orm";
import type { CloseInput } from "#domain/incentive/input.ts";
import { fromHundredths, mean } from "#domain/numbers.ts";
import type { Ctx } from "../../context.ts";
import { learned, ledger, periodClose, released, thanks } from "../../db/schema.ts";
import { importedIds } from "../lecturers/import-store.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { loadRules } from "./load-rules.ts";

const DAY = 86_400_000;

/** Sessions held here, by record: those brought in by an import, or older than the workspace, never earn points. */
export async function ownSessions(ctx: Ctx): Promise<Rec<"sessions">[]> {
  const imported = await importedIds(ctx, "sessions");
  return (await allRecords(ctx, "sessions")).filter(
    ({ id, start, lecturer }) => start && lecturer && start > ctx.workspace.createdAt && !imported.has(id),
  );
}

/**
 * Everything `closePeriod` looks at. For a period closed before, ratings released after its close are left out: a late answer
 * moves no rank that people have been told.
 */
export async function closeInput(ctx: Ctx, period: string): Promise<CloseInput> {
  const sessions = await ownSessions(ctx);
  const ids = new Set(sessions.map(({ id }) => id));
  const lecturers = await lecturerFacts(ctx, sessions);
  const closedAt = await closedSince(ctx, period);
  const answers = (
    await ctx.db.select().from(released).where(eq(released.workspace, ctx.workspace.id))
  ).filter(({ session, releasedAt }) => ids.has(session) && (closedAt === null || releasedAt <= closedAt));
  const [thanked, used] = await Promise.all([countOf(ctx, "thanks"), countOf(ctx, "used")]);
  const known = new Set(lecturers.map(({ id }) => id));
  return {
    period,
    timezone: ctx.workspace.timezone,
    rules: await loadRules(ctx),
    lecturers,
    sessions: sessions.map((session) => ({
      id: session.id,
      lecturer: session.lecturer!,
      co: (session.co ?? []).filter((id) => known.has(id)),
      start: new Date(session.start!).toISOString(),
      state: session.state ?? "planned",
      group: session.group,
      topic: session.topic,
      title: session.title ?? session.label,
      difficulty: 1,
      hours: ctx.settings.coefficients ? (session.minutes ?? ctx.settings.sessionMinutes) / 60 : 1,
      thanks: thanked.get(session.id) ?? 0,
      used: used.get(session.id) ?? 0,
      newCourse: false,
      helpers: [],
    })),
    ratings: answers.flatMap(({ lecturer, session, scores }) =>
      known.has(lecturer) ? scores.map((score) => ({ lecturer, session, score })) : [],
    ),
    prior: await priorOf(ctx),
    ledger: await ledgerEntries(ctx),
  };
}

async function lecturerFacts(ctx: Ctx, sessions: Rec<"sessions">[]): Promise<CloseInput["lecturers"]> {
  const imported = await importedIds(ctx, "sessions");
  const past = new Map<string, number>();
  for (const { id, lecturer, state } of await allRecords(ctx, "sessions"))
    if (lecturer && imported.has(id) && (state === "delivered" || state === "rated"))
      past.set(lecturer, (past.get(lecturer) ?? 0) + 1);
  const rows = await allRecords(ctx, "lecturers");
  const there = rows.map(({ id, optOutBoards }) => ({
    id,
    level: 1,
    optOut: optOutBoards,
    sharesBefore: past.get(id) ?? 0,
  }));
  // Whoever was taken out of the table has still given the talk.
  const gone = new Set(sessions.map(({ lecturer }) => lecturer!));
  for (const { id } of rows) gone.delete(id);
  return [
    ...there,
    ...[...gone].map((id) => ({ id, level: 1, optOut: false, sharesBefore: past.get(id) ?? 0 })),
  ];
}

async function closedSince(ctx: Ctx, period: string): Promise<number | null> {
  const [row] = await ctx.db
    .select({ at: periodClose.at })
    .from(periodClose)
    .where(and(eq(periodClose.workspace, ctx.workspace.id), eq(periodClose.period, period)));
  return row?.at ?? null;
}

async function countOf(ctx: Ctx, what: "thanks" | "used"): Promise<Map<string, number>> {
  const rows =
    what === "thanks"
      ? await ctx.db
          .select({ session: thanks.session, n: count() })
          .from(thanks)
          .where(eq(thanks.workspace, ctx.workspace.id))
          .groupBy(thanks.session)
      : await ctx.db
          .select({ session: learned.session, n: count() })
          .from(learned)
          .where(and(eq(learned.workspace, ctx.workspace.id), eq(learned.answer, "used")))
          .groupBy(learned.session);
  return new Map(rows.map(({ session, n }) => [session, n]));
}

/** The mean of all ratings of the last 12 months, with its weight (texts.md §5.6); imported ones count. */
export async function priorOf(ctx: Ctx): Promise<{ mean?: number; weight: number }> {
  const since = ctx.now - ctx.settings.priorMonths * 30.5 * DAY;
  const rows = await ctx.db
    .select({ scores: released.scores })
    .from(released)
    .where(
      and(
        eq(released.workspace, ctx.workspace.id),
        gte(released.releasedAt, since),
        lte(released.releasedAt, ctx.now),
      ),
    );
  const known = mean(rows.flatMap(({ scores }) => scores));
  return { weight: ctx.settings.priorWeight, ...(known === null ? {} : { mean: known }) };
}

export async function ledgerEntries(ctx: Ctx): Promise<CloseInput["ledger"]> {
  const rows = await ctx.db
    .select()
    .from(ledger)
    .where(eq(ledger.workspace, ctx.workspace.id))
    .orderBy(ledger.at, ledger.key);
  return rows.map((row) => ({
    key: row.key,
    kind: row.kind,
    lecturer: row.lecturer,
    period: row.period,
    rule: row.rule,
    version: row.ruleVersion,
    points: fromHundredths(row.points),
    reason: row.reason,
    source: row.session ?? row.period,
    reverses: row.reverses,
  }));
}
