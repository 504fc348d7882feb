import type { MessageEffect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { adminsOf } from "../people/admins.ts";
import { getRecord } from "../records/read.ts";
import type { NewTodo, TodoKind } from "./kinds.ts";
import { todoLine } from "./words.ts";

/** These come with a card of their own: a second message about the same matter would be one too many. */
const OWN_CARD: readonly TodoKind[] = ["no-substitute", "held-or-not", "award", "schedule", "volunteer"];
const DAY = 86_400_000;

/** What happens within 48 hours is told at once (texts.md §5.2); all else waits for the daily summary. */
export async function tellUrgent(ctx: Ctx, item: NewTodo): Promise<void> {
  if (!item.urgent || OWN_CARD.includes(item.kind)) return;
  const session = item.session ? await getRecord(ctx, "sessions", item.session) : null;
  const group = session?.group ? await getRecord(ctx, "groups", session.group) : null;
  await post(
    ctx,
    adminsOf(ctx, group)
      .slice(0, 1)
      .map((person): MessageEffect => ({
        kind: "message",
        key: `urgent:${item.key}:${session?.start ?? ctx.now}`,
        to: { person },
        audience: "admin",
        template: "admin.urgent",
        data: { items: [todoLine(ctx, item)], ...(session?.start ? { start: session.start } : {}) },
        useUntil: session?.start ?? ctx.now + 2 * DAY,
      })),
  );
}
