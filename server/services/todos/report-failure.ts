import type { Ctx } from "../../context.ts";
import type { OutboxRow } from "../../db/outbox.ts";
import { chatGoneKey, isOpen, openTodo } from "./todo.ts";

/** A delivery that ended badly becomes the admin's to-do: what it was, why, and that it can be tried again. */
export async function reportFailure(
  ctx: Ctx,
  row: OutboxRow,
  state: "failed" | "uncertain",
  why: string,
): Promise<void> {
  // The chat itself is before the admin already: one notice, not one a message.
  if (row.kind === "message" && row.person && (await isOpen(ctx, chatGoneKey(row.person)))) return;
  await openTodo(ctx, {
    key: `delivery:${row.key}`,
    kind: state === "failed" ? "delivery-failed" : "delivery-uncertain",
    ...(row.session ? { session: row.session } : {}),
    detail: { effect: row.key, kind: row.kind, template: row.template ?? "", why },
  });
}
