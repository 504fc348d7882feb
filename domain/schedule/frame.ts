import { gridOf } from "./grid.ts";
import { Lagrangian, lagrangeBound } from "./lagrange.ts";
import type { Bound, Level, Losses } from "./lagrange.ts";
import { buildLanes } from "./lanes.ts";
import type { Lanes } from "./lanes.ts";
import { marginalCost } from "./pairs.ts";
import type { Relaxed } from "./relax.ts";
import { slackOf } from "./grid.ts";
import type { Means } from "./solution.ts";

/** The plans of one filling and fairness, as a level whose gain is fit. */
export interface Frame {
  level: Level;
  /** Unfairness of all lecturers aimed at, pins included. */
  unfairness: number;
  /** By slot: what a turn there costs in unfairness; null where the numbers of turns alone ensure the aim. */
  slotCost: Float64Array | null;
}

/** The plans that reach both relaxed values. */
export function relaxedFrame(lanes: Lanes, { restrict, filled, unfairness }: Relaxed): Frame {
  const within = buildLanes(lanes.pairs, restrict.mayHold);
  const all = lanes.bySlot.filter((list) => list.length > 0).length === filled;
  const must = Uint8Array.from(lanes.bySlot, (list, slot) =>
    list.length > 0 && (all || !restrict.mayOpen(slot)) ? 1 : 0,
  );
  return {
    level: {
      lanes: within,
      gain: within.fit,
      bonus: null,
      least: restrict.least,
      most: Int32Array.from(within.lanes, ({ most }, at) => Math.min(most, restrict.most[at]!)),
      must,
      totals: filledTotal(within, must, filled),
    },
    unfairness,
    slotCost: null,
  };
}

/** All filled slots counted, where which ones stay open is left to decide. */
export function filledTotal(lanes: Lanes, must: Uint8Array, filled: number): Level["totals"] {
  if (lanes.bySlot.every((list, slot) => list.length === 0 || must[slot] === 1)) return [];
  return [{ pair: new Float64Array(lanes.slotOf.length).fill(1), turns: null, value: filled }];
}

/** The fairness that each lecturer's own sequences allow, at best. */
export interface FairBound {
  level: Level;
  bound: Bound;
  /** No plan that fills as much is fairer than this. */
  unfairness: number;
  /** How fine values of unfairness are; 0 = any. */
  grid: number;
}

/** A better bound than the relaxed one where calendars of single lecturers stand in the way. */
export function fairBound(lanes: Lanes, relaxed: Relaxed, means: Means): FairBound {
  const level = fairLevel(lanes, relaxed.filled);
  const bound = lagrangeBound(level, {
    iterations: 300,
    steps: [0.5, 1e-3],
    start: {
      value: Infinity,
      price: relaxed.slotCost.map((cost, slot) => (level.must[slot] === 1 ? -cost : Math.max(0, -cost))),
      weight: level.totals.map(() => 0),
    },
    enough: () => false,
    expired: means.expired,
  });
  const grid = gridOf(
    lanes.lanes.flatMap(({ lecturer, most }) =>
      Array.from({ length: most }, (_, turns) => costOf(lanes, lecturer, turns)),
    ),
  );
  const floor = Math.max(relaxed.unfairness, -bound.value);
  const unfairness = grid > 20 * slackOf(floor) ? roundUp(floor, relaxed.unfairness, grid) : floor;
  return { level, bound, unfairness, grid };
}

function roundUp(floor: number, base: number, grid: number): number {
  return base + Math.ceil((floor - base - slackOf(floor)) / grid) * grid;
}

/** Numbers of turns as they cost, slots worth nothing. */
export function fairLevel(lanes: Lanes, filled: number): Level {
  const fillable = lanes.bySlot.filter((list) => list.length > 0).length;
  const must = Uint8Array.from(lanes.bySlot, (list) => (list.length > 0 && filled === fillable ? 1 : 0));
  return {
    lanes,
    gain: new Float64Array(lanes.slotOf.length),
    bonus: turnCosts(lanes).map((costs) => costs.map((cost) => -cost)),
    least: new Int32Array(lanes.lanes.length),
    most: Int32Array.from(lanes.lanes, ({ most }) => most),
    must,
    totals: filledTotal(lanes, must, filled),
  };
}

/** By lane, by number of turns beside pins: (n + credit)² / weight. */
export function turnCosts(lanes: Lanes): Float64Array[] {
  const { model, pinnedLoad } = lanes.pairs;
  return lanes.lanes.map(({ lecturer, most }) => {
    const { credit, weight } = model.lecturers[lecturer]!;
    return Float64Array.from(
      { length: most + 1 },
      (_, turns) => (pinnedLoad[lecturer]! + turns + credit) ** 2 / weight,
    );
  });
}

function costOf(lanes: Lanes, lecturer: number, turns: number): number {
  return marginalCost(lanes.pairs.model.lecturers[lecturer]!, lanes.pairs.pinnedLoad[lecturer]! + turns);
}

/** The plans of exactly this unfairness: only pairs and numbers of turns that the bound leaves room for. */
export function fairFrame(lanes: Lanes, { level, bound }: FairBound, unfairness: number): Frame {
  const slack = Math.max(0, bound.value + unfairness) + 4 * slackOf(unfairness);
  const losses = new Lagrangian(level).losses(bound, slack);
  const within = keepBelow(lanes, losses, slack);
  return {
    level: {
      lanes: within,
      gain: within.fit,
      bonus: null,
      least: losses.least,
      most: Int32Array.from(within.lanes, ({ most }, at) => Math.min(most, losses.most[at]!)),
      must: level.must,
      totals: [
        ...filledTotal(within, level.must, level.totals[0]?.value ?? 0),
        { pair: null, turns: turnCosts(lanes), value: unfairness },
      ],
    },
    unfairness,
    slotCost: bound.price.map((price) => -price),
  };
}

function keepBelow(lanes: Lanes, losses: Losses, slack: number): Lanes {
  const kept = new Set<number>();
  const key = (slot: number, lecturer: number) => slot * lanes.lanes.length + lecturer;
  for (let pair = 0; pair < losses.pair.length; pair += 1)
    if (losses.pair[pair]! <= slack) kept.add(key(lanes.slotOf[pair]!, lanes.laneOf[pair]!));
  return buildLanes(lanes.pairs, (slot, lecturer) => kept.has(key(slot, lecturer)));
}
