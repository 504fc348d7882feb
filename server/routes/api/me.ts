import { Hono } from "hono";
import { whoAmI } from "../../services/people/who-am-i.ts";
import type { ApiEnv } from "./env.ts";

/** `/api/me`: who the sidebar's person is here. */
export const meApi = () =>
  new Hono<ApiEnv>().get("/", async (c) => c.json(await whoAmI(c.get("ctx"), c.get("who"), c.get("roles"))));
