import { Hono } from "hono";
import { z } from "zod";
import { listRules } from "../../services/incentive/list-rules.ts";
import { previewRule } from "../../services/incentive/preview-rule.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";

const draft = z.object({ record: z.string().nullable(), fields: z.record(z.string(), z.json()) });

/** `/api/rules`: 奖励规则 in words, and what a change would have done. */
export const rulesApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await listRules(c.get("ctx"), c.get("language"))))
    .post("/preview", body(draft), async (c) =>
      c.json(await previewRule(c.get("ctx"), { ...c.req.valid("json"), language: c.get("language") })),
    );
