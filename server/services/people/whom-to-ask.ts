import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";
import { knownName } from "./name.ts";

/** The admin to turn to, by name; null when nobody can be named. */
export async function whomToAsk(ctx: Ctx, group: Rec<"groups"> | null): Promise<string | null> {
  const [admin] = group?.admins?.length ? group.admins : ctx.workspace.admins;
  if (!admin) return null;
  return (await knownName(ctx, admin)) || null;
}
