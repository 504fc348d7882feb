import type { Effect } from "#domain/effects.ts";
import { appTokenOf } from "#base/mapping.ts";
import type { TableKey } from "#base/index.ts";
import type { Ctx } from "../../context.ts";

/** The lane of an effect: one writer a Base (1254291), one sender a chat or person (230020), one hand on the calendar. */
export function laneOf(ctx: Ctx, effect: Effect): string {
  switch (effect.kind) {
    case "record.create":
    case "record.update":
    case "record.delete":
      return `base:${appTokenOf(ctx.workspace.mapping, effect.table as TableKey)}`;
    case "message":
      return "chat" in effect.to ? `chat:${effect.to.chat}` : `person:${effect.to.person}`;
    case "message.update":
      return `update:${effect.of}`;
    case "event.sync":
    case "event.cancel":
      return `calendar:${ctx.workspace.id}`;
    case "document.create":
      return `docs:${ctx.workspace.id}`;
    case "wake":
      return `run:${ctx.workspace.id}`;
  }
}
