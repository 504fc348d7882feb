import { isDeepStrictEqual } from "node:util";
import { and, desc, eq } from "drizzle-orm";
import { transaction, type Ctx } from "../../context.ts";
import { standing } from "../../db/schema.ts";
import { allRecords, getRecord, type Rec } from "../records/read.ts";

/**
 * Remembers from when on a lecturer belongs to which groups, at what weight, and is paused: the Base knows only how it is today,
 * fairness needs how it was. Asked again it adds nothing.
 */
export async function noteStanding(ctx: Ctx, lecturer: string): Promise<{ noted: number }> {
  return transaction(ctx, async (tx) => {
    const row = await getRecord(tx, "lecturers", lecturer);
    if (!row) return { noted: 0 };
    const now = standingOf(row, await weightOf(tx, lecturer));
    const [last] = await tx.db
      .select()
      .from(standing)
      .where(and(eq(standing.workspace, tx.workspace.id), eq(standing.lecturer, lecturer)))
      .orderBy(desc(standing.at))
      .limit(1);
    if (last && isDeepStrictEqual(now, pick(last))) return { noted: 0 };
    await tx.db
      .insert(standing)
      .values({ workspace: tx.workspace.id, lecturer, at: tx.now, ...now })
      .onConflictDoUpdate({ target: [standing.workspace, standing.lecturer, standing.at], set: now });
    return { noted: 1 };
  });
}

/** The same after a row of 讲师档案 changed. */
export async function noteStandingOfProfile(ctx: Ctx, profile: string): Promise<{ noted: number }> {
  const row = await getRecord(ctx, "profiles", profile);
  return row?.lecturerRecord ? noteStanding(ctx, row.lecturerRecord) : { noted: 0 };
}

async function weightOf(ctx: Ctx, lecturer: string): Promise<number> {
  const profiles = await allRecords(ctx, "profiles");
  return profiles.find(({ lecturerRecord }) => lecturerRecord === lecturer)?.weight ?? 1;
}

export function standingOf({ groups, state, awayUntil }: Rec<"lecturers">, weight: number) {
  return {
    groups: [...(groups ?? [])].sort(),
    weight,
    away: (state ?? "active") !== "active",
    awayUntil: awayUntil ?? null,
  };
}

const pick = ({ groups, weight, away, awayUntil }: typeof standing.$inferSelect) => ({
  groups,
  weight,
  away,
  awayUntil,
});
