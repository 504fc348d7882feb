import { compareObjectives, objectiveOf } from "./check.ts";
import type { Objective } from "./check.ts";
import { marginalCost } from "./pairs.ts";
import type { Candidate, Pairs } from "./pairs.ts";
import { known, PlanState } from "./state.ts";

export interface ExactResult {
  /** The best plan seen; better than or as good as the one given. */
  assignment: readonly number[];
  /** Whether every other plan was ruled out. */
  complete: boolean;
}

/**
 * Branch and bound over all plans, for small problems: starts from a good plan and stops after `effort` nodes.
 * What it rules out, it rules out by the aims in their order, so a complete search proves all four at once.
 */
export function searchExactly(pairs: Pairs, start: readonly number[], effort: number): ExactResult {
  const search = new BranchAndBound(pairs, start, effort);
  search.visit(0);
  return { assignment: search.best, complete: search.nodes <= effort };
}

class BranchAndBound {
  best: readonly number[];
  nodes = 0;
  private value: Objective;
  private readonly pairs: Pairs;
  private readonly effort: number;
  private readonly state: PlanState;
  private readonly order: readonly number[];
  /** From position k on: slots left, the changes they force if all are filled, and the most fit they can add. */
  private readonly rest: readonly { slots: number; forced: number; fit: number }[];
  private so: { filled: number; changed: number; fit: number };

  constructor(pairs: Pairs, start: readonly number[], effort: number) {
    this.pairs = pairs;
    this.effort = effort;
    this.best = [...start];
    this.value = objectiveOf(pairs.model, start);
    this.state = new PlanState(pairs);
    this.so = objectiveOf(pairs.model, this.state.assigned);
    const size = (slot: number) => known(pairs.candidates[slot]).length;
    this.order = pairs.model.slots
      .map((slot) => slot.index)
      .filter((slot) => size(slot) > 0)
      .sort((a, b) => size(a) - size(b) || a - b);
    this.rest = this.restOf();
  }

  private restOf(): { slots: number; forced: number; fit: number }[] {
    const rest = [{ slots: 0, forced: 0, fit: 0 }];
    for (const slot of this.order.toReversed()) {
      const before = known(rest[0]);
      const list = known(this.pairs.candidates[slot]);
      const forced = list.every((one) => this.state.change(slot, one.lecturer) === 1) ? 1 : 0;
      const fit = list.reduce((most, one) => Math.max(most, one.fit), -Infinity);
      rest.unshift({ slots: before.slots + 1, forced: before.forced + forced, fit: before.fit + fit });
    }
    return rest;
  }

  visit(at: number): void {
    this.nodes += 1;
    if (this.nodes > this.effort || !this.canBeat(at)) return;
    const slot = this.order[at];
    if (slot === undefined) return this.keep();
    for (const one of this.byCost(known(this.pairs.candidates[slot]))) {
      if (this.state.blockers(slot, one.lecturer)?.length === 0) this.branch(at, slot, one);
    }
    this.visit(at + 1);
  }

  private branch(at: number, slot: number, one: Candidate): void {
    const before = this.so;
    this.state.put(slot, one.lecturer);
    this.so = {
      filled: before.filled + 1,
      changed: before.changed + this.state.change(slot, one.lecturer),
      fit: before.fit + one.fit,
    };
    this.visit(at + 1);
    this.state.take(slot);
    this.so = before;
  }

  private byCost(list: readonly Candidate[]): Candidate[] {
    return [...list].sort(
      (a, b) => this.state.costMore(a.lecturer) - this.state.costMore(b.lecturer) || b.fit - a.fit,
    );
  }

  private keep(): void {
    const value = objectiveOf(this.pairs.model, this.state.assigned);
    if (compareObjectives(value, this.value) >= 0) return;
    this.value = value;
    this.best = [...this.state.assigned];
  }

  /** Whether the most hopeful completion would still be better than the best plan. */
  private canBeat(at: number): boolean {
    const rest = known(this.rest[at]);
    const spare = this.so.filled + rest.slots - this.value.filled;
    if (spare < 0) return false;
    if (spare > 0) return true;
    // Only completions that fill every slot left can still win: what those slots force, they force.
    const hopeful = {
      filled: this.value.filled,
      changed: this.so.changed + rest.forced,
      unfairness: -Infinity,
      fit: this.so.fit + rest.fit,
    };
    if (compareObjectives(hopeful, this.value) >= 0) return false;
    return compareObjectives({ ...hopeful, unfairness: this.leastUnfair(rest.slots) }, this.value) < 0;
  }

  /** Loads now, and the cheapest `more` marginal costs whoever may take them. */
  private leastUnfair(more: number): number {
    const { lecturers } = this.pairs.model;
    const extra = lecturers.map(() => 0);
    const load = (index: number) => (this.state.load[index] ?? 0) + (extra[index] ?? 0);
    for (let step = 0; step < more; step += 1) {
      let [best, bestCost] = [-1, Infinity];
      for (const one of lecturers) {
        const cost = marginalCost(one, load(one.index));
        if (cost < bestCost) [best, bestCost] = [one.index, cost];
      }
      extra[best] = (extra[best] ?? 0) + 1;
    }
    return lecturers.reduce((total, one) => total + (load(one.index) + one.credit) ** 2 / one.weight, 0);
  }
}
