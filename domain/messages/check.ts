import { placeholderOf, tokensOf } from "./placeholders.ts";
import type { Language, MessageText } from "./templates.ts";
import { readMessageText, writeMessageText } from "./text-form.ts";

const MOST_BYTES = 30 * 1024;

/** A text an admin wrote, read; or the sentence that stands beside the field while the old text stays in force. */
export type CheckedText = { ok: true; text: MessageText } | { ok: false; problem: string };

/** Rule 11: no title, unknown placeholder, missing main button, over 30 KB. A blank text means the default. */
export function checkText(written: string, standard: MessageText, language: Language): CheckedText {
  const zh = language === "zh";
  if (written.trim() === "" || same(written, writeMessageText(standard))) return { ok: true, text: standard };
  const refuse = (problem: string): CheckedText => ({
    ok: false,
    problem: problem + (zh ? "先用原来的文案。" : " The old text stays."),
  });
  if (new TextEncoder().encode(written).length > MOST_BYTES)
    return refuse(zh ? "文案超过 30 KB,卡片发不出去。" : "The text is over 30 KB; no card can carry it.");
  const text = readMessageText(written);
  if (text.title.length === 0)
    return refuse(zh ? "第一行是标题,现在是空的。" : "The first line is the title; it is empty.");
  const unknown = tokensOf(written).filter((token) => placeholderOf(token) === undefined);
  if (unknown.length > 0)
    return refuse(zh ? `没有这个占位符:{${unknown[0]}}。` : `There is no placeholder {${unknown[0]}}.`);
  if (/[{}]/.test(written.replace(/\{[^{}\n]*\}/g, "")))
    return refuse(zh ? "有一个花括号没有成对。" : "A brace has no partner.");
  const wanted = standard.buttons.length;
  if (wanted > 0 && text.buttons.length === 0)
    return refuse(
      zh
        ? `缺少按钮,最后一行要写:${labels(standard)}。`
        : `The main button is missing; the last line should be ${labels(standard)}.`,
    );
  if (text.buttons.length !== wanted)
    return refuse(
      zh
        ? `这条消息有 ${wanted} 个按钮,写了 ${text.buttons.length} 个。`
        : `This message has ${wanted} buttons; ${text.buttons.length} are written.`,
    );
  return { ok: true, text };
}

function labels({ buttons }: MessageText): string {
  return buttons.map((label) => `[${label}]`).join(" ");
}

function same(written: string, standard: string): boolean {
  const plain = (text: string) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .join("\n");
  return plain(written) === plain(standard);
}
