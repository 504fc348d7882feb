import type { TodoKind } from "./kinds.ts";

/** What an admin can decide about a matter; the first is the one most often right. */
export const todoChoices = [
  "done",
  "retry",
  "arrived",
  "held",
  "not-held",
  "confirm",
  "nudge",
  "substitute",
  "merge",
  "replay",
  "cancel",
  "approve",
  "refuse",
  "rejoined",
  "without",
  "pause",
] as const;
export type TodoChoice = (typeof todoChoices)[number];

const KEPT: readonly TodoChoice[] = ["merge", "replay", "cancel", "done"];
const BY_KIND: Partial<Record<TodoKind, readonly TodoChoice[]>> = {
  "delivery-failed": ["retry", "done"],
  // Sent again only by a human's word (design.md §3): it may have arrived.
  "delivery-uncertain": ["arrived", "retry", "done"],
  "held-or-not": ["held", "not-held"],
  unconfirmed: ["nudge", "confirm", "substitute", "done"],
  "no-substitute": KEPT,
  unfilled: KEPT,
  "person-left": KEPT,
  absent: ["substitute", "merge", "cancel", "done"],
  "day-off": ["merge", "replay", "cancel", "done"],
  volunteer: ["approve", "refuse"],
  "topic-suggested": ["approve", "refuse"],
};

/** The choices of a matter; nothing but 处理好了 where only the admin knows what was done. */
export function choicesOf(item: { kind: string; detail: Record<string, unknown> }): readonly TodoChoice[] {
  // A tie names several and lays no award before anybody: there is nothing to agree to.
  if (item.kind === "award" && item.detail["award"] && item.detail["why"] !== "tied")
    return ["approve", "refuse"];
  // A chat that was dissolved does not come back.
  if (item.kind === "chat-gone" && item.detail["loss"] === "bot-out")
    return ["rejoined", "without", "pause", "done"];
  if (item.kind === "chat-gone") return ["without", "pause", "done"];
  return BY_KIND[item.kind as TodoKind] ?? ["done"];
}
