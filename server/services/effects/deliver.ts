import { z } from "zod";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import type { OutboxRow } from "../../db/outbox.ts";
import { deliverDocument } from "./deliver-document.ts";
import { deliverEventCancel, deliverEventSync } from "./deliver-event.ts";
import { deliverMessage, deliverMessageUpdate } from "./deliver-message.ts";
import { deliverRecords } from "./deliver-record.ts";
import type { Delivered, Item } from "./delivery.ts";

const shape = z.looseObject({ kind: z.string(), key: z.string() });

/** Applies queued effects to Feishu; several rows only for record writes of one table. */
export async function deliver(ctx: Ctx, rows: OutboxRow[]): Promise<Delivered[]> {
  const kind = rows[0]!.kind as Effect["kind"];
  const items = rows.map((row) => ({ row, effect: shape.parse(row.effect) as unknown as Effect }));
  switch (kind) {
    case "record.create":
    case "record.update":
    case "record.delete":
      return deliverRecords(ctx, kind, items as Item<"record.create" | "record.update" | "record.delete">[]);
    case "message":
      return [await deliverMessage(ctx, items[0] as Item<"message">)];
    case "message.update":
      return [await deliverMessageUpdate(ctx, items[0] as Item<"message.update">)];
    case "event.sync":
      return [await deliverEventSync(ctx, items[0] as Item<"event.sync">)];
    case "event.cancel":
      return [await deliverEventCancel(ctx, items[0] as Item<"event.cancel">)];
    case "document.create":
      return [await deliverDocument(ctx, items[0] as Item<"document.create">)];
    case "wake":
      throw new Error(`Queue row ${rows[0]!.key}: wakes are run by the engine`);
  }
}
