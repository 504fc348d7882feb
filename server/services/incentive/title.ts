import { and, desc, eq, inArray } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { award } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { getRecord } from "../records/read.ts";
import { loadRules } from "./load-rules.ts";

/** 讲师.称号: the newest title in force; a training or a coaching is no title. */
export async function followTitle(ctx: Ctx, lecturer: string): Promise<void> {
  const row = await getRecord(ctx, "lecturers", lecturer);
  if (!row) return;
  const honours = new Set(
    (await loadRules(ctx)).filter(({ rewardKind }) => rewardKind === "honour").map(({ id }) => id),
  );
  const held = await ctx.db
    .select()
    .from(award)
    .where(
      and(
        eq(award.workspace, ctx.workspace.id),
        eq(award.lecturer, lecturer),
        inArray(award.state, ["granted"]),
      ),
    )
    .orderBy(desc(award.at));
  const title =
    held.find(({ rule, until }) => honours.has(rule) && (until === null || until + 86_400_000 > ctx.now))
      ?.title ?? null;
  if ((row.title ?? null) === title) return;
  await post(ctx, [
    {
      kind: "record.update",
      key: `title:${lecturer}:${row.version}:${title ?? ""}`,
      table: "lecturers",
      record: lecturer,
      fields: { title },
    },
  ]);
}
