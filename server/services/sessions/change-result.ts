import type { Ctx } from "../../context.ts";
import type { Conflict } from "../schedule/conflicts.ts";
import type { SessionView } from "./facts.ts";

/** What came of an admin's change. Only `done` changed anything. */
export type ChangeResult =
  /** `text`: what was decided, in the workspace's language. */
  | { state: "done"; text: string }
  /** What stands against it. `final`: it cannot be; else the same call with `despite: true` does it all the same. */
  | { state: "conflicts"; conflicts: Conflict[]; final: boolean }
  /** It is not what the admin looked at any more, or is being changed by someone else this moment: look again. */
  | { state: "stale" }
  /** Gone, held or over: nothing to change. */
  | { state: "settled" };

/** What the admin saw when deciding; a session that differs by now is not touched. */
export interface Seen {
  start?: number;
  /** Record id; null = nobody. */
  lecturer?: string | null;
}

export const seenStill = ({ session }: SessionView, seen: Seen = {}): boolean =>
  (seen.start === undefined || seen.start === session.start) &&
  (seen.lecturer === undefined || seen.lecturer === (session.lecturer ?? null));

/** Still to come, and not called off. */
export const isToCome = (ctx: Ctx, { session }: SessionView): boolean =>
  session.start !== undefined &&
  session.start > ctx.now &&
  ["open", "planned", "confirmed", "submitted"].includes(session.state ?? "open");
