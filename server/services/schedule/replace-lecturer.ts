import { and, eq, isNull } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { todo } from "../../db/schema.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { whatIf, type WhatIf } from "./what-if.ts";

/**
 * Replaces a lecturer everywhere: who would speak in each of their sessions to come, the rest of the plan as it is. It works for
 * someone who is still there and for a leaver, whose sessions are open already. Publishing `preview.proposal` carries it out; null
 * when they have nothing to come.
 */
export async function replaceLecturer(ctx: Ctx, input: { lecturer: string }): Promise<WhatIf | null> {
  const opened = await ctx.db
    .select({ session: todo.session, key: todo.key })
    .from(todo)
    .where(and(eq(todo.workspace, ctx.workspace.id), eq(todo.kind, "person-left"), isNull(todo.doneAt)));
  const left = new Set(
    opened.flatMap(({ session, key }) => (session && key.split(":")[1] === input.lecturer ? [session] : [])),
  );
  const mine = (await upcomingSessions(ctx)).filter(
    ({ id, lecturer, state }) =>
      (lecturer === input.lecturer || (!lecturer && left.has(id))) &&
      ["open", "planned", "confirmed"].includes(state ?? "open"),
  );
  if (mine.length === 0) return null;
  // Half-open: the last of them lies inside.
  const span = { from: mine[0]!.start!, to: mine.at(-1)!.start! + 1 };
  const wishes = { reopen: mine.map(({ id }) => id), only: true, keptOut: [{ lecturer: input.lecturer }] };
  return whatIf(ctx, { wishes, span });
}
