import type { MessageEffect } from "#domain/effects.ts";
import { addDays, instantAt, localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { adminsOf } from "../people/admins.ts";
import { allRecords } from "../records/read.ts";
import { openTodos } from "../todos/todo.ts";
import { todoLine } from "../todos/words.ts";
import { settleTodos } from "./settle-todos.ts";

const LINES = 4;

/** Each workday morning what waits for each admin, in at most four lines; nothing when there is nothing. */
export async function dailySummary(ctx: Ctx): Promise<{ open: number; sent: number }> {
  const zone = ctx.workspace.timezone;
  const today = localDay(ctx.now, zone);
  await settleTodos(ctx);
  if (!(await workdays(ctx)).is(today)) return { open: 0, sent: 0 };
  return transaction(ctx, async (tx) => {
    const todos = await openTodos(tx);
    const sessions = new Map((await allRecords(tx, "sessions")).map((row) => [row.id, row]));
    const groups = new Map((await allRecords(tx, "groups")).map((row) => [row.id, row]));
    const lines = new Map<string, string[]>();
    // What is near stands first.
    for (const item of [...todos].sort(
      (a, b) => Number(b.urgent) - Number(a.urgent) || a.createdAt - b.createdAt,
    )) {
      const group = item.session ? groups.get(sessions.get(item.session)?.group ?? "") : undefined;
      for (const person of adminsOf(tx, group))
        lines.set(person, [...(lines.get(person) ?? []), todoLine(tx, item)]);
    }
    const sent = await post(
      tx,
      [...lines].map(([person, items]): MessageEffect => ({
        kind: "message",
        key: `admin-daily:${today}:${person}`,
        to: { person },
        audience: "admin",
        template: "admin.daily",
        data: { items: items.slice(0, LINES), more: Math.max(0, items.length - LINES) },
        useUntil: instantAt(addDays(today, 1), "00:00", zone),
      })),
    );
    return { open: todos.length, sent: sent.length };
  });
}
