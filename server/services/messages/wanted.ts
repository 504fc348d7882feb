import { and, eq, inArray } from "drizzle-orm";
import { declinable, kindsOf, type Kind } from "#domain/messages/declinable.ts";
import type { Ctx } from "../../context.ts";
import { optOut } from "../../db/schema.ts";
import { belongs } from "../people/roles.ts";
import { allRecords } from "../records/read.ts";

/** One kind of message a person may get, and whether they still want it. */
export interface Wanted {
  kind: Kind;
  wanted: boolean;
}

/** What a person may decline, by the roles they have; nothing for a stranger. */
export async function wantedMessages(ctx: Ctx, person: string): Promise<Wanted[]> {
  if (!(await belongs(ctx, person))) return [];
  const there = (await allRecords(ctx, "lecturers")).filter(({ state }) => state !== "left");
  const mine = [
    ...(there.some((row) => row.person === person) ? kindsOf.lecturer : []),
    ...kindsOf.audience,
    ...(there.some(({ manager }) => manager === person) ? kindsOf.manager : []),
  ];
  const rows = await ctx.db
    .select({ what: optOut.what })
    .from(optOut)
    .where(and(eq(optOut.workspace, ctx.workspace.id), eq(optOut.person, person)));
  const declined = new Set(rows.map(({ what }) => what));
  return mine.map((kind) => ({ kind, wanted: !declinable[kind].some((what) => declined.has(what)) }));
}

/** 不再给我发这类消息, and back again at any time. */
export async function setWanted(
  ctx: Ctx,
  input: { person: string; kind: Kind; wanted: boolean },
): Promise<void> {
  const { person, kind, wanted } = input;
  const { workspace } = ctx;
  if (wanted)
    await ctx.db
      .delete(optOut)
      .where(
        and(
          eq(optOut.workspace, workspace.id),
          eq(optOut.person, person),
          inArray(optOut.what, [...declinable[kind]]),
        ),
      );
  else
    await ctx.db
      .insert(optOut)
      .values(declinable[kind].map((what) => ({ workspace: workspace.id, person, what, at: ctx.now })))
      .onConflictDoNothing();
}
