import { Hono } from "hono";
import { myTeam } from "../../services/people/my-team.ts";
import type { ApiEnv } from "./env.ts";
import { only } from "./guard.ts";

/** `/api/team`: 我的团队, a manager's own people only. */
export const teamApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("manager"))
    .get("/", async (c) => c.json({ people: await myTeam(c.get("ctx"), c.get("who").openId) }));
