import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";
import { nameOf } from "./name.ts";

/** The admin to turn to, by name; null when nobody can be named. */
export async function whomToAsk(ctx: Ctx, group: Rec<"groups"> | null): Promise<string | null> {
  const [admin] = group?.admins?.length ? group.admins : ctx.workspace.admins;
  if (!admin) return null;
  try {
    return await nameOf(ctx, { person: admin });
  } catch (error) {
    // A page that says no must not fail because a name is not to be had.
    ctx.log.warn(
      { error: error instanceof Error ? error.message : String(error) },
      "the admin's name cannot be read",
    );
    return null;
  }
}
