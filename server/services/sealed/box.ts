import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { sealedBox, sealedMark } from "../../db/schema.ts";

/** What people say anonymously about one matter. `first` and `second` are the tags of those who answered each question. */
export interface OpenBox<T> {
  answers: T[];
  first: Set<string>;
  second: Set<string>;
}

/** Marks of the second question lie in a box of their own, so that counting the first counts people. */
const secondOf = (box: string) => `${box}/2`;

/**
 * Opens a box, changes it and seals it again, one caller at a time. Whatever changed, the one blob and all marks are written
 * anew and in tag order, so that neither transaction ids nor places nor order join a mark with an answer (design.md §6).
 * Must run in a transaction that writes nothing else about the person.
 */
export async function changeBox<T, R>(
  ctx: Ctx,
  box: string,
  answer: z.ZodType<T>,
  change: (open: OpenBox<T>) => R,
): Promise<R> {
  await lockBox(ctx, box);
  const open = await readBox(ctx, box, answer);
  const result = change(open);
  await writeBox(ctx, box, open);
  return result;
}

/** The answers and marks of a box as they are now, for reading only. */
export async function readBox<T>(ctx: Ctx, box: string, answer: z.ZodType<T>): Promise<OpenBox<T>> {
  const [row] = await ctx.db.select({ blob: sealedBox.blob }).from(sealedBox).where(placeOf(ctx, box));
  const marks = await ctx.db.select().from(sealedMark).where(marksOf(ctx, box));
  const tags = (of: string) => new Set(marks.filter((mark) => mark.box === of).map(({ tag }) => tag));
  return {
    answers: row ? z.array(answer).parse(ctx.seal.open(row.blob)) : [],
    first: tags(box),
    second: tags(secondOf(box)),
  };
}

/** How many people have answered; known without opening the box. */
export async function countAnswered(ctx: Ctx, box: string): Promise<number> {
  const rows = await ctx.db
    .select({ tag: sealedMark.tag })
    .from(sealedMark)
    .where(and(eq(sealedMark.workspace, ctx.workspace.id), eq(sealedMark.box, box)));
  return rows.length;
}

/** Names of all boxes of a kind (`rate`, `survey`). */
export async function boxesOf(ctx: Ctx, kind: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ box: sealedBox.box })
    .from(sealedBox)
    .where(and(eq(sealedBox.workspace, ctx.workspace.id), sql`starts_with(box, ${`${kind}:`})`))
    .orderBy(sealedBox.box);
  return rows.map(({ box }) => box);
}

/** Forgets who answered; the answers stay. */
export async function forgetMarks(ctx: Ctx, box: string): Promise<number> {
  const gone = await ctx.db.delete(sealedMark).where(marksOf(ctx, box)).returning({ box: sealedMark.box });
  return gone.length;
}

/** An advisory lock leaves no trace in any row; it ends with the transaction. */
async function lockBox(ctx: Ctx, box: string): Promise<void> {
  await ctx.db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.workspace.id}\n${box}`}, 0))`,
  );
}

async function writeBox(ctx: Ctx, box: string, { answers, first, second }: OpenBox<unknown>): Promise<void> {
  const workspace = ctx.workspace.id;
  const blob = ctx.seal.close(answers);
  await ctx.db
    .insert(sealedBox)
    .values({ workspace, box, blob })
    .onConflictDoUpdate({ target: [sealedBox.workspace, sealedBox.box], set: { blob } });
  await ctx.db.delete(sealedMark).where(marksOf(ctx, box));
  const marks = [
    ...[...first].sort().map((tag) => ({ workspace, box, tag })),
    ...[...second].sort().map((tag) => ({ workspace, box: secondOf(box), tag })),
  ];
  if (marks.length > 0) await ctx.db.insert(sealedMark).values(marks);
}

function placeOf(ctx: Ctx, box: string) {
  return and(eq(sealedBox.workspace, ctx.workspace.id), eq(sealedBox.box, box));
}

function marksOf(ctx: Ctx, box: string) {
  return and(eq(sealedMark.workspace, ctx.workspace.id), inArray(sealedMark.box, [box, secondOf(box)]));
}
