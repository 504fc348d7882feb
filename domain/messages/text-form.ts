import type { MessageText } from "./templates.ts";

const LABELS = /^(?:\s*(?:\[[^\]\n]+\]|【[^】\n]+】))+\s*$/;
const LABEL = /\[([^\]\n]+)\]|【([^】\n]+)】/g;

/**
 * A message as one text, as it stands in 消息与提醒: first line the title, then the body, last line the buttons in
 * brackets. Of alternatives the richest is written.
 */
export function writeMessageText({ title, lines, buttons }: MessageText): string {
  const labels = buttons.map((label) => `[${label}]`).join(" ");
  return [title[0] ?? "", ...lines.map((line) => line[0] ?? ""), ...(labels === "" ? [] : [labels])].join(
    "\n",
  );
}

/** The reverse of `writeMessageText`; blank lines are dropped, each line is its only alternative. */
export function readMessageText(text: string): MessageText {
  const [title = "", ...rest] = text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => line.trim());
  const body = rest.filter((line) => line !== "");
  const last = body.at(-1);
  const labels =
    last !== undefined && LABELS.test(last)
      ? Array.from(last.matchAll(LABEL), (match) => (match[1] ?? match[2] ?? "").trim())
      : [];
  const lines = labels.length > 0 ? body.slice(0, -1) : body;
  return { title: title === "" ? [] : [title], lines: lines.map((line) => [line]), buttons: labels };
}
