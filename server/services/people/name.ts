import { and, eq, sql } from "drizzle-orm";
import type { Address } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { record } from "../../db/schema.ts";
import { allRecords } from "../records/read.ts";

/** The name people know: of a lecturer from the Base, of anyone else from the company's directory, of a chat its own. */
export async function nameOf(ctx: Ctx, address: Address): Promise<string> {
  if ("chat" in address) return (await ctx.feishu.chats.get(address.chat)).name;
  const lecturer = await lecturerOf(ctx, address.person);
  if (lecturer?.name) return lecturer.name;
  return (await ctx.feishu.contact.user(address.person)).name;
}

/** The name for a screen, where somebody who cannot be looked up (any more) must not take the rest along; else empty. */
export async function knownName(ctx: Ctx, person: string): Promise<string> {
  try {
    return await nameOf(ctx, { person });
  } catch (error) {
    ctx.log.warn({ error: error instanceof Error ? error.message : String(error) }, "a name cannot be read");
    return "";
  }
}

/** The lecturer behind an account; null for everybody else. */
export async function lecturerOf(ctx: Ctx, person: string): Promise<{ id: string; name?: string } | null> {
  const [row] = await ctx.db
    .select({ id: record.id, name: sql<string | null>`row->>'name'` })
    .from(record)
    .where(
      and(
        eq(record.workspace, ctx.workspace.id),
        eq(record.table, "lecturers"),
        eq(record.gone, false),
        sql`row->>'person' = ${person}`,
      ),
    )
    .limit(1);
  return row ? { id: row.id, name: row.name ?? undefined } : null;
}

/** Whether a person runs the programme: named on the workspace or on a group. */
export async function isAdmin(ctx: Ctx, person: string): Promise<boolean> {
  if (ctx.workspace.admins.includes(person)) return true;
  return (await allRecords(ctx, "groups")).some(({ admins }) => admins?.includes(person));
}
