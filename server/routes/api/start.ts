import { Hono } from "hono";
import { firstSteps } from "../../services/workspace/first-steps.ts";
import type { ApiEnv } from "./env.ts";
import { only } from "./guard.ts";

/** `/api/start`: 三步开始, how far it has come. */
export const startApi = () =>
  new Hono<ApiEnv>().use("*", only("admin")).get("/", async (c) => c.json(await firstSteps(c.get("ctx"))));
