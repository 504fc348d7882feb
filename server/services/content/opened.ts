import { and, countDistinct, eq } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { opened } from "../../db/schema.ts";

/** How many people have opened the material of a session. */
export async function openedBy(ctx: Ctx, session: string): Promise<number> {
  const [row] = await ctx.db
    .select({ n: countDistinct(opened.person) })
    .from(opened)
    .where(and(eq(opened.workspace, ctx.workspace.id), eq(opened.session, session)));
  return row?.n ?? 0;
}

/** Who has opened it. */
export async function openersOf(ctx: Ctx, session: string): Promise<Set<string>> {
  const rows = await ctx.db
    .select({ person: opened.person })
    .from(opened)
    .where(and(eq(opened.workspace, ctx.workspace.id), eq(opened.session, session)));
  return new Set(rows.map(({ person }) => person));
}
