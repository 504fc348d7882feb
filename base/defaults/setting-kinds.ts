import { z } from "zod";

type Both = { zh: string; en: string };

/** One setting: how its text is read and written, its value on day one, its range and meaning. */
export interface SettingDefinition {
  type: z.ZodType<unknown, string>;
  value: unknown;
  write: (value: unknown) => string;
  expects: Both;
  range?: Both;
  zh: string;
  en: string;
}
interface Typed<Z extends z.ZodType<unknown, string>> extends SettingDefinition {
  type: Z;
  value: z.output<Z>;
}
export interface TimeRange {
  /** `HH:mm`. */
  from: string;
  to: string;
}

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const numeric = z.string().regex(NUMBER).transform(Number);
const same = (text: string): Both => ({ zh: text, en: text });

/** A whole number between two bounds, both allowed. */
export function whole(value: number, [least, most]: [number, number], zh: string, en: string) {
  const type = numeric.pipe(z.int().min(least).max(most));
  const expects = { zh: `${least}–${most} 之间的整数`, en: `a whole number from ${least} to ${most}` };
  return { type, value, write: String, expects, range: same(`${least}–${most}`), zh, en } satisfies Typed<
    typeof type
  >;
}

/** A number between two bounds, both allowed. */
export function amount(value: number, [least, most]: [number, number], zh: string, en: string) {
  const type = numeric.pipe(z.number().min(least).max(most));
  const expects = { zh: `${least}–${most} 之间的数`, en: `a number from ${least} to ${most}` };
  return { type, value, write: String, expects, range: same(`${least}–${most}`), zh, en } satisfies Typed<
    typeof type
  >;
}

const YES = ["是", "开", "true", "yes", "on", "1"];
const NO = ["否", "关", "false", "no", "off", "0"];

/** On or off: 开/关, 是/否, on/off, yes/no. */
export function toggle(value: boolean, zh: string, en: string) {
  const type = z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum([...YES, ...NO]))
    .transform((word) => YES.includes(word));
  const expects = { zh: "开或关", en: "on or off" };
  return {
    type,
    value,
    write: (on: unknown) => (on === true ? "开" : "关"),
    expects,
    range: { zh: "开/关", en: "开 on / 关 off" },
    zh,
    en,
  } satisfies Typed<typeof type>;
}

/** One of a few words. */
export function choice<const W extends readonly [string, ...string[]]>(
  value: W[number],
  words: W,
  zh: string,
  en: string,
) {
  const type = z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(words));
  const list = words.join(" / ");
  return {
    type,
    value,
    write: String,
    expects: { zh: `${list} 之一`, en: `one of ${list}` },
    range: same(list),
    zh,
    en,
  };
}

/** A time of day `HH:mm`. */
export function clock(value: string, zh: string, en: string) {
  const type = z.string().regex(TIME);
  const expects = { zh: "HH:mm 形式的时间,如 09:30", en: "a time HH:mm, like 09:30" };
  return { type, value, write: String, expects, zh, en } satisfies Typed<typeof type>;
}

/** One or more spans of the day, `09:00-12:00, 13:30-18:30`, in order and apart. */
export function spans(value: readonly TimeRange[], zh: string, en: string) {
  const type = z.string().transform((text, context): readonly TimeRange[] => {
    const read = text.split(/[,，;；、]/).map((part) => part.trim().split(/\s*[-–~～]\s*/));
    const ranges = read.map(([from = "", to = ""]) => ({ from, to }));
    const good =
      read.every((part) => part.length === 2) &&
      ranges.every(isRange) &&
      ranges.every((range, at) => at === 0 || (ranges[at - 1]?.to ?? "") < range.from);
    if (!good) context.addIssue({ code: "custom", message: "not spans of the day" });
    return ranges;
  });
  const write = (ranges: unknown) =>
    (ranges as readonly TimeRange[]).map(({ from, to }) => `${from}-${to}`).join(", ");
  const expects = {
    zh: "从早到晚、互不相接的时段,如 09:00-12:00, 13:30-18:30",
    en: "spans in order and apart, like 09:00-12:00, 13:30-18:30",
  };
  return { type, value, write, expects, zh, en };
}

function isRange({ from, to }: TimeRange): boolean {
  return TIME.test(from) && (TIME.test(to) || to === "24:00") && from < to;
}

/** Free text, empty until the admin fills it in. */
export function words(zh: string, en: string) {
  const type = z.string().max(200);
  return {
    type,
    value: "",
    write: String,
    expects: { zh: "200 字以内的文字", en: "text of at most 200 characters" },
    zh,
    en,
  } satisfies Typed<typeof type>;
}

/** A number that only the admin can know; null until given. */
export function given([least, most]: [number, number], zh: string, en: string) {
  const type = numeric.pipe(z.number().min(least).max(most)).transform((value): number | null => value);
  const expects = { zh: `${least}–${most} 之间的数`, en: `a number from ${least} to ${most}` };
  const write = (value: unknown) => (typeof value === "number" ? String(value) : "");
  return { type, value: null as number | null, write, expects, range: same(`${least}–${most}`), zh, en };
}
