import type { Ctx } from "../../context.ts";
import { getRecord, type Rec } from "../records/read.ts";
import { closeTodo, openTodos } from "../todos/todo.ts";

/** Matters of a session to come. */
const SESSION_KINDS = [
  "unconfirmed",
  "no-substitute",
  "unfilled",
  "person-left",
  "volunteer",
  "absent",
  "day-off",
];
type Session = Rec<"sessions"> | null;

/** Matters that have settled themselves leave the list: a card answered, a session cancelled, a date gone by. */
export async function settleTodos(ctx: Ctx): Promise<{ settled: number }> {
  let settled = 0;
  for (const { key, kind, session: id, detail } of await openTodos(ctx)) {
    if (!id) continue;
    const session = await getRecord(ctx, "sessions", id);
    const why = settledBy(ctx, kind, session, detail["start"]);
    if (why === null) continue;
    await closeTodo(ctx, key, why);
    settled++;
  }
  return { settled };
}

function settledBy(ctx: Ctx, kind: string, session: Session, start: unknown): string | null {
  if (!session) return "the session is gone";
  const { state = "open" } = session;
  if (kind === "held-or-not") return ["delivered", "rated", "cancelled"].includes(state) ? state : null;
  if (!SESSION_KINDS.includes(kind)) return null;
  if (state === "cancelled") return state;
  if (typeof start === "number" && session.start !== start) return "moved";
  if ((session.start ?? Infinity) <= ctx.now) return "its time has come";
  if (kind === "unconfirmed") return state === "planned" && session.change !== "declined" ? null : state;
  if (kind === "no-substitute")
    return state === "planned" && session.change === "declined" ? null : "someone speaks";
  if (kind === "absent") return session.change === "declined" ? "a substitute is being looked for" : null;
  return session.lecturer && kind !== "volunteer" && kind !== "day-off" ? "someone speaks" : null;
}
