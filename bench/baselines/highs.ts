import { DateTime } from "luxon";
import type { Highs } from "highs";
import type { PlanProblem } from "#domain/schedule/problem.ts";

/**
 * The plain way, and the planner's independent judge: a second reading of design.md §8 as one integer program, solved aim by
 * aim with gap 0. Clique rows for what rule (e) forbids together, month rows, unary loads. Shares no code with the planner.
 */
export interface PlainPlan {
  /** Slot id → lecturer id. */
  chosen: Record<string, string>;
  /** filled, changed, unfairness, fit; pins included. */
  aims: [number, number, number, number];
  /** Aims proven in turn: 4 = all. */
  proven: number;
}

type Slot = PlanProblem["slots"][number];
type Lecturer = PlanProblem["lecturers"][number];

interface Pair {
  slot: number;
  lecturer: number;
  fit: number;
  changed: number;
}

interface Rows {
  lower: number[];
  upper: number[];
  starts: number[];
  indices: number[];
  values: number[];
}

export function planPlainly(highs: Highs, problem: PlanProblem, seconds = Infinity): PlainPlan {
  const until = performance.now() + seconds * 1000;
  const reading = new Reading(problem);
  const pairs = reading.pairs();
  const rows: Rows = { lower: [], upper: [], starts: [0], indices: [], values: [] };
  const add = (lower: number, upper: number, columns: number[], values = columns.map(() => 1)) => {
    rows.lower.push(lower);
    rows.upper.push(upper);
    rows.indices.push(...columns);
    rows.values.push(...values);
    rows.starts.push(rows.indices.length);
  };
  for (const [slot] of problem.slots.entries()) {
    const columns = pairs.flatMap((pair, at) => (pair.slot === slot ? [at] : []));
    if (columns.length > 1) add(-Infinity, 1, columns);
  }
  const unary: { column: number; cost: number; lecturer: number }[] = [];
  for (const [index, lecturer] of problem.lecturers.entries()) {
    const own = pairs.flatMap((pair, at) => (pair.lecturer === index ? [at] : []));
    own.sort((a, b) => reading.start(pairs[a]!.slot) - reading.start(pairs[b]!.slot));
    reading.cliques(own, pairs, lecturer).forEach((columns) => add(-Infinity, 1, columns));
    reading.months(own, pairs, index).forEach(({ columns, room }) => add(-Infinity, room, columns));
    const most = reading.most(own, pairs, lecturer);
    const pinned = reading.pinnedLoad(index);
    const columns = Array.from({ length: most }, (_, turn) => {
      const before = pinned + turn + lecturer.credit;
      unary.push({
        column: pairs.length + unary.length,
        cost: (2 * before + 1) / lecturer.weight,
        lecturer: index,
      });
      return unary.at(-1)!.column;
    });
    if (own.length > 0) add(0, 0, [...own, ...columns], [...own.map(() => 1), ...columns.map(() => -1)]);
  }
  const size = pairs.length + unary.length;
  const ofPairs = (value: (pair: Pair) => number) =>
    Float64Array.from({ length: size }, (_, at) => (at < pairs.length ? value(pairs[at]!) : 0));
  const unfair = new Float64Array(size);
  for (const { column, cost } of unary) unfair[column] = cost;
  const levels = [
    { cost: ofPairs(() => -1), whole: true },
    { cost: ofPairs((pair) => pair.changed), whole: true },
    { cost: unfair, whole: false },
    { cost: ofPairs((pair) => -pair.fit), whole: false },
  ];
  let start: Float64Array | null = null;
  let proven = 0;
  for (const { cost, whole } of levels) {
    if (!cost.every((value) => value === 0)) {
      const left = (until - performance.now()) / 1000;
      const found: { values: Float64Array | null; optimal: boolean } =
        left > 0.01 ? minimise(highs, cost, rows, start, left) : { values: null, optimal: false };
      start = found.values ?? start;
      if (!found.optimal || !start) break;
      const reached = start.reduce((total, value, at) => total + Math.round(value) * cost[at]!, 0);
      const columns = [...cost.keys()].filter((at) => cost[at] !== 0);
      add(
        -Infinity,
        whole ? reached + 0.25 : reached + 1e-7,
        columns,
        columns.map((at) => cost[at]!),
      );
    }
    proven += 1;
  }
  const chosen = Object.fromEntries(problem.pinned.map((pin) => [pin.slot, pin.lecturer]));
  pairs.forEach((pair, at) => {
    if (start && start[at]! > 0.5)
      chosen[problem.slots[pair.slot]!.id] = problem.lecturers[pair.lecturer]!.id;
  });
  return { chosen, aims: reading.aims(chosen), proven };
}

