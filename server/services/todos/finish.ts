import { and, eq, isNull } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, outbox, todo } from "../../db/schema.ts";
import { isAdmin } from "../people/name.ts";
import { closeTodo } from "./todo.ts";

/** 处理好了: the admin says that a matter is settled. */
export function finishTodo(ctx: Ctx, input: { key: string; person: string }): Promise<PressAnswer> {
  return decideTodo(ctx, input, "done", async () => undefined);
}

/** 再试一次: the delivery goes into the queue again, under the key it had. */
export function retryDelivery(ctx: Ctx, input: { key: string; person: string }): Promise<PressAnswer> {
  return decideTodo(ctx, input, "tried again", async (tx, effect) => {
    await tx.db
      .update(outbox)
      .set({
        state: "due",
        attempts: 0,
        firstTriedAt: null,
        batch: null,
        error: null,
        doneAt: null,
        notBefore: tx.now,
      })
      .where(and(eq(outbox.workspace, tx.workspace.id), eq(outbox.key, effect)));
  });
}

/** 已经到了: what was uncertain has arrived, nothing is sent again. */
export function confirmDelivery(ctx: Ctx, input: { key: string; person: string }): Promise<PressAnswer> {
  return decideTodo(ctx, input, "arrived", async (tx, effect) => {
    await tx.db
      .update(outbox)
      .set({ state: "done", doneAt: tx.now })
      .where(
        and(eq(outbox.workspace, tx.workspace.id), eq(outbox.key, effect), eq(outbox.state, "uncertain")),
      );
  });
}

async function decideTodo(
  ctx: Ctx,
  { key, person }: { key: string; person: string },
  outcome: string,
  work: (tx: Ctx, effect: string) => Promise<void>,
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    if (!(await isAdmin(tx, person)))
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    const [open] = await tx.db
      .select()
      .from(todo)
      .where(and(eq(todo.workspace, tx.workspace.id), eq(todo.key, key), isNull(todo.doneAt)))
      .for("update");
    if (!open) return { toast: { type: "info", text: smallText("saved", language) } };
    await work(tx, String(open.detail["effect"] ?? ""));
    await closeTodo({ ...tx, actor: person }, key, outcome);
    await tx.db.insert(audit).values({
      workspace: tx.workspace.id,
      actor: person,
      action: `todo.${outcome}`,
      target: key,
      at: tx.now,
    });
    return { toast: { type: "success", text: smallText("saved", language) } };
  });
}
