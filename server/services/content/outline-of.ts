import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import type { Rec } from "../records/read.ts";
import { outlineKey } from "./start-outline.ts";

/** The outline made for a session's lecturer, if one was asked for. */
export type Outline = { state: "none" | "making" | "failed" } | { state: "ready"; link: string };

const made = z.object({ documentId: z.string() });

export async function outlineOf(ctx: Ctx, session: Rec<"sessions">): Promise<Outline> {
  const prefix = outlineKey(session.id, session.lecturer ?? "", "");
  const [row] = await ctx.db
    .select({ state: outbox.state, result: outbox.result })
    .from(outbox)
    .where(and(eq(outbox.workspace, ctx.workspace.id), sql`starts_with(${outbox.key}, ${prefix})`))
    .orderBy(desc(outbox.id))
    .limit(1);
  if (!row) return { state: "none" };
  if (row.state === "due") return { state: "making" };
  const result = made.safeParse(row.result);
  return row.state === "done" && result.success
    ? { state: "ready", link: ctx.feishu.docs.link(result.data.documentId) }
    : { state: "failed" };
}
