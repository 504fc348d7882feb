import { Hono } from "hono";
import { demandOverview } from "../../services/demand/overview.ts";
import type { ApiEnv } from "./env.ts";
import { only } from "./guard.ts";

/** `/api/demand`: 学员想听什么. */
export const demandApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await demandOverview(c.get("ctx"))));
