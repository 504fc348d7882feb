import type { Ctx } from "../../context.ts";
import { ForbiddenError, InvalidInputError, MissingError } from "../../errors.ts";
import { pluginRolesOf } from "../../services/people/plugin-roles.ts";
import type { ApiOptions } from "./env.ts";

/**
 * The workspace a call is about. The Base the client names is a hint only: it chooses among those that exist, and what the
 * person may do there is asked of the records afterwards. Without a hint the only workspace of the person is meant.
 */
export async function workspaceFor(
  options: ApiOptions,
  person: string,
  base: string | undefined,
): Promise<Ctx> {
  const spaces = await options.workspaces();
  if (base !== undefined) {
    const named = spaces.find(({ appToken, adminToken }) => appToken === base || adminToken === base);
    if (named) return options.contextOf(named, person);
    throw new MissingError("not_set_up", `no workspace for Base ${base}`);
  }
  const theirs: Ctx[] = [];
  for (const space of spaces) {
    const ctx = await options.contextOf(space, person);
    const { admin, manager, lecturer } = await pluginRolesOf(ctx, person);
    if (admin || manager || lecturer !== null) theirs.push(ctx);
  }
  const [ctx, more] = theirs;
  if (!ctx) throw new ForbiddenError("no_role", "no role in any workspace");
  if (more) throw new InvalidInputError("which_base", "x-lectern-base: missing, and there are several Bases");
  return ctx;
}
