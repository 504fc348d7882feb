import { and, eq } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { thanks } from "../../db/schema.ts";
import { fingerprint } from "../fingerprint.ts";

export type Thanks = typeof thanks.$inferSelect;

/** Signed thanks for a session, in the order they came. */
export function thanksFor(ctx: Ctx, session: string): Promise<Thanks[]> {
  return ctx.db
    .select()
    .from(thanks)
    .where(and(eq(thanks.workspace, ctx.workspace.id), eq(thanks.session, session)))
    .orderBy(thanks.at, thanks.person);
}

/** How a card names one thanks. */
export const thanksId = ({ session, person }: { session: string; person: string }) =>
  fingerprint([session, person]);
