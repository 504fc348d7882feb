import { and, eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { Award } from "#domain/incentive/close.ts";
import type { Effect } from "#domain/effects.ts";
import { instantAt } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { award } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { recordMadeBy } from "../records/made.ts";
import { getRecord } from "../records/read.ts";
import { closeTodo, openTodo } from "../todos/todo.ts";
import { settleCards } from "../turns/settle.ts";
import { awardFacts, type AwardRow } from "./award-facts.ts";

export const awardRecordKey = (key: string) => `award-record:${key}`;
export const approvalKey = (key: string) => `award-approve:${key}`;
export const awardCardKey = (key: string) => `award:${key}`;

/** Lays awards before the admin, each once: a record, a to-do and a card with two buttons. */
export async function suggestAwards(tx: Ctx, awards: Award[]): Promise<number> {
  let fresh = 0;
  for (const one of awards) {
    const until = instantAt(one.until, "00:00", tx.workspace.timezone);
    const [row] = await tx.db
      .insert(award)
      .values({
        workspace: tx.workspace.id,
        key: one.key,
        lecturer: one.lecturer,
        rule: one.rule,
        period: one.period,
        title: one.title,
        evidence: one.evidence,
        state: "suggested",
        at: tx.now,
        until,
      })
      .onConflictDoNothing()
      .returning();
    if (!row) continue;
    fresh++;
    await post(tx, await suggestion(tx, row));
    await openTodo(tx, {
      key: `award:${row.key}`,
      kind: "award",
      record: row.lecturer,
      detail: {
        lecturer: (await getRecord(tx, "lecturers", row.lecturer))?.name ?? "",
        award: row.title,
        period: row.period,
      },
    });
  }
  return fresh;
}

async function suggestion(tx: Ctx, row: AwardRow): Promise<Effect[]> {
  const lecturer = await getRecord(tx, "lecturers", row.lecturer);
  const rule = await getRecord(tx, "rules", row.rule);
  const record: Effect = {
    kind: "record.create",
    key: awardRecordKey(row.key),
    table: "awards",
    fields: {
      label: `${row.period} ${row.title} · ${lecturer?.name ?? ""}`,
      state: "suggested",
      until: row.until,
      lecturer: lecturer?.name,
      lecturerRecord: row.lecturer,
      account: lecturer?.person,
      title: row.title,
      period: row.period,
      evidence: row.evidence,
      rule: rule ? row.rule : undefined,
    },
  };
  const facts = await awardFacts(tx, row);
  return [
    record,
    ...tx.workspace.admins.slice(0, 1).map((person): Effect => ({
      kind: "message",
      key: approvalKey(row.key),
      to: { person },
      audience: "admin",
      template: "award.approve",
      data: { ...facts, reasons: row.evidence },
      useUntil: tx.now + 60 * 86_400_000,
    })),
  ];
}

/** The rule gives it no more: taken back, whether it waited or was granted; an admin's own refusal stays. */
export async function revokeAward(tx: Ctx, key: string): Promise<void> {
  const place = and(eq(award.workspace, tx.workspace.id), eq(award.key, key));
  const [row] = await tx.db.select().from(award).where(place);
  if (!row || row.state === "revoked" || row.state === "refused") return;
  await tx.db.update(award).set({ state: "revoked" }).where(place);
  await closeTodo(tx, `award:${key}`, "revoked");
  const record = await recordMadeBy(tx, awardRecordKey(key));
  const text = smallText("settled", tx.settings.language, {
    outcome: tx.settings.language === "zh" ? "依据有更正，不再需要" : "the facts were corrected",
  });
  await post(tx, [
    ...(record
      ? [
          {
            kind: "record.update",
            key: `award-state:${key}:revoked`,
            table: "awards",
            record,
            fields: { state: "revoked" },
          } satisfies Effect,
        ]
      : []),
    ...(await settleCards(tx, [approvalKey(key)], text, "revoked")),
  ]);
}
