import { Hono } from "hono";
import { z } from "zod";
import { MissingError, StaleError } from "../../errors.ts";
import { previewSchedule, showPlan } from "../../services/schedule/preview.ts";
import { publishProposal } from "../../services/schedule/publish.ts";
import { scheduleOverview } from "../../services/schedule/overview.ts";
import type { ApiEnv } from "./env.ts";
import { body, only, query } from "./guard.ts";

const span = z.object({
  from: z.coerce.number().int().positive().optional(),
  weeks: z.coerce.number().int().min(1).max(26).optional(),
});
const wanted = z.object({ weeks: z.int().min(1).max(26).optional() });

/** `/api/schedule`: 排期. */
export const scheduleApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", query(span), async (c) => c.json(await scheduleOverview(c.get("ctx"), c.req.valid("query"))))
    .post("/preview", body(wanted), async (c) =>
      c.json(await previewSchedule(c.get("ctx"), c.req.valid("json"))),
    )
    .post("/publish", body(z.object({ proposal: z.string().min(1).max(64) })), async (c) => {
      const ctx = c.get("ctx");
      const { proposal } = c.req.valid("json");
      const came = await publishProposal(ctx, { proposal, person: c.get("who").openId });
      if (came.state === "unknown") throw new MissingError("plan_missing", `no proposal ${proposal}`);
      if (came.state === "moving") throw new StaleError("plan_moving", "another plan is being written");
      if (came.state === "stale")
        return c.json({ state: "stale" as const, preview: await showPlan(ctx, came.proposal, came.plan) });
      return c.json({ state: came.state, filled: came.plan.filled, open: came.plan.unfilled });
    });
