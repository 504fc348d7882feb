import type { Ctx } from "../../context.ts";
import type { PluginRoles } from "../../services/people/plugin-roles.ts";
import type { Language, PeopleOptions } from "../edge.ts";

export interface ApiOptions extends PeopleOptions {
  /** Origins besides our own from which the plugin may call. */
  pluginOrigins: string[];
}

/** What a handler under `bearer` knows. Under `signedIn` alone there is no `ctx` and there are no roles. */
export interface ApiEnv {
  Variables: {
    who: { openId: string; name: string };
    language: Language;
    /** Of the workspace; its actor is the person. */
    ctx: Ctx;
    roles: PluginRoles;
  };
}
