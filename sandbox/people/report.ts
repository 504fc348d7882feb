import type { Figure } from "./figures.ts";
import type { Tally } from "./tally.ts";

export interface Result {
  seed: number;
  months: number;
  from: string;
  to: string;
  seconds: number;
  refused: number;
  missing: number;
  doubled: number;
  faults: number;
  refusals: string[];
  failedActs: string[];
  tallies: Tally[];
  figures: Figure[];
}

/** What a person reads at the end of a walk. */
export function inWords(result: Result): string {
  return [
    "",
    `${result.from} 至 ${result.to},种子 ${result.seed},用时 ${result.seconds} 秒`,
    "",
    table(
      ["", "应有", "实有", "缺", "重", "多出"],
      result.tallies.map((tally) => [
        tally.name,
        tally.expected,
        tally.actual,
        tally.missing.length,
        tally.doubled.length,
        tally.unexpected.length,
      ]),
    ),
    "",
    ...examples(result.tallies),
    table(
      ["四项数字", "文章:之前", "文章:之后", "本公司:自报", "本次模拟", "指标表"],
      result.figures.map((figure) => [
        figure.name,
        ...figure.article,
        figure.before,
        figure.after,
        figure.shown,
      ]),
    ),
    "",
    ...result.refusals.slice(0, 10).map((line) => `refused: ${line}`),
    ...result.failedActs.slice(0, 10).map((line) => `act failed: ${line}`),
    `refused ${result.refused}, missing ${result.missing}, doubled ${result.doubled}, injected faults ${result.faults}`,
    "人们怎么做是假设(sandbox/people/profile.ts 里写明了概率);这里证明的是:这台机器转起来了,每件事各发生一次。",
    "How people behave is an assumption (probabilities in sandbox/people/profile.ts); what is proven is that the machine turned, each thing once.",
  ].join("\n");
}

function examples(tallies: readonly Tally[]): string[] {
  return tallies.flatMap((tally) => [
    ...tally.missing.slice(0, 5).map((key) => `缺 ${tally.name}: ${key}`),
    ...tally.doubled.slice(0, 5).map((key) => `重 ${tally.name}: ${key}`),
  ]);
}

function table(head: string[], rows: (string | number)[][]): string {
  const all = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ""))));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Columns a text takes on a terminal: Chinese signs take two. */
function width(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);
}
