import { and, eq, isNull } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { outbox, turn } from "../../db/schema.ts";
import { workdays, type Workdays } from "../calendar/workdays.ts";
import { trialKey, post } from "../effects/post.ts";
import { sessionFacts, viewSession, type SessionView } from "../sessions/facts.ts";
import { openTodo } from "../todos/todo.ts";
import { inviteKey, offeredAgain } from "./offer.ts";

type Row = typeof turn.$inferSelect;

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

async function followUp(ctx: Ctx, row: Row): Promise<"asked" | "handed over" | null> {
  const view = await viewSession(ctx, row.session);
  const start = view?.session.start;
  if (!view || !start || start <= ctx.now || view.session.state !== "planned") return null;
  if (view.session.lecturer !== row.lecturer || !view.session.account || view.session.change === "declined")
    return null;
  const again = await offeredAgain(ctx, row, start);
  const invitedAt = await sentAt(ctx, inviteKey({ ...row, start }) + again);
  const days = await workdays(ctx);
  if (invitedAt === null) return (await neverInvited(ctx, view, days)) ? handOver(ctx, row, view) : null;
  const since = days.between(invitedAt, ctx.now);
  const left = days.between(ctx.now, start);
  const { followUpFirstWorkdays, followUpSecondWorkdays, followUpGapHours, unconfirmedWorkdays } =
    ctx.settings;
  if (since >= followUpSecondWorkdays + 1 || (left <= unconfirmedWorkdays && since >= 1) || left < 1) {
    return handOver(ctx, row, view);
  }
  const n = since >= followUpSecondWorkdays ? 2 : since >= followUpFirstWorkdays ? 1 : 0;
  const longEnough = row.lastAskedAt === null || ctx.now - row.lastAskedAt >= followUpGapHours * 3_600_000;
  if (n === 0 || n <= row.followUps || !longEnough) return null;
  const effect: Effect = {
    kind: "message",
    key: `confirm:${row.session}:${row.lecturer}:${start}:${n}${again}`,
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

/** The admin decides; the turn stays with its lecturer until then. */
async function handOver(ctx: Ctx, row: Row, view: SessionView): Promise<"handed over" | null> {
  const start = view.session.start!;
  const fresh = await openTodo(ctx, {
    key: `unconfirmed:${row.session}:${row.lecturer}:${start}`,
    kind: "unconfirmed",
    session: row.session,
    detail: { lecturer: view.lecturer?.name ?? "", label: view.session.label ?? "", start },
    urgent: start - ctx.now <= ctx.settings.adminUrgentHours * 3_600_000,
  });
  return fresh ? "handed over" : null;
}

/** No card reached the lecturer (opted out, switched off, not to be reached): near the date a human must know. */
async function neverInvited(ctx: Ctx, { session, group }: SessionView, days: Workdays): Promise<boolean> {
  if (!group || !ctx.workspace.live.includes(group.id)) return false;
  return days.between(ctx.now, session.start!) < ctx.settings.unconfirmedWorkdays;
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
