import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";

/** What an admin wishes of a plan beside the rules. Slots are named by their key, everything else by record id; instants in ms. */
export interface Wishes {
  /** Who speaks at a slot, whatever the rules say. */
  pinned?: { slot: string; lecturer: string }[];
  /** Who does not: at one slot, between two instants, or in the whole plan. */
  keptOut?: { lecturer: string; slot?: string; from?: number; to?: number }[];
  /** Limits of this plan alone. */
  limits?: { lecturer: string; maxPerMonth?: number; minGapDays?: number }[];
  /**
   * Published sessions that are decided anew, changing as little as possible: all that are neither pinned nor frozen, or those
   * named, whatever their date.
   */
  reopen?: "all" | string[];
  /** Only what is reopened is planned. */
  only?: boolean;
}

const DAY = 86_400_000;

/** Whether a published session is decided anew under these wishes. */
export function isReopened(ctx: Ctx, { reopen }: Wishes, session: Rec<"sessions">): boolean {
  const { id, start, state, change, pinned, lecturer } = session;
  if (!reopen || !start || start <= ctx.now) return false;
  if (reopen !== "all")
    return reopen.includes(id) && ["open", "planned", "confirmed"].includes(state ?? "open");
  const mayMove = ["planned", "confirmed"].includes(state ?? "") && change !== "declined" && !pinned;
  return mayMove && lecturer !== undefined && start > ctx.now + ctx.settings.frozenDays * DAY;
}

/** Spans in which wishes keep a lecturer out. */
export function keptOutSpans(
  { keptOut = [] }: Wishes,
  lecturer: string,
  slots: ReadonlyMap<string, { start: number; minutes: number }>,
  plan: { from: number; to: number },
): { from: number; to: number }[] {
  return keptOut.flatMap((wish) => {
    if (wish.lecturer !== lecturer) return [];
    if (wish.slot === undefined) return [{ from: wish.from ?? plan.from, to: wish.to ?? plan.to }];
    const at = slots.get(wish.slot);
    return at ? [{ from: at.start, to: at.start + at.minutes * 60_000 }] : [];
  });
}
