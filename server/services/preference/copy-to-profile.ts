import { and, eq } from "drizzle-orm";
import type { PatchOf } from "#base/index.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { preference } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { allRecords, getRecord } from "../records/read.ts";

/**
 * Brings 讲师档案 to what the lecturer chose; asked again it adds nothing. The row is made where there is none; while it is being
 * made by another hand, the daily run puts the choice in.
 */
export async function copyPreference(ctx: Ctx, lecturer: string): Promise<number> {
  const who = await getRecord(ctx, "lecturers", lecturer);
  if (!who?.person) return 0;
  const [said] = await ctx.db
    .select()
    .from(preference)
    .where(and(eq(preference.workspace, ctx.workspace.id), eq(preference.person, who.person)));
  if (!said) return 0;
  const profile = (await allRecords(ctx, "profiles")).find((row) => row.lecturerRecord === lecturer);
  const fields = { preference: said.choice[0], preferenceSource: said.source } as PatchOf<"profiles">;
  if (profile?.preference === fields.preference && profile?.preferenceSource === fields.preferenceSource)
    return 0;
  const effect: Effect = profile
    ? {
        kind: "record.update",
        key: `preference:${lecturer}:${profile.version}:${said.at}`,
        table: "profiles",
        record: profile.id,
        fields,
      }
    : {
        kind: "record.create",
        key: `profile:${lecturer}`,
        table: "profiles",
        fields: { lecturer: who.name, lecturerRecord: lecturer, account: who.person, ...fields },
      };
  return (await post(ctx, [effect])).length;
}

export async function copyAllPreferences(ctx: Ctx): Promise<{ copied: number }> {
  let copied = 0;
  for (const { id } of await allRecords(ctx, "lecturers"))
    copied += await transaction(ctx, (tx) => copyPreference(tx, id));
  return { copied };
}
