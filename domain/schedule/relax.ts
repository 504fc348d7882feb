import { sum } from "../numbers.ts";
import type { Lanes } from "./lanes.ts";
import { marginalCost } from "./pairs.ts";

/**
 * Slots to lecturers with gaps, days and month caps relaxed to "at most so many turns each". Convex load costs make this a
 * semi-matching: fill as much as can be, then exchange turns along chains until none makes the loads cheaper. Its two values
 * bound every plan; where a plan reaches both, exactly the plans within `restrict` are the best ones (complementary slackness).
 */
export interface Relaxed {
  /** Slots filled beside pins. */
  filled: number;
  /** Total of all lecturers, pins included. */
  unfairness: number;
  restrict: Restriction;
  /** By slot: marginal cost of the turn it adds, at the least. */
  slotCost: Float64Array;
}

export interface Restriction {
  mayHold: (slot: number, lecturer: number) => boolean;
  /** Whether the slot may stay open. */
  mayOpen: (slot: number) => boolean;
  /** Turns beside pins, by lecturer. */
  least: Int32Array;
  most: Int32Array;
}

export function relax(lanes: Lanes): Relaxed {
  const matching = new SemiMatching(lanes);
  matching.fill();
  const price = matching.balance();
  return {
    filled: matching.filled(),
    unfairness: matching.unfairness(),
    ...restrictionOf(lanes, price, matching.openPrice()),
  };
}

class SemiMatching {
  private readonly lanes: Lanes;
  private readonly load: Int32Array;
  private readonly holder: Int32Array;
  private readonly held: Set<number>[];
  /** Lecturers whose closure was searched in vain: no chain through them ends better. */
  private readonly closed: Uint8Array;
  private readonly reachedBy: Int32Array;
  private readonly mark: Int32Array;
  private round = 0;

  constructor(lanes: Lanes) {
    this.lanes = lanes;
    const { length } = lanes.lanes;
    this.load = new Int32Array(length);
    this.holder = new Int32Array(lanes.bySlot.length).fill(-1);
    this.held = lanes.lanes.map(() => new Set());
    this.closed = new Uint8Array(length);
    this.reachedBy = new Int32Array(length);
    this.mark = new Int32Array(length);
  }

  filled(): number {
    return this.holder.reduce((count, lecturer) => count + (lecturer >= 0 ? 1 : 0), 0);
  }

  unfairness(): number {
    const { model, pinnedLoad } = this.lanes.pairs;
    return sum(
      model.lecturers.map(
        (one) => (pinnedLoad[one.index]! + this.load[one.index]! + one.credit) ** 2 / one.weight,
      ),
    );
  }

  /** Marginal cost of the turn after `count` turns beside pins. */
  private cost(lecturer: number, count: number): number {
    const { model, pinnedLoad } = this.lanes.pairs;
    return marginalCost(model.lecturers[lecturer]!, pinnedLoad[lecturer]! + count);
  }

  private nextCost(lecturer: number): number {
    const load = this.load[lecturer]!;
    return load < this.lanes.lanes[lecturer]!.most ? this.cost(lecturer, load) : Infinity;
  }

  private lastCost(lecturer: number): number {
    const load = this.load[lecturer]!;
    return load > 0 ? this.cost(lecturer, load - 1) : -Infinity;
  }

  /** As many slots as the limits allow. */
  fill(): void {
    for (const [slot, list] of this.lanes.bySlot.entries()) {
      let [best, bestCost] = [-1, Infinity];
      for (const pair of list) {
        const lecturer = this.lanes.laneOf[pair]!;
        const cost = this.nextCost(lecturer);
        if (cost < bestCost) [best, bestCost] = [lecturer, cost];
      }
      if (best >= 0) this.put(slot, best);
    }
    for (const [slot, list] of this.lanes.bySlot.entries()) {
      if (this.holder[slot]! >= 0 || list.length === 0) continue;
      const end = this.search([slot], Infinity);
      if (end >= 0) this.shift(end, slot);
      else this.closeReached();
    }
    this.closed.fill(0);
  }

  /**
   * Moves turns until no chain makes the loads cheaper; returns each lecturer's price: the dearest last turn among those who
   * reach them through exchanges. Dearest first: who is reached in vain then keeps that price for good.
   */
  balance(): Float64Array {
    const price = new Float64Array(this.load.length).fill(-Infinity);
    this.closeOpenSlots(price);
    for (;;) {
      const from = this.dearest();
      if (from < 0) return price;
      const limit = this.lastCost(from);
      const end = this.search([...this.held[from]!], limit, from);
      if (end >= 0) this.shift(end, -1, from);
      else this.closeReached(price, limit);
    }
  }

