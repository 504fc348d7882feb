/** A half-open stretch of time, ms. */
export interface TimeSpan {
  from: number;
  to: number;
}

/** In order; spans that meet or touch are one. */
export function mergedSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  const result: TimeSpan[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    if (from >= to) continue;
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

/** What is left of spans beside others, in order. */
export function spansWithout(spans: readonly TimeSpan[], taken: readonly TimeSpan[]): TimeSpan[] {
  return taken.reduce(
    (left, hole) =>
      left.flatMap((span) => {
        if (hole.to <= span.from || span.to <= hole.from || hole.from >= hole.to) return [span];
        return [
          { from: span.from, to: hole.from },
          { from: hole.to, to: span.to },
        ].filter(({ from, to }) => from < to);
      }),
    mergedSpans(spans),
  );
}
