import type { Effect } from "#domain/effects.ts";
import { lecturerAddress } from "#domain/messages/address.ts";
import { instantAt, localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { careNote } from "../../db/schema.ts";
import { adminsOf } from "../people/admins.ts";
import { post } from "../effects/post.ts";
import { getRecord, type Rec } from "../records/read.ts";

const DAY = 86_400_000;

export type CareRow = typeof careNote.$inferSelect;
export const careRecordKey = (key: string) => `care-record:${key}`;
export const careCardKey = (key: string, n: 1 | 2) => `care:${key}:${n}`;
export const outcomeCardKey = (key: string) => `care-outcome:${key}`;

/** Opens a note about a lecturer for the manager, or the admin by setting or where no manager is known. */
export async function openNote(
  tx: Ctx,
  lecturer: Rec<"lecturers">,
  reasons: { zh: string[]; en: string[] },
): Promise<boolean> {
  const group = lecturer.groups?.[0] ? await getRecord(tx, "groups", lecturer.groups[0]) : null;
  const manager = tx.settings.careTo === "manager" ? lecturer.manager : undefined;
  const recipient = manager ?? adminsOf(tx, group)[0];
  if (!recipient) return false;
  const zone = tx.workspace.timezone;
  const key = `${lecturer.id}.${localDay(tx.now, zone)}`;
  const [row] = await tx.db
    .insert(careNote)
    .values({
      workspace: tx.workspace.id,
      key,
      lecturer: lecturer.id,
      recipient,
      reasons: { zh: reasons.zh.join(";"), en: reasons.en.join("; ") },
      sentence: standardSentence(tx, lecturer.name ?? ""),
      state: "open",
      raisedAt: tx.now,
      expiresAt: tx.now + tx.settings.careExpiresDays * DAY,
    })
    .onConflictDoNothing()
    .returning();
  if (!row) return false;
  const day = (at: number) => instantAt(localDay(at, zone), "00:00", zone);
  const record: Effect = {
    kind: "record.create",
    key: careRecordKey(key),
    table: "careNotes",
    fields: {
      label: `${localDay(tx.now, zone)} ${lecturer.name ?? ""}`,
      state: "open",
      raised: day(tx.now),
      expires: day(row.expiresAt),
      lecturer: lecturer.name,
      lecturerRecord: lecturer.id,
      account: lecturer.person,
      manager: manager,
      reasons: row.reasons[tx.settings.language],
      sentence: row.sentence,
    },
  };
  await post(tx, [record, await careCard(tx, row, 1)]);
  return true;
}

/** The sentence as it stands before anyone edits it (texts.md §3.13). */
export function standardSentence(ctx: Ctx, name: string): string {
  const address = lecturerAddress(name, ctx.settings.language);
  return ctx.settings.language === "zh"
    ? `${address},最近是不是没时间分享?需要我帮你找素材或调整日程吗?`
    : `${address}, have you been short of time lately? Shall I help you find material or move your date?`;
}

/** The card to the manager or admin; the second is the one repeat. */
export async function careCard(ctx: Ctx, row: CareRow, n: 1 | 2): Promise<Effect> {
  const lecturer = await getRecord(ctx, "lecturers", row.lecturer);
  const isManager = lecturer?.manager === row.recipient;
  return {
    kind: "message",
    key: careCardKey(row.key, n),
    to: { person: row.recipient },
    audience: isManager ? "manager" : "admin",
    template: "care",
    data: careFacts(ctx, row, lecturer),
    group: lecturer?.groups?.[0],
    useUntil: row.expiresAt,
  };
}

export function careFacts(ctx: Ctx, row: CareRow, lecturer: Rec<"lecturers"> | null) {
  return {
    care: row.key,
    lecturer: lecturer?.name,
    reasons: row.reasons[ctx.settings.language],
    sentence: row.sentence,
  };
}
