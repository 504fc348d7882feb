import { and, eq, sql } from "drizzle-orm";
import { messageDefaults } from "#base/defaults/texts.ts";
import type { RowOf } from "#base/index.ts";
import { writeMessageText } from "#domain/messages/text-form.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { messageCells } from "../admin/message-cells.ts";
import { recordsAsSaved } from "../records/pending.ts";
import { readerOf, type Reader } from "./readers.ts";

export interface MessageView {
  /** Record id of the row. */
  record: string;
  template: TemplateId;
  name: string;
  to: Reader;
  on: boolean;
  /** `HH:mm`; null where the message has no time of its own. */
  time: string | null;
  days: number | null;
  text: string;
  textEn: string;
  /** As it stood on day one, for 恢复默认. */
  standard: { text: string; textEn: string; time: string | null; days: number | null };
  problem: string | null;
  /** When it last went out, ms. */
  lastSent: number | null;
  pending: boolean;
}

/** 消息与提醒: every message with its switch and words, and when it last went out. */
export async function listMessages(ctx: Ctx): Promise<MessageView[]> {
  const cells = await messageCells(ctx);
  const saved = new Map((await recordsAsSaved(ctx, "messages")).map((row) => [row.id, row]));
  const sent = await lastSent(ctx);
  return messageDefaults.flatMap(({ id, row, name, text, time, days }): MessageView[] => {
    // Of doubled rows the first counts (message-rows.ts).
    const found = row ? cells.find((cell) => (cell.row.id ?? "").trim() === id) : undefined;
    if (!found) return [];
    // Only the field `id` is hidden by the record's own; the others are as they were saved.
    const now = (saved.get(found.record) ?? found.row) as RowOf<"messages"> & { pending?: boolean };
    const standard = {
      text: writeMessageText(text.zh),
      textEn: writeMessageText(text.en),
      time: time ?? null,
      days: days ?? null,
    };
    return [
      {
        record: found.record,
        template: id,
        name: now.name ?? name[ctx.settings.language],
        to: readerOf(id),
        on: now.on,
        time: now.time ?? standard.time,
        days: now.days ?? standard.days,
        text: now.text ?? standard.text,
        textEn: now.textEn ?? standard.textEn,
        standard,
        problem: now.problem ?? null,
        lastSent: sent.get(id) ?? null,
        pending: now.pending ?? false,
      },
    ];
  });
}

async function lastSent(ctx: Ctx): Promise<Map<string, number>> {
  const rows = await ctx.db
    .select({ template: outbox.template, at: sql<string>`max(done_at)` })
    .from(outbox)
    .where(and(eq(outbox.workspace, ctx.workspace.id), eq(outbox.state, "done"), eq(outbox.kind, "message")))
    .groupBy(outbox.template);
  return new Map(rows.flatMap(({ template, at }) => (template ? [[template, Number(at)] as const] : [])));
}
