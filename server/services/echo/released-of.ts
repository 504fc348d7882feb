import { and, eq } from "drizzle-orm";
import { toneOf } from "#domain/feedback/tone.ts";
import type { Ctx } from "../../context.ts";
import { released } from "../../db/schema.ts";
import { allRecords } from "../records/read.ts";

export interface Released {
  scores: number[];
  /** What says something good first; hidden ones are left out. */
  comments: string[];
}

/** Answers about a lecturer that have been shown, by the session they stand with. */
export async function releasedOf(ctx: Ctx, lecturer: string): Promise<Map<string, Released>> {
  const rows = await ctx.db
    .select()
    .from(released)
    .where(and(eq(released.workspace, ctx.workspace.id), eq(released.lecturer, lecturer)));
  const hidden = new Set(
    (await allRecords(ctx, "ratings")).flatMap(({ hidden: is, comment }) => (is && comment ? [comment] : [])),
  );
  const found = new Map<string, Released>();
  for (const { session, scores, comments } of rows) {
    const one = found.get(session) ?? { scores: [], comments: [] };
    one.scores.push(...scores);
    one.comments.push(...comments.filter((comment) => !hidden.has(comment)));
    found.set(session, one);
  }
  for (const one of found.values()) one.comments.sort(kindFirst);
  return found;
}

const kindFirst = (a: string, b: string) => toneOf(b).score - toneOf(a).score || (a < b ? -1 : 1);
