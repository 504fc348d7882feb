import type { Figures } from "./figures.ts";

type Language = "zh" | "en";
/** How far a change lies beyond what chance alone would make, in standard errors; 1.96 is the line. */
interface Change {
  size: number;
  words: string;
}
const LINE = 1.96;

/** The largest true change of a month in words; where none exceeds its uncertainty, that it stayed about the same. */
export function headlineOf(now: Figures, before: Figures | null, language: Language): string {
  const zh = language === "zh";
  const changes = before ? [rateChange(now, before, zh), scoreChange(now, before, zh)] : [];
  const [best] = changes
    .filter((change) => change !== null && change.size > LINE)
    .sort((a, b) => b!.size - a!.size);
  if (best) return best.words;
  if (before && before.proactive.of > 0) return zh ? "与上月基本持平" : "about the same as last month";
  return zh ? `分享 ${now.proactive.of} 场` : `${now.proactive.of} sessions`;
}

function rateChange(now: Figures, before: Figures, zh: boolean): Change | null {
  const [a, b] = [now.proactive, before.proactive];
  if (a.share === null || b.share === null) return null;
  const pooled = (a.n + b.n) / (a.of + b.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.of + 1 / b.of));
  const value = `${Math.round(a.share * 100)}%`;
  const up = a.share > b.share;
  const words = zh
    ? `主动分享率${up ? "升到" : "降到"} ${value}`
    : `unprompted sharing ${up ? "up" : "down"} to ${value}`;
  return { size: error === 0 ? 0 : Math.abs(a.share - b.share) / error, words };
}

function scoreChange(now: Figures, before: Figures, zh: boolean): Change | null {
  const [a, b] = [now.satisfaction, before.satisfaction];
  if (a.mean === null || b.mean === null || a.n < 2 || b.n < 2) return null;
  const error = Math.sqrt(variance(a) / a.n + variance(b) / b.n);
  const up = a.mean > b.mean;
  const words = zh
    ? `学员满意度${up ? "升到" : "降到"} ${a.mean.toFixed(1)}`
    : `satisfaction ${up ? "up" : "down"} to ${a.mean.toFixed(1)}`;
  return { size: error === 0 ? 0 : Math.abs(a.mean - b.mean) / error, words };
}

function variance({ mean, n, distribution }: Figures["satisfaction"]): number {
  const squares = distribution.reduce((total, count, at) => total + count * (at + 1 - (mean ?? 0)) ** 2, 0);
  return squares / (n - 1);
}