  /** An open slot may be traded for any filled one: who could take it, and all they reach, have the highest price of all. */
  private closeOpenSlots(price: Float64Array): void {
    const open = [...this.lanes.bySlot.keys()].filter(
      (slot) => this.holder[slot]! < 0 && this.lanes.bySlot[slot]!.length > 0,
    );
    if (open.length === 0) return;
    // Nobody reached here has room, so no chain from an open slot ends anywhere; the price is set once loads are final.
    this.search(open, Infinity);
    for (const [lecturer, mark] of this.mark.entries()) if (mark === this.round) price[lecturer] = Infinity;
  }

  openPrice(): number {
    return this.load.reduce((most, _, lecturer) => Math.max(most, this.lastCost(lecturer)), -Infinity);
  }

  private dearest(): number {
    let [best, bestCost] = [-1, -Infinity];
    for (let lecturer = 0; lecturer < this.load.length; lecturer += 1) {
      if (this.closed[lecturer] === 1) continue;
      const cost = this.lastCost(lecturer);
      if (cost > bestCost) [best, bestCost] = [lecturer, cost];
    }
    return best;
  }

  /** Breadth first from slots to give away; the lecturer with the cheapest next turn below `limit`, or −1. */
  private search(slots: readonly number[], limit: number, from = -1): number {
    this.round += 1;
    if (from >= 0) this.mark[from] = this.round;
    const queue = [...slots];
    let [best, bestCost] = [-1, limit];
    for (let at = 0; at < queue.length; at += 1) {
      const slot = queue[at]!;
      for (const pair of this.lanes.bySlot[slot]!) {
        const lecturer = this.lanes.laneOf[pair]!;
        if (this.mark[lecturer] === this.round || this.closed[lecturer] === 1) continue;
        this.mark[lecturer] = this.round;
        this.reachedBy[lecturer] = slot;
        const cost = this.nextCost(lecturer);
        if (cost < bestCost && cost < limit - slack(limit)) [best, bestCost] = [lecturer, cost];
        for (const next of this.held[lecturer]!) queue.push(next);
      }
    }
    return best;
  }

  private closeReached(price?: Float64Array, limit = 0): void {
    for (const [lecturer, mark] of this.mark.entries()) {
      if (mark !== this.round || this.closed[lecturer] === 1) continue;
      this.closed[lecturer] = 1;
      if (price) price[lecturer] = Math.max(price[lecturer]!, limit);
    }
  }

  private put(slot: number, lecturer: number): void {
    this.holder[slot] = lecturer;
    this.held[lecturer]!.add(slot);
    this.load[lecturer] = this.load[lecturer]! + 1;
  }

  /** Hands turns on along the chain that was found, back to the open slot or the lecturer it began with. */
  private shift(end: number, open: number, from = -1): void {
    this.load[end] = this.load[end]! + 1;
    for (let to = end; to !== from;) {
      const slot = this.reachedBy[to]!;
      const before = this.holder[slot]!;
      if (before >= 0) this.held[before]!.delete(slot);
      this.held[to]!.add(slot);
      this.holder[slot] = to;
      if (slot === open) return;
      to = before;
    }
    this.load[from] = this.load[from]! - 1;
  }
}

function restrictionOf(
  lanes: Lanes,
  price: Float64Array,
  openPrice: number,
): Pick<Relaxed, "restrict" | "slotCost"> {
  const { model, pinnedLoad } = lanes.pairs;
  const priceOf = price.map((value) => (value === Infinity ? openPrice : value));
  const least = lanes.bySlot.map((list) =>
    list.reduce((low, pair) => Math.min(low, priceOf[lanes.laneOf[pair]!]!), Infinity),
  );
  const count = (lecturer: number, below: (cost: number) => boolean) => {
    const { most } = lanes.lanes[lecturer]!;
    let turns = 0;
    while (turns < most && below(marginalCost(model.lecturers[lecturer]!, pinnedLoad[lecturer]! + turns)))
      turns += 1;
    return turns;
  };
  const restrict: Restriction = {
    mayHold: (slot, lecturer) => priceOf[lecturer]! <= least[slot]! + slack(least[slot]!),
    mayOpen: (slot) => lanes.bySlot[slot]!.length === 0 || least[slot]! >= openPrice - slack(openPrice),
    least: Int32Array.from(lanes.lanes, ({ lecturer }) =>
      count(lecturer, (cost) => cost < priceOf[lecturer]! - slack(cost)),
    ),
    most: Int32Array.from(lanes.lanes, ({ lecturer }) =>
      count(lecturer, (cost) => cost <= priceOf[lecturer]! + slack(cost)),
    ),
  };
  return { restrict, slotCost: Float64Array.from(least, (cost) => (Number.isFinite(cost) ? cost : 0)) };
}

/** Values within the tolerance of the aims count as equal. */
function slack(value: number): number {
  return Number.isFinite(value) ? 1e-9 * Math.max(1, Math.abs(value)) : 0;
}
