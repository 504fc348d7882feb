import { expertise } from "#base/options.ts";
import { quarterEnds } from "#domain/schedule/quarter-end.ts";
import { addDays, instantAt, isWorkday, localDay, type DayOverride } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { allRecords } from "../records/read.ts";

/** The company's own days, as the table 公司日历 has them. */
export async function companyDays(ctx: Ctx): Promise<DayOverride[]> {
  const zone = ctx.workspace.timezone;
  return (await allRecords(ctx, "companyDays"))
    .filter((row) => row.kind !== undefined && row.from !== undefined)
    .map((row) => ({
      kind: row.kind!,
      from: localDay(row.from!, zone),
      to: localDay(row.to ?? row.from!, zone),
      groups: row.groups ?? [],
    }));
}

/** The company's days as planning needs them: with the quarter ends of sales groups, where the setting says so. */
export async function planningDays(ctx: Ctx, from: number, to: number): Promise<DayOverride[]> {
  const days = await companyDays(ctx);
  if (!ctx.settings.quarterEndBlackout) return days;
  const zone = ctx.workspace.timezone;
  const sales: readonly string[] = expertise.sales;
  const groups = (await allRecords(ctx, "groups")).filter(({ requires }) =>
    requires?.some((tag) => sales.includes(tag)),
  );
  const ends = quarterEnds(
    localDay(from, zone),
    localDay(to, zone),
    ctx.settings.quarterEndWorkdays,
    groups.map(({ id }) => id),
    days,
  );
  return [...days, ...ends];
}

export interface Workdays {
  is(day: string): boolean;
  /** The local date `n` workdays after (before, when negative) `day`; 0 = `day` itself. */
  shift(day: string, n: number): string;
  /** The instant of a local time on the day `n` workdays from the day of `from`. */
  at(from: number, n: number, time: string): number;
  /** Whole workdays between the local days of two instants; negative when `to` is earlier. */
  between(from: number, to: number): number;
}

/** Workday arithmetic in the workspace's zone, 调休 and company days included. */
export async function workdays(ctx: Ctx): Promise<Workdays> {
  return workdaysOf(await companyDays(ctx), ctx.workspace.timezone);
}

export function workdaysOf(overrides: DayOverride[], zone: string): Workdays {
  const is = (day: string) => isWorkday(day, overrides);
  const shift = (day: string, n: number) => {
    const step = n < 0 ? -1 : 1;
    let at = day;
    for (let left = Math.abs(n); left > 0;) {
      at = addDays(at, step);
      if (is(at)) left--;
    }
    return at;
  };
  const between = (from: number, to: number) => {
    const [first, last] = [localDay(from, zone), localDay(to, zone)];
    const sign = first <= last ? 1 : -1;
    let count = 0;
    for (let day = sign > 0 ? first : last; day < (sign > 0 ? last : first); day = addDays(day, 1))
      if (is(addDays(day, 1))) count++;
    return sign * count;
  };
  return { is, shift, between, at: (from, n, time) => instantAt(shift(localDay(from, zone), n), time, zone) };
}
