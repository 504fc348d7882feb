import { desc, eq } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { proposal } from "../../db/schema.ts";
import type { Proposal } from "./propose.ts";

/** The newest schedule laid before the admin, while it is neither published nor over; null when none waits. */
export async function waitingProposal(
  ctx: Ctx,
): Promise<{ id: string; filled: number; unfilled: number } | null> {
  const [row] = await ctx.db
    .select()
    .from(proposal)
    .where(eq(proposal.workspace, ctx.workspace.id))
    .orderBy(desc(proposal.at))
    .limit(1);
  if (!row || row.publishedAt !== null) return null;
  const plan = row.plan as Proposal;
  return plan.span.to > ctx.now ? { id: row.id, filled: plan.filled, unfilled: plan.unfilled } : null;
}
