/** One side of a comparison; gives how many units it did and in how many ms. */
export interface Side {
  name: string;
  run(): Promise<{ units: number; ms: number }>;
}

export interface Ratio {
  /** Units a second, median of the rounds. */
  rates: [number, number];
  /** First over second, median of the rounds' own ratios. */
  ratio: number;
  /** Least and greatest ratio of a round: how much the machine got in between. */
  range: [number, number];
}

/**
 * Runs both sides in turn, the order changing every round: a machine that gets slower meanwhile slows both, and the ratio of
 * one round stays comparable where absolute numbers do not. A round before the first counts for nothing.
 */
export async function compare(sides: [Side, Side], rounds: number): Promise<Ratio> {
  const rates: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round += 1) {
    const order = round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const at of order) {
      const { units, ms } = await sides[at].run();
      if (round >= 0) rates[at].push((units / ms) * 1000);
    }
  }
  const ratios = rates[0].map((rate, round) => rate / (rates[1][round] ?? Number.NaN));
  return {
    rates: [median(rates[0]), median(rates[1])],
    ratio: median(ratios),
    range: [Math.min(...ratios), Math.max(...ratios)],
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error("median of nothing");
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
