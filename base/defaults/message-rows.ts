import { checkText } from "#domain/messages/check.ts";
import {
  languages,
  type Language,
  type MessageDefault,
  type MessageTexts,
  type TemplateId,
} from "#domain/messages/templates.ts";
import { writeMessageText } from "#domain/messages/text-form.ts";
import type { Settings } from "./settings.ts";
import { defaultTexts, messageDefaults } from "./texts.ts";

/** A row of 消息与提醒 as read from the Base; a never-ticked box is absent and means off. */
export interface MessageRow {
  id: string;
  on?: boolean | null;
  time?: string | null;
  days?: number | null;
  text?: string | null;
  textEn?: string | null;
  record?: string;
}
/** One sentence for the row's 问题 field, or a notice where the row cannot be known. */
export interface MessageProblem {
  id: string;
  record?: string;
  zh: string;
  en: string;
}
export interface ReadMessages {
  texts: MessageTexts;
  on: Record<TemplateId, boolean>;
  /** Times and days that rows set differently from day one, to be laid over the settings. */
  settings: Partial<Settings>;
  problems: MessageProblem[];
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
/** Which setting a row's 时间 and 提前天数 stand for. */
const timeSetting: Partial<
  Record<TemplateId, "remindAt" | "contentMissingAt" | "dayOfAt" | "releaseAt" | "adminDailyAt">
> = {
  "remind.before": "remindAt",
  "content.missing": "contentMissingAt",
  "day-of": "dayOfAt",
  echo: "releaseAt",
  "admin.daily": "adminDailyAt",
};
const daysSetting: Partial<Record<TemplateId, "remindWorkdays" | "contentMissingWorkdays">> = {
  "remind.before": "remindWorkdays",
  "content.missing": "contentMissingWorkdays",
};

/** The rows provisioning writes; 文案 holds title, body and buttons as one text. */
export function messageRows(language: Language): (Required<
  Pick<MessageRow, "id" | "on" | "text" | "textEn">
> & {
  name: string;
  time?: string;
  days?: number;
})[] {
  return messageDefaults
    .filter(({ row }) => row)
    .map(({ id, name, on, text, time, days }) => ({
      id,
      name: name[language],
      on,
      text: writeMessageText(text.zh),
      textEn: writeMessageText(text.en),
      ...(time === undefined ? {} : { time }),
      ...(days === undefined ? {} : { days }),
    }));
}

/**
 * Reads the rows. A text that fails its check leaves `inForce` as it was; a missing row leaves its message off; no rows at
 * all (not provisioned yet) means day one.
 */
export function readMessageRows(
  rows: readonly MessageRow[],
  inForce: MessageTexts = defaultTexts(),
): ReadMessages {
  const read: ReadMessages = { texts: { ...inForce }, on: switches(rows), settings: {}, problems: [] };
  const known = new Map(
    messageDefaults.filter(({ row }) => row).map((standard) => [standard.id as string, standard]),
  );
  const seen = new Set<string>();
  for (const row of rows) {
    const standard = known.get(row.id.trim());
    if (standard === undefined)
      read.problems.push({
        ...placeOf(row),
        zh: `没有标识为「${row.id}」的消息。`,
        en: `There is no message with the id "${row.id}".`,
      });
    else if (seen.has(standard.id))
      read.problems.push({
        ...placeOf(row),
        zh: `标识「${row.id}」写了两行,用的是第一行。`,
        en: `The id "${row.id}" stands in two rows; the first is used.`,
      });
    else readRow(row, standard, read);
    seen.add(row.id.trim());
  }
  for (const id of known.keys())
    if (rows.length > 0 && !seen.has(id))
      read.problems.push({
        id,
        zh: `缺少标识为「${id}」的行,这条消息先不发。`,
        en: `The row with the id "${id}" is missing; the message is off.`,
      });
  return read;
}

function switches(rows: readonly MessageRow[]): Record<TemplateId, boolean> {
  const first = new Map<string, boolean>();
  for (const { id, on } of rows) if (!first.has(id.trim())) first.set(id.trim(), on === true);
  return Object.fromEntries(
    messageDefaults.map(({ id, row, on }) => [id, row && rows.length > 0 ? (first.get(id) ?? false) : on]),
  ) as Record<TemplateId, boolean>;
}

function readRow(row: MessageRow, standard: MessageDefault, read: ReadMessages): void {
  const { id } = standard;
  for (const language of languages) {
    const checked = checkText(
      (language === "zh" ? row.text : row.textEn) ?? "",
      standard.text[language],
      language,
    );
    if (checked.ok) read.texts[id] = { ...read.texts[id], [language]: checked.text };
    else read.problems.push({ ...placeOf(row), zh: checked.problem, en: checked.problem });
  }
  readTime(row, standard, read);
}

function readTime(row: MessageRow, { id, time, days }: MessageDefault, read: ReadMessages): void {
  const written = row.time?.trim() ?? "";
  const [forTime, forDays] = [timeSetting[id], daysSetting[id]];
  if (written !== "" && !TIME.test(written))
    read.problems.push({
      ...placeOf(row),
      zh: `时间「${written}」要写成 HH:mm,如 09:30。`,
      en: `The time "${written}" should be HH:mm, like 09:30.`,
    });
  else if (written !== "" && written !== time && forTime !== undefined)
    read.settings = { ...read.settings, [forTime]: written };
  if (row.days === undefined || row.days === null || row.days === days || forDays === undefined) return;
  if (Number.isInteger(row.days) && row.days >= 0 && row.days <= 10)
    read.settings = { ...read.settings, [forDays]: row.days };
  else
    read.problems.push({
      ...placeOf(row),
      zh: `提前天数「${row.days}」要是 0–10 的整数。`,
      en: `Days before "${row.days}" should be a whole number from 0 to 10.`,
    });
}

function placeOf({ id, record }: MessageRow): { id: string; record?: string } {
  return record === undefined ? { id } : { id, record };
}
