import { and, eq, isNull } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { outbox, turn } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { trialKey, post } from "../effects/post.ts";
import { sessionFacts, viewSession } from "../sessions/facts.ts";
import { openTodo } from "../todos/todo.ts";
import { inviteKey } from "./offer.ts";

/**
 * The ladder of texts.md §5.4: a question after 2 and after 4 workdays, never less than 24 h apart, then the admin decides,
 * at the latest 5 workdays before. The turn itself stays: silence gives nothing away.
 */
export async function followUpTurns(ctx: Ctx): Promise<{ asked: number; handedOver: number }> {
  const open = await ctx.db
    .select()
    .from(turn)
    .where(and(eq(turn.workspace, ctx.workspace.id), isNull(turn.answer)));
  let asked = 0;
  let handedOver = 0;
  for (const row of open) {
    const outcome = await transaction(ctx, (tx) => followUp(tx, row));
    if (outcome === "asked") asked++;
    if (outcome === "handed over") handedOver++;
  }
  return { asked, handedOver };
}

async function followUp(ctx: Ctx, row: typeof turn.$inferSelect): Promise<"asked" | "handed over" | null> {
  const view = await viewSession(ctx, row.session);
  const start = view?.session.start;
  if (!view || !start || start <= ctx.now || view.session.state !== "planned") return null;
  if (view.session.lecturer !== row.lecturer || !view.session.account || view.session.change === "declined")
    return null;
  const invitedAt = await sentAt(ctx, inviteKey(row.session, row.lecturer, start));
  if (invitedAt === null) return null;
  const days = await workdays(ctx);
  const since = days.between(invitedAt, ctx.now);
  const left = days.between(ctx.now, start);
  const { followUpFirstWorkdays, followUpSecondWorkdays, followUpGapHours, unconfirmedWorkdays } =
    ctx.settings;
  if (since >= followUpSecondWorkdays + 1 || (left <= unconfirmedWorkdays && since >= 1) || left < 1) {
    const fresh = await openTodo(ctx, {
      key: `unconfirmed:${row.session}:${row.lecturer}:${start}`,
      kind: "unconfirmed",
      session: row.session,
      detail: { lecturer: view.lecturer?.name ?? "", label: view.session.label ?? "", start },
      urgent: start - ctx.now <= ctx.settings.adminUrgentHours * 3_600_000,
    });
    return fresh ? "handed over" : null;
  }
  const n = since >= followUpSecondWorkdays ? 2 : since >= followUpFirstWorkdays ? 1 : 0;
  const longEnough = row.lastAskedAt === null || ctx.now - row.lastAskedAt >= followUpGapHours * 3_600_000;
  if (n === 0 || n <= row.followUps || !longEnough) return null;
  const effect: Effect = {
    kind: "message",
    key: `confirm:${row.session}:${row.lecturer}:${start}:${n}`,
    to: { person: view.session.account },
    audience: "lecturer",
    template: n === 2 ? "confirm.last" : "confirm.follow",
    data: sessionFacts(ctx, view),
    group: view.group?.id,
    session: row.session,
    while: ["planned"],
    useUntil: start,
  };
  await post(ctx, [effect]);
  await ctx.db
    .update(turn)
    .set({ followUps: n, lastAskedAt: ctx.now, invitedAt })
    .where(
      and(
        eq(turn.workspace, ctx.workspace.id),
        eq(turn.session, row.session),
        eq(turn.lecturer, row.lecturer),
      ),
    );
  return "asked";
}

/** When a message went out for real; null while it has not. */
async function sentAt(ctx: Ctx, key: string): Promise<number | null> {
  const rows = await ctx.db
    .select({ key: outbox.key, state: outbox.state, doneAt: outbox.doneAt })
    .from(outbox)
    .where(and(eq(outbox.workspace, ctx.workspace.id), eq(outbox.key, key)));
  const trial = rows.length === 0 ? await sentTrial(ctx, key) : [];
  return [...rows, ...trial].find(({ state }) => state === "done")?.doneAt ?? null;
}

function sentTrial(ctx: Ctx, key: string) {
  return ctx.db
    .select({ key: outbox.key, state: outbox.state, doneAt: outbox.doneAt })
    .from(outbox)
    .where(and(eq(outbox.workspace, ctx.workspace.id), eq(outbox.key, trialKey(key))));
}
