import type { Ctx } from "../../context.ts";
import { cancelSession } from "./cancel-session.ts";
import { decideHeld } from "./decide-held.ts";
import { viewSession } from "./facts.ts";

/** Several sessions at once, each by the verb of one: what cannot be done stays as it is and is counted. */
export async function changeMany(
  ctx: Ctx,
  input: { sessions: string[]; act: "held" | "not-held" | "cancel"; person: string },
): Promise<{ done: number; refused: number }> {
  let done = 0;
  const sessions = [...new Set(input.sessions)];
  for (const session of sessions) if (await changeOne(ctx, { ...input, session })) done += 1;
  return { done, refused: sessions.length - done };
}

async function changeOne(
  ctx: Ctx,
  { session, act, person }: { session: string; act: "held" | "not-held" | "cancel"; person: string },
): Promise<boolean> {
  if (act === "cancel") return (await cancelSession(ctx, { session, person })).state === "done";
  const view = await viewSession(ctx, session);
  const over = (view?.session.start ?? Infinity) <= ctx.now;
  // Before it has begun nobody can say that a session was held.
  if (!over || !["planned", "confirmed", "submitted"].includes(view?.session.state ?? "")) return false;
  await decideHeld(ctx, { session, person, held: act === "held" });
  return true;
}
