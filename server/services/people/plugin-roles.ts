import type { Ctx } from "../../context.ts";
import { allRecords } from "../records/read.ts";
import { isAdmin } from "./name.ts";

/** What a person may open in the sidebar. */
export interface PluginRoles {
  admin: boolean;
  manager: boolean;
  /** Record id of the lecturer they are, while in the programme. */
  lecturer: string | null;
}

export type PluginRole = keyof PluginRoles;

/** The roles of a person by the records, never by what a client says. */
export async function pluginRolesOf(ctx: Ctx, person: string): Promise<PluginRoles> {
  const there = (await allRecords(ctx, "lecturers")).filter(({ state }) => state !== "left");
  return {
    admin: await isAdmin(ctx, person),
    manager: there.some(({ manager }) => manager === person),
    lecturer: there.find((row) => row.person === person)?.id ?? null,
  };
}
