import { and, eq } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { consent } from "../../db/schema.ts";

/** What a lecturer may let their manager see: the released words of learners about them (texts.md §5.6). */
export type Shown = "quotes";

export async function consents(ctx: Ctx, person: string, what: Shown): Promise<boolean> {
  const rows = await ctx.db
    .select({ at: consent.at })
    .from(consent)
    .where(and(eq(consent.workspace, ctx.workspace.id), eq(consent.person, person), eq(consent.what, what)));
  return rows.length > 0;
}

/** Given and taken back at any time. */
export async function setConsent(
  ctx: Ctx,
  input: { person: string; what: Shown; given: boolean },
): Promise<void> {
  const { person, what, given } = input;
  const row = { workspace: ctx.workspace.id, person, what };
  if (given)
    await ctx.db
      .insert(consent)
      .values({ ...row, at: ctx.now })
      .onConflictDoNothing();
  else
    await ctx.db
      .delete(consent)
      .where(and(eq(consent.workspace, row.workspace), eq(consent.person, person), eq(consent.what, what)));
}
