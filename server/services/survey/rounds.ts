import { and, eq, sql } from "drizzle-orm";
import { addDays, instantAt, localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";

/** Workdays a round is open: two weeks, as long as its cards live. */
const OPEN_WORKDAYS = 10;

/** One time that lecturers are asked; its period is the month it began in. Instants are ms. */
export interface Round {
  period: string;
  began: number;
  closes: number;
  /** Lecturers (record ids) who were asked, in trial or not at all left out. */
  asked: string[];
}

export const surveyBox = (period: string) => `survey:${period}`;
export const surveyKey = (period: string, lecturer: string) => `survey:${period}:${lecturer}`;

/** All rounds so far, oldest first: who was asked stands in the queue, and nowhere who answered. */
export async function surveyRounds(ctx: Ctx): Promise<Round[]> {
  const rows = await ctx.db
    .select({ key: outbox.key, at: outbox.createdAt, state: outbox.state })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.template, "survey"),
        sql`starts_with(key, 'survey:')`,
      ),
    )
    .orderBy(outbox.createdAt);
  const days = await workdays(ctx);
  const zone = ctx.workspace.timezone;
  const rounds = new Map<string, Round>();
  for (const { key, at, state } of rows) {
    const [, period = "", lecturer = ""] = key.split(":");
    const last = days.shift(localDay(at, zone), OPEN_WORKDAYS);
    const round = rounds.get(period) ?? {
      period,
      began: at,
      closes: instantAt(addDays(last, 1), "00:00", zone),
      asked: [],
    };
    if (state === "done" || state === "due") round.asked.push(lecturer);
    rounds.set(period, round);
  }
  return [...rounds.values()];
}

export async function roundOf(ctx: Ctx, period: string): Promise<Round | null> {
  return (await surveyRounds(ctx)).find((round) => round.period === period) ?? null;
}
