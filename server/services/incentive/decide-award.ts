import { and, eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { closePeriod } from "#domain/incentive/close.ts";
import type { Effect } from "#domain/effects.ts";
import { instantAt, localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, award, type AwardState } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { recordMadeBy } from "../records/made.ts";
import { getRecord } from "../records/read.ts";
import { closeTodo } from "../todos/todo.ts";
import { settleCards } from "../turns/settle.ts";
import { awardFacts, type AwardRow } from "./award-facts.ts";
import { enter } from "./close.ts";
import { closeInput } from "./facts.ts";
import { loadRules } from "./load-rules.ts";
import { approvalKey, awardCardKey, awardRecordKey } from "./suggest-award.ts";
import { followTitle } from "./title.ts";

/** 批准 / 这次不授予, from the card. Decided once; the second admin sees what was decided. */
export async function decideAward(
  ctx: Ctx,
  input: { award: string; person: string; approve: boolean },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    if (!(await isAdmin(tx, input.person)))
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    const row = await lockedAward(tx, input.award);
    if (!row) return { toast: { type: "info", text: smallText("tooOld", language) } };
    if (row.state === "suggested") await settleAward(tx, row, input);
    const refused =
      row.state === "suggested" ? !input.approve : row.state === "refused" || row.state === "revoked";
    return { card: { template: "settled", data: { text: decidedText(tx, row, refused) } } };
  });
}

export async function lockedAward(tx: Ctx, key: string): Promise<AwardRow | null> {
  const [row] = await tx.db
    .select()
    .from(award)
    .where(and(eq(award.workspace, tx.workspace.id), eq(award.key, key)))
    .for("update");
  return row ?? null;
}

function decidedText(tx: Ctx, row: AwardRow, refused: boolean): string {
  const text = smallText(refused ? "refused" : "approved", tx.settings.language);
  return tx.settings.language === "zh" ? `「${row.title}」：${text}` : `${row.title}: ${text}`;
}

/** What an admin decided about a suggested award, by card or by hand in the Base. */
export async function settleAward(
  tx: Ctx,
  row: AwardRow,
  { person, approve }: { person: string; approve: boolean },
): Promise<void> {
  const honour = (await loadRules(tx)).findLast(({ id }) => id === row.rule)?.rewardKind === "honour";
  // A title is granted by the word; a training or a coaching once it has been arranged.
  const state: AwardState = !approve ? "refused" : honour ? "granted" : "approved";
  await tx.db
    .update(award)
    .set({ state, approver: person })
    .where(and(eq(award.workspace, tx.workspace.id), eq(award.key, row.key)));
  await tx.db.insert(audit).values({
    workspace: tx.workspace.id,
    actor: person,
    action: `award.${approve ? "approve" : "refuse"}`,
    target: row.key,
    at: tx.now,
  });
  await closeTodo(tx, `award:${row.key}`, state);
  await post(tx, [
    ...(await recordOf(tx, row, state, person)),
    ...(await settleCards(tx, [approvalKey(row.key)], decidedText(tx, row, !approve), state)),
  ]);
  if (!approve) return;
  const { entries } = closePeriod(await closeInput(tx, row.period));
  await enter(
    tx,
    entries.filter(({ key }) => key === row.key),
  );
  await followTitle(tx, row.lecturer);
  await post(tx, await congratulation(tx, row));
}

async function recordOf(tx: Ctx, row: AwardRow, state: AwardState, person: string): Promise<Effect[]> {
  const record = await recordMadeBy(tx, awardRecordKey(row.key));
  if (!record) return [];
  const zone = tx.workspace.timezone;
  const today = instantAt(localDay(tx.now, zone), "00:00", zone);
  return [
    {
      kind: "record.update",
      key: `award-state:${row.key}:${state}`,
      table: "awards",
      record,
      fields: { state, approver: person, ...(state === "refused" ? {} : { from: today }) },
    },
  ];
}

async function congratulation(tx: Ctx, row: AwardRow): Promise<Effect[]> {
  const lecturer = await getRecord(tx, "lecturers", row.lecturer);
  if (!lecturer?.person) return [];
  return [
    {
      kind: "message",
      key: awardCardKey(row.key),
      to: { person: lecturer.person },
      audience: "lecturer",
      template: "award",
      data: await awardFacts(tx, row),
      group: lecturer.groups?.[0],
      useUntil: tx.now + 30 * 86_400_000,
    },
  ];
}
