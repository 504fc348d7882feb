import { and, desc, eq, or, sql } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import type { Rec } from "../records/read.ts";
import { slotKey } from "./slots-met.ts";

/** What a plan published without telling leaves on the effects that give its sessions away. */
export const untoldMark = (start: number) => ({ untold: start });

/**
 * 只发布，不通知: whether the newest plan that gave this session away was published so, to the lecturer and for the date it has
 * now. Another date or speaker since is told again.
 */
export async function publishedUntold(ctx: Ctx, session: Rec<"sessions">): Promise<boolean> {
  const { id, group, start, lecturer } = session;
  if (!group || !start || !lecturer) return false;
  const [newest] = await ctx.db
    .select({
      untold: sql<string | null>`effect->>'untold'`,
      lecturer: sql<string | null>`effect->'fields'->>'lecturer'`,
    })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        or(
          sql`(${outbox.key} = ${`session:${slotKey(group, start)}`} or starts_with(${outbox.key}, ${`session:${slotKey(group, start)}#`}))`,
          sql`starts_with(${outbox.key}, ${`fill:${id}:`})`,
        ),
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(1);
  return newest?.lecturer === lecturer && newest.untold === String(start);
}
