import { and, eq, inArray } from "drizzle-orm";
import { closePeriod, type CloseResult, type Entry } from "#domain/incentive/close.ts";
import { periodWords } from "#domain/messages/dates.ts";
import { toHundredths } from "#domain/numbers.ts";
import { localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, award, ledger, periodClose } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { allRecords } from "../records/read.ts";
import { closeTodo, openTodo } from "../todos/todo.ts";
import { isNthWorkday, periodsBefore } from "./due-periods.ts";
import { closeInput } from "./facts.ts";
import { ledgerCopies } from "./ledger-copy.ts";
import { loadRules } from "./load-rules.ts";
import { revokeAward, suggestAwards } from "./suggest-award.ts";
import { tellReversals } from "./tell-corrections.ts";

/** On the closing workday the month before is closed, in a quarter's first month the quarter too; the workday before it is shown. */
export async function closeDue(ctx: Ctx, slot: number): Promise<{ closed: string[]; previewed: string[] }> {
  const zone = ctx.workspace.timezone;
  const days = await workdays(ctx);
  const done = { closed: [] as string[], previewed: [] as string[] };
  const periods = periodsBefore(localDay(slot, zone));
  if (isNthWorkday(days, slot, ctx.settings.closeWorkday - 1, zone) && ctx.settings.closeWorkday > 1)
    for (const period of periods) if (await previewClose(ctx, period)) done.previewed.push(period);
  if (isNthWorkday(days, slot, ctx.settings.closeWorkday, zone))
    for (const period of periods) {
      await closeOne(ctx, period);
      done.closed.push(period);
    }
  return done;
}

/** Closes a period, or a closed one anew after a correction: the ledger is only added to. */
export async function closeOne(ctx: Ctx, period: string): Promise<{ entries: number; awards: number }> {
  return transaction(ctx, async (tx) => {
    const first = await tx.db
      .insert(periodClose)
      .values({ workspace: tx.workspace.id, period, at: tx.now })
      .onConflictDoNothing()
      .returning({ period: periodClose.period });
    // Two at once would both write #2 of the same grant.
    await tx.db
      .select({ at: periodClose.at })
      .from(periodClose)
      .where(and(eq(periodClose.workspace, tx.workspace.id), eq(periodClose.period, period)))
      .for("update");
    const result = closePeriod(await closeInput(tx, period));
    const waiting = new Set(result.awards.filter(({ state }) => state === "suggested").map(({ key }) => key));
    // What comes with an award is entered when a human has confirmed it (design.md §6).
    const entries = result.entries.filter(({ key }) => !waiting.has(key));
    const fresh = await enter(tx, entries);
    const awards = await followAwards(tx, period, result);
    if (first.length === 0) await tellReversals(tx, fresh);
    if (first.length > 0) {
      await openTies(tx, period, result);
      await closeTodo(tx, `close-preview:${period}`, "closed");
    }
    if (first.length > 0 || fresh.length > 0)
      await tx.db.insert(audit).values({
        workspace: tx.workspace.id,
        actor: tx.actor,
        action: first.length > 0 ? "period.close" : "period.correct",
        target: period,
        detail: { entries: fresh.length, awards },
        at: tx.now,
      });
    return { entries: fresh.length, awards };
  });
}

/** Writes entries that are not there yet, and their copies in the Base. */
export async function enter(tx: Ctx, entries: Entry[]): Promise<Entry[]> {
  if (entries.length === 0) return [];
  const made = await tx.db
    .insert(ledger)
    .values(
      entries.map((entry) => ({
        workspace: tx.workspace.id,
        key: entry.key,
        kind: entry.kind,
        lecturer: entry.lecturer,
        period: entry.period,
        points: toHundredths(entry.points),
        rule: entry.rule,
        ruleVersion: entry.version,
        reason: entry.reason,
        session: entry.source === entry.period ? null : entry.source,
        reverses: entry.reverses,
        at: tx.now,
        by: tx.actor,
      })),
    )
    .onConflictDoNothing()
    .returning({ key: ledger.key });
  const keys = new Set(made.map(({ key }) => key));
  const fresh = entries.filter(({ key }) => keys.has(key));
  await post(tx, await ledgerCopies(tx, [...keys]));
  return fresh;
}

/** New suggestions go to the admin; what is due no more is taken back, whether it was granted or still waited. */
async function followAwards(tx: Ctx, period: string, { awards }: CloseResult): Promise<number> {
  const suggested = awards.filter(({ state }) => state === "suggested");
  const revoked = awards.filter(({ state }) => state === "revoked");
  for (const { key } of revoked) await revokeAward(tx, key);
  const due = new Set(suggested.map(({ key }) => key));
  const waiting = await tx.db
    .select({ key: award.key })
    .from(award)
    .where(
      and(
        eq(award.workspace, tx.workspace.id),
        eq(award.period, period),
        inArray(award.state, ["suggested"]),
      ),
    );
  for (const { key } of waiting) if (!due.has(key)) await revokeAward(tx, key);
  return suggestAwards(tx, suggested);
}

/** At the cut and not to be told apart: one matter a rule, with all their names, for the admin to decide. */
async function openTies(tx: Ctx, period: string, { skipped }: CloseResult): Promise<void> {
  const tied = new Map<string, string[]>();
  for (const { rule = "", lecturer, why } of skipped)
    if (lecturer && why.includes("tied at the cut")) tied.set(rule, [...(tied.get(rule) ?? []), lecturer]);
  if (tied.size === 0) return;
  const names = new Map((await allRecords(tx, "lecturers")).map(({ id, name }) => [id, name ?? ""]));
  const rules = await loadRules(tx);
  for (const [rule, lecturers] of tied) {
    const { reward, name } = rules.findLast(({ id }) => id === rule) ?? {};
    await openTodo(tx, {
      key: `award-tie:${period}:${rule}`,
      kind: "award",
      detail: {
        period: periodWords(period, tx.settings.language),
        award: reward ?? name ?? rule,
        lecturers: lecturers.map((id) => names.get(id)).join(tx.settings.language === "zh" ? "、" : ", "),
        why: "tied",
      },
    });
  }
}

/** What the close will do, for the admin to look at the workday before. */
async function previewClose(ctx: Ctx, period: string): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const { entries, awards } = closePeriod(await closeInput(tx, period));
    if (entries.length === 0 && awards.length === 0) return false;
    return openTodo(tx, {
      key: `close-preview:${period}`,
      kind: "close-preview",
      detail: {
        period,
        entries: entries.length,
        lecturers: new Set(entries.map(({ lecturer }) => lecturer)).size,
        points: Math.round(entries.reduce((total, { points }) => total + points, 0) * 100) / 100,
        awards: awards.length,
      },
    });
  });
}