function minimise(highs: Highs, cost: Float64Array, rows: Rows, start: Float64Array | null, seconds: number) {
  const [numCols, numRows] = [cost.length, rows.lower.length];
  const { starts, indices, values } = rows;
  const model = {
    numCols,
    numRows,
    colCost: cost,
    colLower: new Float64Array(numCols),
    colUpper: new Float64Array(numCols).fill(1),
    rowLower: rows.lower,
    rowUpper: rows.upper,
    matrix: { format: "csr", numRows, numCols, starts, indices, values } as const,
    integrality: new Int32Array(numCols).fill(1),
  };
  return highs.withModel(model, (solver) => {
    solver.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0 });
    if (Number.isFinite(seconds)) solver.options.set("time_limit", seconds);
    if (start) solver.setSolution({ colValue: start });
    solver.run();
    const has = solver.info.get("primal_solution_status") === highs.constants.solutionStatus.feasible;
    return {
      values: has ? solver.getSolution().colValue.map((value) => Math.round(value)) : null,
      optimal: solver.getModelStatus() === highs.constants.modelStatus.optimal,
    };
  });
}

/** Days, months and who may take what, worked out from the document itself. */
class Reading {
  private readonly problem: PlanProblem;
  private readonly local: DateTime[];
  private readonly historyOf: Map<string, DateTime[]>;
  private readonly pinOf: Map<string, string>;
  private readonly before: Map<string, string>;

  constructor(problem: PlanProblem) {
    this.problem = problem;
    const local = (text: string) => DateTime.fromISO(text, { zone: problem.timezone });
    this.local = problem.slots.map((slot) => local(slot.start));
    this.historyOf = new Map();
    for (const { lecturer, start } of problem.history)
      this.historyOf.set(lecturer, [...(this.historyOf.get(lecturer) ?? []), local(start)]);
    this.pinOf = new Map(problem.pinned.map((pin) => [pin.slot, pin.lecturer]));
    this.before = new Map(problem.previous.map((one) => [one.slot, one.lecturer]));
  }

  start(slot: number): number {
    return this.local[slot]!.toMillis();
  }

  private end(slot: number): number {
    return this.start(slot) + this.problem.slots[slot]!.minutes * 60_000;
  }

  private day(at: DateTime): number {
    return Math.round(Date.UTC(at.year, at.month - 1, at.day) / 86_400_000);
  }

  private month(at: DateTime): number {
    return at.year * 12 + at.month;
  }

  private pinsOf(lecturer: Lecturer): number[] {
    return this.problem.slots.flatMap((slot, at) => (this.pinOf.get(slot.id) === lecturer.id ? [at] : []));
  }

  pinnedLoad(lecturer: number): number {
    return this.pinsOf(this.problem.lecturers[lecturer]!).length;
  }

  pairs(): Pair[] {
    const tags = new Map(this.problem.topics.map((topic) => [topic.id, Object.entries(topic.tags)]));
    const minutes = this.problem.slots.map((_, at) => this.minutesOfWeek(at));
    return this.problem.lecturers.flatMap((lecturer, index) => {
      const open = weekOf(lecturer);
      const pins = this.pinsOf(lecturer);
      return this.problem.slots.flatMap((slot, at): Pair[] => {
        if (this.pinOf.has(slot.id) || !lecturer.groups.includes(slot.group)) return [];
        if (!minutes[at]!.every((minute) => open[minute] === 1) || !this.isFree(lecturer, slot, at, pins))
          return [];
        const fits = slot.topics.map((topic) =>
          (tags.get(topic) ?? []).reduce(
            (total, [tag, share]) => total + share * (lecturer.expertise[tag] ?? 0),
            0,
          ),
        );
        const before = this.before.get(slot.id);
        const changed = before !== undefined && before !== lecturer.id ? 1 : 0;
        return [{ slot: at, lecturer: index, fit: fits.length === 0 ? 0 : Math.max(...fits), changed }];
      });
    });
  }

  private minutesOfWeek(slot: number): number[] {
    const from = this.local[slot]!;
    const { minutes } = this.problem.slots[slot]!;
    const place = (at: DateTime) => (at.weekday - 1) * 1440 + at.hour * 60 + at.minute;
    const steady = from.offset === from.plus({ minutes }).offset;
    return Array.from({ length: minutes }, (_, minute) =>
      steady ? (place(from) + minute) % 10_080 : place(from.plus({ minutes: minute })),
    );
  }

