import type { Baseline, Figures } from "#domain/outcome/figures.ts";
import { addMonths, monthKey } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { allRecords } from "../records/read.ts";
import { declaredBaseline, monthlyFigures } from "./figures.ts";

export interface Report {
  /** Oldest first; months before the programme ran here are not among them. */
  months: string[];
  groups: { id: string; name: string }[];
  /** One a month and group, `group: null` = all. A month still running is its last. */
  figures: Figures[];
  /** What was declared of the months before: beside the figures, never among them. */
  baseline: Baseline | null;
  /** Groups with fewer sessions a quarter than this are not compared. */
  compareLeast: number;
}

/** 月报: the four figures month by month, with their counts. */
export async function report(ctx: Ctx, { months: wanted }: { months: number }): Promise<Report> {
  const zone = ctx.workspace.timezone;
  const now = monthKey(ctx.now, zone);
  const first = monthKey(ctx.workspace.createdAt, zone);
  const months = Array.from({ length: wanted }, (_, n) => addMonths(now, n + 1 - wanted)).filter(
    (month) => month >= first,
  );
  const figures = await monthlyFigures(ctx, months);
  const names = new Map((await allRecords(ctx, "groups")).map(({ id, name }) => [id, name ?? id]));
  const groups = [...new Set(figures.flatMap(({ group }) => group ?? []))]
    .map((id) => ({ id, name: names.get(id) ?? id }))
    .sort((a, b) => a.name.localeCompare(b.name, "zh"));
  return {
    months,
    groups,
    figures,
    baseline: await declaredBaseline(ctx),
    compareLeast: ctx.settings.compareLeastSessions,
  };
}
