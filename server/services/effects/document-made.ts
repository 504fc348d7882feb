import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";

/** Where a document that somebody asked for is. */
export type DocumentMade = { state: "none" | "making" | "failed" } | { state: "ready"; link: string };

const made = z.object({ documentId: z.string() });

/** The newest `document.create` whose key begins so. */
export async function documentMade(ctx: Ctx, key: string): Promise<DocumentMade> {
  const [row] = await ctx.db
    .select({ state: outbox.state, result: outbox.result })
    .from(outbox)
    .where(and(eq(outbox.workspace, ctx.workspace.id), sql`starts_with(${outbox.key}, ${key})`))
    .orderBy(desc(outbox.id))
    .limit(1);
  if (!row) return { state: "none" };
  if (row.state === "due") return { state: "making" };
  const result = made.safeParse(row.result);
  return row.state === "done" && result.success
    ? { state: "ready", link: ctx.feishu.docs.link(result.data.documentId) }
    : { state: "failed" };
}
