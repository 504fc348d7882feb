import type { Ctx } from "../../context.ts";
import { allRecords } from "../records/read.ts";
import type { PluginRoles } from "./plugin-roles.ts";

export interface Me {
  name: string;
  /** open_id. */
  person: string;
  roles: PluginRoles;
  workspace: {
    id: string;
    language: "zh" | "en";
    /** IANA. */
    timezone: string;
    /** app_token of 「讲台」. */
    shared: string;
    /** app_token of 「讲台·管理」; for admins only. */
    admin: string | null;
  };
  /** How many groups are in which state; in trial every message goes to the admin. */
  groups: { trial: number; live: number; paused: number };
}

/** Who a person is in a workspace: what the sidebar must know before it shows anything. */
export async function whoAmI(
  ctx: Ctx,
  who: { openId: string; name: string },
  roles: PluginRoles,
): Promise<Me> {
  const { id, language, timezone, appToken, adminToken, live, paused } = ctx.workspace;
  const states = (await allRecords(ctx, "groups")).map((group) =>
    paused.includes(group.id) || group.state === "paused"
      ? "paused"
      : live.includes(group.id)
        ? "live"
        : "trial",
  );
  const count = (state: string) => states.filter((one) => one === state).length;
  return {
    name: who.name,
    person: who.openId,
    roles,
    workspace: { id, language, timezone, shared: appToken, admin: roles.admin ? adminToken : null },
    groups: { trial: count("trial"), live: count("live"), paused: count("paused") },
  };
}
