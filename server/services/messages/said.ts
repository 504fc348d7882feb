import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { templateIds } from "#domain/messages/templates.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { cardOptions } from "../effects/card-options.ts";
import { trialKey } from "../effects/post.ts";

/** What a card said, for the page beside it. */
export interface Said {
  title: string;
  lines: string[];
  /** Decided since: the card is one line now. */
  settled: boolean;
}

const stored = z.object({ template: z.enum(templateIds), data: z.record(z.string(), z.unknown()) });

/** The newest message whose key begins so, in the reader's language; null when none was ever asked for. */
export async function whatWasSaid(ctx: Ctx, key: string, language: "zh" | "en"): Promise<Said | null> {
  const [row] = await ctx.db
    .select({ key: outbox.key, effect: outbox.effect })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.kind, "message"),
        sql`(starts_with(${outbox.key}, ${key}) or starts_with(${outbox.key}, ${trialKey(key)}))`,
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(1);
  if (!row) return null;
  const { template, data } = stored.parse(row.effect);
  const [settled] = await ctx.db
    .select({ key: outbox.key })
    .from(outbox)
    .where(
      and(eq(outbox.workspace, ctx.workspace.id), sql`starts_with(${outbox.key}, ${`settle:${row.key}:`})`),
    )
    .limit(1);
  const options = { ...cardOptions(ctx), language };
  return { ...ctx.cards.words(template, data, options), settled: settled !== undefined };
}
