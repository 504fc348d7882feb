import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";
import { sessionFacts, type SessionView } from "../sessions/facts.ts";

/** No swap: who asked keeps the turn, and is shown the other ways. */
export function tellKept(
  tx: Ctx,
  mine: SessionView,
  peer: Rec<"lecturers"> | null,
  askedAt: number,
): Effect[] {
  const { session, group } = mine;
  if (!session.account) return [];
  return [
    {
      kind: "message",
      key: `swap-kept:${session.id}:${peer?.id ?? ""}:${askedAt}`,
      to: { person: session.account },
      audience: "lecturer",
      template: "swap.kept",
      data: { ...sessionFacts(tx, mine), peer: peer?.name },
      group: group?.id,
      session: session.id,
      while: ["planned", "confirmed"],
      useUntil: session.start!,
    },
  ];
}
