import { and, eq, isNull } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { todo } from "../../db/schema.ts";
import type { NewTodo } from "./kinds.ts";
import { tellUrgent } from "./tell-urgent.ts";

/** Puts a matter before the admin; one that is open already stays as it is, one that was closed opens again. */
export async function openTodo(ctx: Ctx, item: NewTodo): Promise<boolean> {
  const place = and(eq(todo.workspace, ctx.workspace.id), eq(todo.key, item.key));
  const [known] = await ctx.db.select({ doneAt: todo.doneAt }).from(todo).where(place);
  if (known && known.doneAt === null) return false;
  const values = {
    kind: item.kind,
    session: item.session ?? null,
    record: item.record ?? null,
    detail: item.detail,
    urgent: item.urgent ?? false,
    createdAt: ctx.now,
    doneAt: null,
    outcome: null,
    by: null,
  };
  await ctx.db
    .insert(todo)
    .values({ workspace: ctx.workspace.id, key: item.key, ...values })
    .onConflictDoUpdate({ target: [todo.workspace, todo.key], set: values });
  await tellUrgent(ctx, item);
  return true;
}

/** Closes a matter; `by` is a person, or the rule that found it settled. */
export async function closeTodo(ctx: Ctx, key: string, outcome: string): Promise<void> {
  await ctx.db
    .update(todo)
    .set({ doneAt: ctx.now, outcome, by: ctx.actor })
    .where(and(eq(todo.workspace, ctx.workspace.id), eq(todo.key, key), isNull(todo.doneAt)));
}

/** The matter of a chat that nobody can be reached in any more. */
export const chatGoneKey = (chat: string) => `chat-gone:${chat}`;
export const lostChatOf = (key: string) => key.slice(chatGoneKey("").length);

/** Whether a matter is before the admin. */
export async function isOpen(ctx: Ctx, key: string): Promise<boolean> {
  const rows = await ctx.db
    .select({ key: todo.key })
    .from(todo)
    .where(and(eq(todo.workspace, ctx.workspace.id), eq(todo.key, key), isNull(todo.doneAt)));
  return rows.length > 0;
}

/** What waits for the admin, oldest first. */
export function openTodos(ctx: Ctx) {
  return ctx.db
    .select()
    .from(todo)
    .where(and(eq(todo.workspace, ctx.workspace.id), isNull(todo.doneAt)))
    .orderBy(todo.createdAt);
}
