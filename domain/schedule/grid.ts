/**
 * The greatest q such that all values are whole multiples of it, or 0 if there is none worth using. Found in integers: values
 * given in decimals have one, and then a better plan is better by q at least.
 */
export function gridOf(values: Iterable<number>): number {
  const list = [...new Set(values)];
  for (let scale = 1; scale <= 1e6; scale *= 10) {
    const whole = list.map((value) => Math.round(value * scale));
    if (whole.some((number) => !Number.isSafeInteger(number))) return 0;
    if (
      !list.every(
        (value, at) =>
          Math.abs(value * scale - whole[at]!) <= 1e-9 * Math.max(1e-3, Math.abs(whole[at]! * 1e-3)),
      )
    )
      continue;
    return whole.reduce((a, b) => divisor(a, b), 0) / scale;
  }
  return 0;
}

function divisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** The least amount by which any plan can beat `value`: `bound` says how much at most, `grid` how fine values are. */
export function bestBelow(bound: number, value: number, grid: number): number {
  const slack = slackOf(bound);
  if (grid <= 20 * slack) return bound;
  const steps = Math.floor((bound - value + slack) / grid);
  return Math.min(bound, value + steps * grid);
}

/** Far above what adding up thousands of numbers can lose, and far below every grid that is used. */
export function slackOf(bound: number): number {
  return 1e-8 * Math.max(1, Math.abs(bound));
}
