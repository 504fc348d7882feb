import { optionKeyByName } from "#base/option-names.ts";
import { windows } from "#base/options.ts";
import type { Names } from "#base/table.ts";
import { parseLevels } from "#base/text/levels.ts";
import { parseTime, toHalfWidth } from "#base/text/time.ts";
import { parseWindowsExact } from "#base/text/windows.ts";
import { instantAt } from "#domain/time.ts";
import type { ColumnMatch, RowError, Sheet } from "./import-types.ts";

const say = (zh: string, en: string): Names => ({ zh, en });

/** One row of the sheet: reads cells by our column key and collects what is wrong with them. */
export class RowReader {
  readonly number: number;
  readonly errors: RowError[] = [];
  private readonly cells: ReadonlyMap<string, { header: string; value: string }>;

  constructor(sheet: Sheet, columns: readonly ColumnMatch[], row: Sheet["rows"][number]) {
    this.number = row.number;
    const places = columns.flatMap(({ key, header }) => {
      const value = header === null ? "" : (row.cells[sheet.header.indexOf(header)] ?? "");
      return header === null || value === "" ? [] : [[key, { header, value }] as const];
    });
    this.cells = new Map(places);
    for (const { key, name, header, required } of columns)
      if (required && !this.cells.has(key)) this.add(header ?? name.zh, "", say("不能为空", "a value"));
  }

  has(key: string): boolean {
    return this.cells.has(key);
  }

  text(key: string): string | undefined {
    return this.cells.get(key)?.value;
  }

  refuse(key: string, expected: Names): undefined {
    const cell = this.cells.get(key);
    this.add(cell?.header ?? key, cell?.value ?? "", expected);
    return undefined;
  }

  private add(column: string, value: string, expected: Names): void {
    this.errors.push({ row: this.number, column, value, expected });
  }

  amount(
    key: string,
    { min, max, whole = false }: { min: number; max: number; whole?: boolean },
  ): number | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const plain = toHalfWidth(text).replaceAll(",", "").trim();
    const value = /^[+-]?\d+(?:\.\d+)?$/u.test(plain) ? Number(plain) : Number.NaN;
    const fits = value >= min && value <= max && (!whole || Number.isInteger(value));
    if (fits) return value;
    const kind = whole ? say("整数", "a whole number") : say("数字", "a number");
    return this.refuse(key, say(`${min} 到 ${max} 之间的${kind.zh}`, `${kind.en} from ${min} to ${max}`));
  }

  list(key: string): string[] {
    const parts = (this.text(key) ?? "").split(/[、,，;；/\n]/u).map((part) => part.trim());
    return [...new Set(parts.filter((part) => part !== ""))];
  }

  /** A local day `YYYY-MM-DD`. */
  day(key: string): string | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    return parseDay(text) ?? this.refuse(key, say("日期，如 2026-11-30", "a date such as 2026-11-30"));
  }

  dayStart(key: string, zone: string): number | undefined {
    const day = this.day(key);
    return day === undefined ? undefined : instantAt(day, "00:00", zone);
  }

  time(key: string): string | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    return parseTime(text) ?? this.refuse(key, say("时间，如 15:00", "a time such as 15:00"));
  }

  windows(key: string) {
    const keys = this.list(key).map((name) => ({ name, key: optionKeyByName(windows, name) }));
    const bad = keys.find((item) => item.key === undefined);
    if (bad)
      return this.refuse(
        key,
        say(
          `时段，如 周三下午（读不懂「${bad.name}」）`,
          `a part of the week such as Wed pm, not “${bad.name}”`,
        ),
      );
    return keys.flatMap((item) => (item.key === undefined ? [] : [item.key]));
  }

  windowsExact(key: string): string | undefined {
    const text = this.text(key);
    if (text === undefined || parseWindowsExact(text).problems.length === 0) return text;
    return this.refuse(key, say("如 周三 14:30-17:00", "such as Wed 14:30-17:00"));
  }

  levels(key: string): string | undefined {
    const text = this.text(key);
    if (text === undefined || parseLevels(text).problems.length === 0) return text;
    return this.refuse(
      key,
      say("如 销售 0.9; 技术 0.5（0 到 1）", "such as Sales 0.9; Technology 0.5 (0 to 1)"),
    );
  }
}

/** `2026-11-30`, `2026/11/30`, `2026.11.30`, `2026年11月30日`, also with a time of day behind it. */
export function parseDay(text: string): string | undefined {
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT].*)?$/u.exec(
    toHalfWidth(text).trim(),
  );
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : undefined;
}

/** The time of day behind a date, if there is one. */
export function timeBehind(text: string): string | undefined {
  const match = /[\sT](\d{1,2}[:：]\d{2})/u.exec(text);
  return match?.[1] === undefined ? undefined : parseTime(match[1]);
}
