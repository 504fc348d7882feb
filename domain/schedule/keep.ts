import { isChanged } from "./check.ts";
import { conflict } from "./pairs.ts";
import type { Pairs } from "./pairs.ts";
import { PlanState } from "./state.ts";

export interface Kept {
  /** What is left to decide once every pair of the earlier plan that still can be is settled. */
  pairs: Pairs;
  /** Slots with a pin or a candidate: no plan fills more. */
  fillable: number;
}

/**
 * Settles the earlier plan where it still holds. If the rest then fills every fillable slot, it also changes as few as can be
 * (each slot changed had no choice), and every plan equal in both aims keeps these pairs: the problem shrinks without loss.
 * Null without an earlier plan, or where its pairs stand against each other now.
 */
export function keepPrevious(pairs: Pairs): Kept | null {
  const { model } = pairs;
  const state = new PlanState(pairs);
  const kept = new Map<number, number>();
  for (const [slot, list] of pairs.candidates.entries()) {
    const before = list.find((one) => model.previous.has(slot) && !isChanged(model, slot, one.lecturer));
    if (!before) continue;
    if (state.blockers(slot, before.lecturer)?.length !== 0) return null;
    state.put(slot, before.lecturer);
    kept.set(slot, before.lecturer);
  }
  if (kept.size === 0) return null;
  const fillable = model.pinned.size + pairs.candidates.filter((list) => list.length > 0).length;
  return { pairs: settle(pairs, kept, state), fillable };
}

function settle(pairs: Pairs, kept: ReadonlyMap<number, number>, state: PlanState): Pairs {
  const { model } = pairs;
  const room = pairs.room.map((months) => new Map(months));
  for (const [slot, lecturer] of kept) {
    const { month } = state.slot(slot);
    const left = room[lecturer]?.get(month);
    if (left !== undefined) room[lecturer]!.set(month, left - 1);
  }
  const candidates = pairs.candidates.map((list, slot) =>
    kept.has(slot)
      ? []
      : list.filter(({ lecturer }) => {
          const [info, wanted] = [state.lecturer(lecturer), state.slot(slot)];
          if ((room[lecturer]?.get(wanted.month) ?? 1) < 1) return false;
          return state.held[lecturer]!.every((other) => !conflict(info, state.slot(other), wanted));
        }),
  );
  const open = new Set(candidates.flatMap((list, slot) => list.map((one) => pairKey(slot, one.lecturer))));
  return {
    model: { ...model, pinned: new Map([...model.pinned, ...kept]) },
    candidates,
    slotsOf: pairs.slotsOf.map((slots, lecturer) =>
      slots.filter((slot) => open.has(pairKey(slot, lecturer))),
    ),
    room,
    pinnedLoad: pairs.pinnedLoad.map((load, lecturer) => load + state.held[lecturer]!.length),
  };
}

function pairKey(slot: number, lecturer: number): string {
  return `${slot} ${lecturer}`;
}
