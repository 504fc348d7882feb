/** Dates of the case: Asia/Shanghai, which has had no daylight saving since 1991, so an hour is an hour. */
const ZONE = 8 * 3_600_000;
export const DAY = 86_400_000;
export const MINUTE = 60_000;

/** ms of `YYYY-MM-DD` at `HH:mm` in Shanghai. */
export function at(date: string, time = "00:00"): number {
  const ms = Date.parse(`${date}T${time}:00+08:00`);
  if (Number.isNaN(ms)) throw new Error(`not a date and time: ${date} ${time}`);
  return ms;
}

/** `YYYY-MM-DD` in Shanghai. */
export function dateOf(ms: number): string {
  return new Date(ms + ZONE).toISOString().slice(0, 10);
}

/** `HH:mm` in Shanghai. */
export function timeOf(ms: number): string {
  return new Date(ms + ZONE).toISOString().slice(11, 16);
}

/** ISO weekday, 1 = Monday … 7 = Sunday. */
export function weekday(date: string): number {
  return new Date(Date.parse(`${date}T00:00:00Z`)).getUTCDay() || 7;
}

/** The date `days` later. */
export function plusDays(date: string, days: number): string {
  return dateOf(at(date) + days * DAY);
}

/** Public holidays (from, to) and make-up workdays as the State Council published them for autumn 2026. */
const HOLIDAYS: [string, string][] = [
  ["2026-09-25", "2026-09-27"],
  ["2026-10-01", "2026-10-07"],
];
const MAKE_UP = new Set(["2026-09-20", "2026-10-10"]);

/** 2027 is not published yet: the company has set its own days, rows of 公司日历. */
export const COMPANY_DAYS = [
  { name: "元旦放假", kind: "放假", from: "2027-01-01", to: "2027-01-03", groups: [] as string[] },
  { name: "春节放假(公司安排)", kind: "放假", from: "2027-02-05", to: "2027-02-11", groups: [] as string[] },
  { name: "春节调休上班", kind: "上班", from: "2027-02-14", to: "2027-02-14", groups: [] as string[] },
  { name: "年终盘点", kind: "不排分享", from: "2026-12-30", to: "2026-12-31", groups: [] as string[] },
  { name: "销售年会", kind: "不排分享", from: "2027-01-21", to: "2027-01-22", groups: ["客户维护技巧"] },
];

/** Does the company work on that day? */
export function isWorkday(date: string): boolean {
  const own = COMPANY_DAYS.find((day) => day.kind !== "不排分享" && day.from <= date && date <= day.to);
  if (own) return own.kind === "上班";
  if (MAKE_UP.has(date)) return true;
  if (HOLIDAYS.some(([from, to]) => from <= date && date <= to)) return false;
  return weekday(date) <= 5;
}

/** The last workday before or the first after four or more days off in a row: no meeting is set on it. */
export function isBesideLongHoliday(date: string): boolean {
  const daysOff = (step: 1 | -1) => {
    let count = 0;
    while (!isWorkday(plusDays(date, step * (count + 1)))) count++;
    return count;
  };
  return isWorkday(date) && Math.max(daysOff(1), daysOff(-1)) >= 4;
}

/** The workday `count` workdays after (or, negative, before) the date. */
export function plusWorkdays(date: string, count: number): string {
  const step = Math.sign(count);
  let day = date;
  for (let left = Math.abs(count); left > 0;) {
    day = plusDays(day, step);
    if (isWorkday(day)) left--;
  }
  return day;
}
