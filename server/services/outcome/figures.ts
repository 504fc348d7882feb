import { and, eq, inArray, sql } from "drizzle-orm";
import {
  figuresOf,
  type ActKind,
  type Baseline,
  type Figures,
  type FigureSession,
} from "#domain/outcome/figures.ts";
import { instantAt, localDay, monthKey } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { baseline, manualAct, outbox, released } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { ownSessions } from "../incentive/facts.ts";
import { allRecords } from "../records/read.ts";
import { shownSurveys } from "../survey/willingness.ts";

const KINDS: readonly ActKind[] = [
  "nudge",
  "rearrange",
  "substitute",
  "content",
  "attendance",
  "plan",
  "extra",
];

/** The four figures of months, for all groups and each one, from records of this deployment only; the baseline stands apart. */
export async function monthlyFigures(ctx: Ctx, months: string[]): Promise<Figures[]> {
  const zone = ctx.workspace.timezone;
  const sessions = (await figureSessions(ctx)).filter(({ start }) => months.includes(monthKey(start, zone)));
  const answers = await ctx.db.select().from(released).where(eq(released.workspace, ctx.workspace.id));
  const groupOf = new Map((await allRecords(ctx, "sessions")).map(({ id, group }) => [id, group ?? null]));
  const acts = await ctx.db.select().from(manualAct).where(eq(manualAct.workspace, ctx.workspace.id));
  const { months: figures } = figuresOf(
    {
      zone,
      months,
      sessions,
      ratings: answers.flatMap(({ session, scores }) => scores.map((score) => ({ session, score }))),
      acts: acts.map(({ kind, minutes, session, at }) => ({
        kind: KINDS.find((known) => known === kind) ?? "extra",
        at,
        minutes,
        group: session ? (groupOf.get(session) ?? null) : null,
      })),
      surveys: await shownSurveys(ctx),
      minimum: ctx.settings.surveyLeast,
    },
    null,
  );
  return figures;
}

async function figureSessions(ctx: Ctx): Promise<FigureSession[]> {
  const zone = ctx.workspace.timezone;
  const days = await workdays(ctx);
  const sessions = (await ownSessions(ctx)).filter(({ start }) => start! <= ctx.now);
  const asked = await askedToRate(ctx);
  const reminded = await firstReminders(ctx);
  return sessions.map((session) => {
    const day = localDay(session.start!, zone);
    const time = new Intl.DateTimeFormat("en-GB", {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: zone,
    }).format(session.start!);
    return {
      id: session.id,
      group: session.group ?? "",
      lecturer: session.lecturer!,
      start: session.start!,
      held: session.state === "delivered" || session.state === "rated",
      contentAt: session.submittedAt ?? null,
      contentDue: instantAt(days.shift(day, -ctx.settings.inTimeWorkdays), time, zone),
      nudges: session.nudges ?? 0,
      remindedAt: reminded.get(session.id) ?? null,
      asked: asked.get(session.id) ?? 0,
    };
  });
}

async function askedToRate(ctx: Ctx): Promise<Map<string, number>> {
  const rows = await ctx.db
    .select({ session: outbox.session, n: sql<number>`count(*)::int` })
    .from(outbox)
    .where(and(eq(outbox.workspace, ctx.workspace.id), eq(outbox.template, "rate"), eq(outbox.state, "done")))
    .groupBy(outbox.session);
  return new Map(rows.flatMap(({ session, n }) => (session ? [[session, n] as const] : [])));
}

async function firstReminders(ctx: Ctx): Promise<Map<string, number>> {
  const rows = await ctx.db
    .select({ session: outbox.session, at: sql<string>`min(done_at)` })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        inArray(outbox.template, ["remind.before", "content.missing"]),
        eq(outbox.state, "done"),
      ),
    )
    .groupBy(outbox.session);
  return new Map(rows.flatMap(({ session, at }) => (session ? [[session, Number(at)] as const] : [])));
}

/** What the admin declared of the months before (自报): imported, else typed into 设置; null when nothing was. */
export async function declaredBaseline(ctx: Ctx): Promise<Baseline | null> {
  const rows = new Map(
    (await ctx.db.select().from(baseline).where(eq(baseline.workspace, ctx.workspace.id))).map((row) => [
      row.figure,
      row,
    ]),
  );
  const s = ctx.settings;
  const number = (figure: string, typed: number | null | undefined, share: boolean): number | null => {
    const row = rows.get(figure);
    if (row) return Number(row.value);
    return typed === null || typed === undefined ? null : share ? typed / 100 : typed;
  };
  const one = [...rows.values()][0];
  const found: Baseline = {
    source: one?.source ?? s.baselineSource ?? "",
    declared: one ? localDay(one.statedAt, ctx.workspace.timezone) : (s.baselineDate ?? ""),
    proactive: number("proactive", s.baselineProactive, true),
    satisfaction: number("satisfaction", s.baselineSatisfaction, false),
    hoursPerWeek: number("hours", s.baselineHours, false),
    willing: number("willing", s.baselineWilling, true),
  };
  const any = [found.proactive, found.satisfaction, found.hoursPerWeek, found.willing].some(
    (value) => value !== null,
  );
  return any ? found : null;
}
