import { Hono } from "hono";
import { z } from "zod";
import { MissingError, StaleError } from "../../errors.ts";
import { closeDays, sessionsIn } from "../../services/schedule/close-days.ts";
import { previewSchedule, showPlan } from "../../services/schedule/preview.ts";
import { publishProposal } from "../../services/schedule/publish.ts";
import { scheduleOverview } from "../../services/schedule/overview.ts";
import { changeMany } from "../../services/sessions/change-many.ts";
import type { ApiEnv } from "./env.ts";
import { body, only, query } from "./guard.ts";

const span = z.object({
  from: z.coerce.number().int().positive().optional(),
  weeks: z.coerce.number().int().min(1).max(26).optional(),
});
const publication = z.object({ proposal: z.string().min(1).max(64), tell: z.boolean().optional() });
const wanted = z.object({ weeks: z.int().min(1).max(26).optional() });

const id = z.string().min(1).max(64);
const many = z.object({
  sessions: z.array(id).min(1).max(200),
  act: z.enum(["held", "not-held", "cancel"]),
});
const days = z.object({
  name: z.string().trim().min(1).max(60),
  from: z.iso.date(),
  to: z.iso.date(),
  groups: z.array(id).max(100),
});

/** `/api/schedule`: 排期. */
export const scheduleApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", query(span), async (c) => c.json(await scheduleOverview(c.get("ctx"), c.req.valid("query"))))
    .post("/preview", body(wanted), async (c) =>
      c.json(await previewSchedule(c.get("ctx"), c.req.valid("json"))),
    )
    .post("/publish", body(publication), async (c) => {
      const ctx = c.get("ctx");
      const { proposal, tell } = c.req.valid("json");
      const came = await publishProposal(ctx, { proposal, tell, person: c.get("who").openId });
      if (came.state === "unknown") throw new MissingError("plan_missing", `no proposal ${proposal}`);
      if (came.state === "moving") throw new StaleError("plan_moving", "another plan is being written");
      const { filled, unfilled: open } = came.plan;
      const preview = came.state === "stale" ? await showPlan(ctx, came.proposal, came.plan) : null;
      // One shape: `preview` only where the plan had to be made anew.
      return c.json({ state: came.state, filled, open, preview });
    })
    .post("/bulk", body(many), async (c) =>
      c.json(await changeMany(c.get("ctx"), { ...c.req.valid("json"), person: c.get("who").openId })),
    )
    .post("/days-off/look", body(days), async (c) =>
      c.json({ sessions: await sessionsIn(c.get("ctx"), c.req.valid("json")) }),
    )
    .post("/days-off", body(days), async (c) =>
      c.json(await closeDays(c.get("ctx"), { ...c.req.valid("json"), person: c.get("who").openId })),
    );
