import { toHalfWidth } from "#base/text/time.ts";
import type { Ctx } from "../../context.ts";
import { RowReader } from "./import-cells.ts";
import { matchColumns } from "./import-columns.ts";
import { nothing, type Prepared, type Sheet } from "./import-types.ts";

/** The four figures of the months before (自报), with the words people use for them. Shares are kept as 0–1. */
const figures = {
  proactive: {
    names: ["主动分享率", "主动率", "proactive sharing", "proactive"],
    min: 0,
    max: 1,
    share: true,
  },
  satisfaction: { names: ["学员满意度", "满意度", "评分", "satisfaction"], min: 1, max: 5, share: false },
  hours: {
    names: ["管理员协调工时", "协调工时", "每周协调小时", "coordination", "hours"],
    min: 0,
    max: 168,
    share: false,
  },
  willing: {
    names: ["分享意愿", "愿意继续分享", "意愿", "willing to go on", "willing"],
    min: 0,
    max: 1,
    share: true,
  },
} as const;
type Figure = keyof typeof figures;

export async function prepareBaseline(
  ctx: Ctx,
  sheet: Sheet,
  chosen?: Record<string, string>,
): Promise<Prepared> {
  const { columns, unused } = matchColumns("baseline", sheet, chosen);
  const readers = sheet.rows.map((row) => new RowReader(sheet, columns, row));
  const baseline = readers.flatMap((reader) => {
    const figure = figureOf(reader);
    const value = figure && valueOf(reader, figure);
    const statedAt = reader.dayStart("date", ctx.workspace.timezone);
    const source = reader.text("source");
    if (!figure || value === undefined || statedAt === undefined || source === undefined) return [];
    return reader.errors.length > 0 ? [] : [{ figure, value: String(value), source, statedAt }];
  });
  return { ...nothing(), columns, unused, baseline, errors: readers.flatMap((reader) => reader.errors) };
}

function figureOf(reader: RowReader): Figure | undefined {
  const name = reader.text("figure")?.trim().toLowerCase();
  if (name === undefined) return undefined;
  const found = (Object.keys(figures) as Figure[]).find((key) =>
    (figures[key].names as readonly string[]).includes(name),
  );
  const all = Object.values(figures).map(({ names }) => names[0]);
  return found ?? reader.refuse("figure", { zh: all.join("、"), en: "one of the four figures" });
}

function valueOf(reader: RowReader, figure: Figure): number | undefined {
  const { min, max, share } = figures[figure];
  const text = toHalfWidth(reader.text("value") ?? "").trim();
  const match = /^(\d+(?:\.\d+)?)\s*(%)?$/u.exec(text);
  const plain = match ? Number(match[1]) : Number.NaN;
  // 70 and 70% both mean 0.7; 0.7 is taken as it stands.
  const value = share && (match?.[2] !== undefined || plain > 1) ? plain / 100 : plain;
  if (value >= min && value <= max) return value;
  const range = share
    ? { zh: "0%–100%", en: "0 %–100 %" }
    : { zh: `${min}–${max} 之间的数`, en: `a number from ${min} to ${max}` };
  return reader.refuse("value", range);
}