  private isFree(lecturer: Lecturer, slot: Slot, at: number, pins: readonly number[]): boolean {
    if (Object.entries(slot.requires).some(([tag, least]) => (lecturer.expertise[tag] ?? 0) < least))
      return false;
    const meets = ({ from, to }: { from: string; to: string }) =>
      from !== to && Date.parse(from) < this.end(at) && this.start(at) < Date.parse(to);
    if (lecturer.busy.some(meets)) return false;
    const starts = [...(this.historyOf.get(lecturer.id) ?? []), ...pins.map((pin) => this.local[pin]!)];
    const gap = Math.max(1, lecturer.minGapDays ?? 0);
    const mine = this.local[at]!;
    if (starts.some((one) => Math.abs(this.day(one) - this.day(mine)) < gap)) return false;
    if (pins.some((pin) => this.start(pin) < this.end(at) && this.start(at) < this.end(pin))) return false;
    const inMonth = starts.filter((one) => this.month(one) === this.month(mine)).length;
    return inMonth < (lecturer.maxPerMonth ?? Infinity);
  }

  private apart(a: number, b: number, lecturer: Lecturer): boolean {
    const days = Math.abs(this.day(this.local[a]!) - this.day(this.local[b]!));
    const meet = this.start(a) < this.end(b) && this.start(b) < this.end(a);
    return days >= Math.max(1, lecturer.minGapDays ?? 0) && !meet;
  }

  /** Maximal sets of slots of which a lecturer may hold one; `own` in time order. */
  cliques(own: readonly number[], pairs: readonly Pair[], lecturer: Lecturer): number[][] {
    const found: number[][] = [];
    let run: number[] = [];
    for (const column of own) {
      const still = run.filter((other) => !this.apart(pairs[other]!.slot, pairs[column]!.slot, lecturer));
      if (still.length < run.length && run.length > 1) found.push(run);
      run = [...still, column];
    }
    return run.length > 1 ? [...found, run] : found;
  }

  months(
    own: readonly number[],
    pairs: readonly Pair[],
    index: number,
  ): { columns: number[]; room: number }[] {
    const lecturer = this.problem.lecturers[index]!;
    if (lecturer.maxPerMonth === undefined) return [];
    const byMonth = new Map<number, number[]>();
    for (const column of own) {
      const month = this.month(this.local[pairs[column]!.slot]!);
      byMonth.set(month, [...(byMonth.get(month) ?? []), column]);
    }
    const taken = [
      ...(this.historyOf.get(lecturer.id) ?? []),
      ...this.pinsOf(lecturer).map((pin) => this.local[pin]!),
    ];
    return [...byMonth].map(([month, columns]) => ({
      columns,
      room: lecturer.maxPerMonth! - taken.filter((one) => this.month(one) === month).length,
    }));
  }

  /** How many turns at most, by taking the earliest each time; long slots make that unsafe, so then all. */
  most(own: readonly number[], pairs: readonly Pair[], lecturer: Lecturer): number {
    if (own.some((column) => this.problem.slots[pairs[column]!.slot]!.minutes >= 1440)) return own.length;
    const byEnd = [...own].sort(
      (a, b) =>
        this.day(this.local[pairs[a]!.slot]!) - this.day(this.local[pairs[b]!.slot]!) ||
        this.end(pairs[a]!.slot) - this.end(pairs[b]!.slot),
    );
    const taken: number[] = [];
    for (const column of byEnd)
      if (taken.every((other) => this.apart(pairs[other]!.slot, pairs[column]!.slot, lecturer)))
        taken.push(column);
    return taken.length;
  }

  aims(chosen: Record<string, string>): PlainPlan["aims"] {
    const { slots, lecturers, topics } = this.problem;
    const tags = new Map(topics.map((topic) => [topic.id, Object.entries(topic.tags)]));
    const byId = new Map(lecturers.map((one) => [one.id, one]));
    const loads = new Map<string, number>();
    let [filled, changed, fit] = [0, 0, 0];
    for (const slot of slots) {
      const id = chosen[slot.id];
      if (id === undefined) continue;
      filled += 1;
      loads.set(id, (loads.get(id) ?? 0) + 1);
      const before = this.before.get(slot.id);
      if (before !== undefined && before !== id) changed += 1;
      const expertise = byId.get(id)!.expertise;
      const fits = slot.topics.map((topic) =>
        (tags.get(topic) ?? []).reduce((total, [tag, share]) => total + share * (expertise[tag] ?? 0), 0),
      );
      fit += fits.length === 0 ? 0 : Math.max(...fits);
    }
    const unfairness = lecturers.reduce(
      (total, one) => total + ((loads.get(one.id) ?? 0) + one.credit) ** 2 / one.weight,
      0,
    );
    return [filled, changed, unfairness, fit];
  }
}

/** One entry a minute of the week: 1 where the lecturer's windows are open; none given = always. */
function weekOf(lecturer: Lecturer): Uint8Array {
  const open = new Uint8Array(10_080);
  if (lecturer.windows.length === 0) return open.fill(1);
  const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  for (const { weekday, from, to } of lecturer.windows)
    open.fill(1, (weekday - 1) * 1440 + minute(from), (weekday - 1) * 1440 + minute(to));
  return open;
}
