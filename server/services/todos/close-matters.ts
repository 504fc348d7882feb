import type { Ctx } from "../../context.ts";
import type { TodoKind } from "./kinds.ts";
import { closeTodo, openTodos } from "./todo.ts";

const KINDS: readonly TodoKind[] = [
  "no-substitute",
  "unfilled",
  "unconfirmed",
  "person-left",
  "absent",
  "day-off",
];

/** An admin's decision about a session settles what was open about it. */
export async function closeMatters(
  tx: Ctx,
  input: { session: string; person: string; outcome: string },
): Promise<void> {
  for (const item of await openTodos(tx))
    if (item.session === input.session && KINDS.includes(item.kind as TodoKind))
      await closeTodo({ ...tx, actor: input.person }, item.key, input.outcome);
}
