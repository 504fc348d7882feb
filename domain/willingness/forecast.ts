import { z } from "zod";
import { integerFrom, listOf, object, parseInput, pathText, text, itemsOf, duplicates } from "../input.ts";
import type { Parsed, Problem } from "../input.ts";
import { sum } from "../numbers.ts";
import { alive, expectedShares, logLikelihood } from "./bgbb.ts";
import type { History, Parameters } from "./bgbb.ts";
import { hessian, leastEigenvalue, minimize } from "./minimize.ts";

const turnExpected = "0 or 1";
const forecastInput = object({
  histories: listOf(object({ lecturer: text, turns: listOf(z.literal([0, 1], turnExpected)) })).optional(),
  summary: listOf(
    object({ x: integerFrom(0), tx: integerFrom(0), n: integerFrom(0), count: integerFrom(0).default(1) }),
  ).optional(),
  horizon: integerFrom(0).default(5),
});

export type ForecastInput = z.output<typeof forecastInput>;

export interface Forecast {
  method: "ml" | "map";
  parameters: Parameters;
  logLikelihood: number;
  rows: Record<string, unknown>[];
}

export function parseForecastInput(input: unknown): Parsed<ForecastInput> {
  return parseInput<ForecastInput>(forecastInput, input, (raw) => [
    ...oneOfBoth(raw),
    ...duplicates(raw, "histories", "lecturer"),
    ...itemsOf(raw, "summary").flatMap(({ index, item }) => impossibleRow(index, item)),
  ]);
}

function oneOfBoth(raw: unknown): Problem[] {
  if (typeof raw !== "object" || raw === null) return [];
  const given = ["histories", "summary"].filter((key) => key in raw);
  if (given.length === 1) return [];
  return [{ path: "", value: given, expected: "either `histories` or `summary`" }];
}

function impossibleRow(index: number, { x, tx, n }: Record<string, unknown>): Problem[] {
  if (typeof x !== "number" || typeof tx !== "number" || typeof n !== "number") return [];
  const problem = (key: string, value: number, expected: string) => [
    { path: pathText(["summary", index, key]), value, expected },
  ];
  if (tx > n) return problem("tx", tx, `an integer <= n (${n})`);
  if (x > tx) return problem("tx", tx, `an integer >= x (${x}): the last shared turn`);
  if (x === 0 && tx > 0) return problem("tx", tx, "0, because no turn was shared");
  return [];
}

export function historyOf(turns: readonly number[]): History {
  return { x: sum(turns), tx: turns.lastIndexOf(1) + 1, n: turns.length };
}

/** From so many histories up the data speak for themselves. */
const enoughHistories = 200;

/**
 * The prior below that: each parameter log-normal, centred on a group in which two of three turns are shared
 * (alpha 2, beta 1) and one lecturer in ten stops at a turn (gamma 1, delta 9), standard deviation 1 on the log scale
 * (within a factor of 7 with 95 %). Wide enough that a hundred histories outweigh it, and it keeps a few histories from
 * saying "never" or "always".
 */
const priorCentre = [Math.log(2), Math.log(1), Math.log(1), Math.log(9)] as const;
const priorDeviation = 1;

/** A direction in which the log-likelihood is this flat (standard error above 10 on the log scale) says nothing. */
const flat = 0.01;

interface Weighted extends History {
  count: number;
}

/** Fits the model and forecasts each row (design.md §8). */
export function forecast(input: ForecastInput): Forecast {
  const rows: { given: Record<string, unknown>; history: Weighted }[] = input.histories
    ? input.histories.map((one) => ({ given: one, history: { ...historyOf(one.turns), count: 1 } }))
    : (input.summary ?? []).map((one) => ({ given: one, history: one }));
  const { method, parameters } = fit(rows.map((row) => row.history));
  return {
    method,
    parameters,
    logLikelihood: totalLogLikelihood(
      parameters,
      rows.map((row) => row.history),
    ),
    rows: rows.map(({ given, history }) => ({
      ...given,
      alive: alive(parameters, history),
      expected: expectedShares(parameters, history, input.horizon),
    })),
  };
}

export function fit(histories: readonly Weighted[]): { method: "ml" | "map"; parameters: Parameters } {
  const distinct = merge(histories);
  const cost = (point: readonly number[]) => -totalLogLikelihood(toParameters(point), distinct);
  if (sum(distinct.map((one) => one.count)) >= enoughHistories) {
    const starts = [[0, 0, 0, 0], [...priorCentre], [-0.7, 0, -0.7, 0], [0.7, 0.7, -0.7, 1.5]];
    const best = starts
      .map((start) => minimize(bounded(cost), start))
      .reduce((a, b) => (b.value < a.value ? b : a));
    if (!isDegenerate(cost, best.point)) return { method: "ml", parameters: toParameters(best.point) };
  }
  const posterior = (point: readonly number[]) => cost(point) + priorCost(point);
  return { method: "map", parameters: toParameters(minimize(bounded(posterior), [...priorCentre]).point) };
}

function merge(histories: readonly Weighted[]): Weighted[] {
  const merged = new Map<string, Weighted>();
  for (const { x, tx, n, count } of histories) {
    const key = `${x}/${tx}/${n}`;
    merged.set(key, { x, tx, n, count: count + (merged.get(key)?.count ?? 0) });
  }
  return [...merged.values()];
}

function totalLogLikelihood(parameters: Parameters, histories: readonly Weighted[]): number {
  return sum(histories.map((history) => history.count * logLikelihood(parameters, history)));
}

function priorCost(point: readonly number[]): number {
  return sum(point.map((x, at) => (x - (priorCentre[at] ?? 0)) ** 2 / (2 * priorDeviation ** 2)));
}

function toParameters(point: readonly number[]): Parameters {
  const [alpha = 1, beta = 1, gamma = 1, delta = 1] = point.map(Math.exp);
  return { alpha, beta, gamma, delta };
}

/** Beyond e±12 the model no longer changes, but log-gamma differences lose their digits. */
const edge = 12;

function bounded(fn: (point: readonly number[]) => number): (point: readonly number[]) => number {
  return (point) => (point.some((x) => Math.abs(x) > edge) ? Infinity : fn(point));
}

function isDegenerate(cost: (point: readonly number[]) => number, point: readonly number[]): boolean {
  if (point.some((x) => Math.abs(x) > edge - 2)) return true;
  return !(leastEigenvalue(hessian(cost, point)) > flat);
}
