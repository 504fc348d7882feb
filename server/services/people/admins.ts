import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";

/** Who runs a group, else the programme: open_ids, the first is asked. */
export function adminsOf(ctx: Ctx, group?: Pick<Rec<"groups">, "admins"> | null): string[] {
  return group?.admins?.length ? group.admins : ctx.workspace.admins;
}
