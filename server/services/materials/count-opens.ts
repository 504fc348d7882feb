import { and, countDistinct, eq, isNotNull } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { opened } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { getRecords } from "../records/read.ts";

/** Writes 打开人数 where it changed: of the materials, and of the sessions they belong to. */
export async function countOpens(ctx: Ctx): Promise<{ counters: number }> {
  const here = eq(opened.workspace, ctx.workspace.id);
  const byMaterial = await ctx.db
    .select({ id: opened.material, n: countDistinct(opened.person) })
    .from(opened)
    .where(here)
    .groupBy(opened.material);
  const bySession = await ctx.db
    .select({ id: opened.session, n: countDistinct(opened.person) })
    .from(opened)
    .where(and(here, isNotNull(opened.session)))
    .groupBy(opened.session);
  const effects = [
    ...(await changes(ctx, "materials", byMaterial)),
    ...(await changes(ctx, "sessions", bySession as { id: string; n: number }[])),
  ];
  await post(ctx, effects);
  return { counters: effects.length };
}

async function changes(
  ctx: Ctx,
  table: "materials" | "sessions",
  counts: { id: string; n: number }[],
): Promise<Effect[]> {
  const known = new Map(
    (
      await getRecords(
        ctx,
        table,
        counts.map(({ id }) => id),
      )
    ).map((row) => [row.id, row.clicks ?? 0]),
  );
  return (
    counts
      // Old opens are forgotten after 90 days; what was counted stays.
      .filter(({ id, n }) => known.has(id) && n > known.get(id)!)
      .map(({ id, n }) => ({
        kind: "record.update",
        key: `clicks:${id}:${n}`,
        table,
        record: id,
        fields: { clicks: n },
      }))
  );
}
