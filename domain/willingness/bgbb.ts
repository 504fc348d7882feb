import { sum } from "../numbers.ts";
import { logBeta } from "./log-gamma.ts";

/**
 * Beta-geometric/beta-Bernoulli model: Fader, Hardie & Shang 2010, "Customer-Base Analysis in a Discrete-Time
 * Noncontractual Setting", Marketing Science 29(6). A turn is shared with probability p ~ Beta(alpha, beta) while the
 * lecturer is active; before each turn activity ends with probability θ ~ Beta(gamma, delta).
 */
export interface Parameters {
  alpha: number;
  beta: number;
  gamma: number;
  delta: number;
}

/** x turns shared of n, the last of them at turn tx (0 if none). */
export interface History {
  x: number;
  tx: number;
  n: number;
}

/** ln of Σ exp, safe for very small terms. */
function logSum(terms: readonly number[]): number {
  const most = Math.max(...terms);
  return most === -Infinity ? -Infinity : most + Math.log(sum(terms.map((term) => Math.exp(term - most))));
}

/** ln P of one sequence of turns (no binomial factor): still active at n, or ended after turn tx + i. */
export function logLikelihood({ alpha, beta, gamma, delta }: Parameters, { x, tx, n }: History): number {
  const terms = [logBeta(alpha + x, beta + n - x) + logBeta(gamma, delta + n)];
  for (let idle = 0; idle < n - tx; idle += 1)
    terms.push(logBeta(alpha + x, beta + tx - x + idle) + logBeta(gamma + 1, delta + tx + idle));
  return logSum(terms) - logBeta(alpha, beta) - logBeta(gamma, delta);
}

/** P(alive at turn n + 1): equation (11) of the paper. */
export function alive(parameters: Parameters, history: History): number {
  const { alpha, beta, gamma, delta } = parameters;
  const { x, n } = history;
  const both = logBeta(alpha + x, beta + n - x) + logBeta(gamma, delta + n + 1);
  return Math.exp(both - logBeta(alpha, beta) - logBeta(gamma, delta) - logLikelihood(parameters, history));
}

/**
 * Shares expected in turns n + 1 … n + horizon. The paper's closed form (13) divides by gamma − 1; the sum it comes from,
 * Σ E[p · 1(active at n + k)], is the same number and has no gap at gamma = 1.
 */
export function expectedShares(parameters: Parameters, history: History, horizon: number): number {
  const { alpha, beta, gamma, delta } = parameters;
  const { x, n } = history;
  const shares = logBeta(alpha + x + 1, beta + n - x) - logBeta(alpha, beta) - logBeta(gamma, delta);
  const likelihood = logLikelihood(parameters, history);
  let total = 0;
  for (let ahead = 1; ahead <= horizon; ahead += 1)
    total += Math.exp(shares + logBeta(gamma, delta + n + ahead) - likelihood);
  return total;
}
