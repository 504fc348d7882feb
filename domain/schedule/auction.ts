import type { Level } from "./lagrange.ts";
import { Sequences } from "./sequences.ts";

/** Sequences worked out per lecturer on average: a count, so that equal input gives equal output. */
const effort = 80;
/** What a bid raises the price of a slot by, from first to last, in units of gain. */
const bids = { first: 0.004, last: 0.06 };
/** Lecturers asked again when nobody wants a slot. */
const asked = 3;

/**
 * Sequences by auction: each lecturer in turn takes their best sequence at the prices, may take slots from others, and raises
 * their prices; who lost one chooses again. Slots that nobody takes become cheaper. By slot: the pair that holds it, or −1.
 * `turnWorth` is what so many turns are worth to a lane.
 */
export function bidSequences(
  level: Level,
  worth: Float64Array,
  turnWorth: (lane: number, turns: number) => number,
): Int32Array {
  const auction = new Auction(level, worth, turnWorth);
  auction.run();
  return auction.heldBy;
}

class Auction {
  readonly heldBy: Int32Array;
  private readonly level: Level;
  private readonly worth: Float64Array;
  private readonly turnWorth: (lane: number, turns: number) => number;
  /** By slot: what bids have added to its price. */
  private readonly raised: Float64Array;
  private readonly queue: number[] = [];
  private readonly waiting: Uint8Array;
  private readonly sequences = new Sequences();
  private readonly values: Float64Array;
  private bid = bids.first;

  constructor(level: Level, worth: Float64Array, turnWorth: (lane: number, turns: number) => number) {
    this.level = level;
    this.worth = worth;
    this.turnWorth = turnWorth;
    const { lanes } = level;
    this.heldBy = new Int32Array(lanes.bySlot.length).fill(-1);
    this.raised = new Float64Array(lanes.bySlot.length);
    this.waiting = new Uint8Array(lanes.lanes.length);
    this.values = new Float64Array(lanes.lanes.reduce((most, lane) => Math.max(most, lane.length), 0));
  }

  run(): void {
    const { lanes, most } = this.level;
    const rounds = effort * lanes.lanes.length;
    for (const { lecturer } of lanes.lanes) if (most[lecturer]! > 0) this.enqueue(lecturer);
    let at = 0;
    for (let round = 0; round < rounds; round += 1) {
      if (at === this.queue.length && !this.askForOpen()) return;
      const lane = this.queue[at]!;
      at += 1;
      this.waiting[lane] = 0;
      this.choose(lane, this.bid);
      this.bid = bids.first * (bids.last / bids.first) ** (round / rounds);
    }
    // Out of rounds: the others take what is free beside what they hold.
    for (; at < this.queue.length; at += 1) this.choose(this.queue[at]!, Infinity);
  }

  private enqueue(lane: number): void {
    if (this.waiting[lane] === 1) return;
    this.waiting[lane] = 1;
    this.queue.push(lane);
  }

  /** A lecturer's best sequence now; what it takes from others costs a bid, and nothing is taken at an infinite one. */
  private choose(index: number, bid: number): void {
    const { lanes } = this.level;
    const { first, length } = lanes.lanes[index]!;
    for (let at = 0; at < length; at += 1) {
      const slot = lanes.slotOf[first + at]!;
      const holder = this.heldBy[slot]!;
      const outbid = holder >= 0 && lanes.laneOf[holder] !== index ? Math.min(bid, 1e9) : 0;
      this.values[at] = this.worth[first + at]! - this.raised[slot]! - outbid;
    }
    const turns = this.bestTurns(index);
    if (turns < 0) return;
    const wanted = new Set<number>();
    this.sequences.trace(turns, (at) => wanted.add(first + at));
    for (let pair = first; pair < first + length; pair += 1)
      if (this.heldBy[lanes.slotOf[pair]!] === pair && !wanted.has(pair))
        this.heldBy[lanes.slotOf[pair]!] = -1;
    for (const pair of wanted) this.take(pair, bid);
  }

  private take(pair: number, bid: number): void {
    const { lanes } = this.level;
    const slot = lanes.slotOf[pair]!;
    const holder = this.heldBy[slot]!;
    if (holder === pair || (holder >= 0 && bid === Infinity)) return;
    if (holder >= 0) {
      this.raised[slot]! += bid;
      this.enqueue(lanes.laneOf[holder]!);
    }
    this.heldBy[slot] = pair;
  }

  private bestTurns(index: number): number {
    const { lanes, least, most } = this.level;
    this.sequences.fill(lanes.lanes[index]!, this.values, most[index]!);
    let [turns, best] = [-1, -Infinity];
    for (let count = least[index]!; count <= most[index]!; count += 1) {
      const value = this.sequences.best(count) + this.turnWorth(index, count);
      if (value > best) [turns, best] = [count, value];
    }
    return turns;
  }

  /** Slots nobody holds become cheaper, and those they suit best choose again. False when there are none. */
  private askForOpen(): boolean {
    const { lanes, must } = this.level;
    for (const [slot, list] of lanes.bySlot.entries()) {
      if (must[slot] === 0 || this.heldBy[slot]! >= 0 || list.length === 0) continue;
      this.raised[slot]! -= this.bid;
      const best = [...list].sort((a, b) => this.worth[b]! - this.worth[a]! || a - b).slice(0, asked);
      for (const pair of best) this.enqueue(lanes.laneOf[pair]!);
    }
    return this.waiting.includes(1);
  }
}
