import { Hono } from "hono";
import { z } from "zod";
import { replaceLecturer } from "../../services/schedule/replace-lecturer.ts";
import { undoPublish } from "../../services/schedule/undo-publish.ts";
import { whatIf } from "../../services/schedule/what-if.ts";
import { cancelSession } from "../../services/sessions/cancel-session.ts";
import { mergeSessions } from "../../services/sessions/merge-sessions.ts";
import { moveSession } from "../../services/sessions/move-session.ts";
import { pinSession } from "../../services/sessions/pin-session.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";

const id = z.string().min(1).max(64);
const seen = z.object({ start: z.int().optional(), lecturer: id.nullable().optional() }).optional();
const despite = z.boolean().optional();
const move = z.object({ start: z.int().positive(), seen, despite });
const cancel = z.object({ reason: z.string().max(200).optional(), seen });
const merge = z.object({ into: id, seen, despite });

const wishes = z.strictObject({
  pinned: z
    .array(z.object({ slot: z.string().max(100), lecturer: id }))
    .max(200)
    .optional(),
  keptOut: z
    .array(
      z.object({
        lecturer: id,
        slot: z.string().max(100).optional(),
        from: z.int().optional(),
        to: z.int().optional(),
      }),
    )
    .max(200)
    .optional(),
  limits: z
    .array(
      z.object({
        lecturer: id,
        maxPerMonth: z.int().min(0).max(31).optional(),
        minGapDays: z.int().min(0).max(182).optional(),
      }),
    )
    .max(200)
    .optional(),
  reopen: z.union([z.literal("all"), z.array(id).max(500)]).optional(),
});

/** `/api/changes`: what an admin changes about what is planned. Answers say what stands against it, and change nothing then. */
export const changesApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .post("/plan/what-if", body(z.object({ wishes, weeks: z.int().min(1).max(26).optional() })), async (c) =>
      c.json(await whatIf(c.get("ctx"), c.req.valid("json"))),
    )
    .post("/plan/replace", body(z.object({ lecturer: id })), async (c) =>
      c.json({ plan: await replaceLecturer(c.get("ctx"), c.req.valid("json")) }),
    )
    .post("/plan/undo", body(z.object({ proposal: id })), async (c) =>
      c.json(await undoPublish(c.get("ctx"), { ...c.req.valid("json"), person: c.get("who").openId })),
    )
    .post("/:session/move", body(move), async (c) =>
      c.json(
        await moveSession(c.get("ctx"), {
          ...c.req.valid("json"),
          session: c.req.param("session"),
          person: c.get("who").openId,
        }),
      ),
    )
    .post("/:session/cancel", body(cancel), async (c) =>
      c.json(
        await cancelSession(c.get("ctx"), {
          ...c.req.valid("json"),
          session: c.req.param("session"),
          person: c.get("who").openId,
        }),
      ),
    )
    .post("/:session/merge", body(merge), async (c) =>
      c.json(
        await mergeSessions(c.get("ctx"), {
          ...c.req.valid("json"),
          session: c.req.param("session"),
          person: c.get("who").openId,
        }),
      ),
    )
    .post("/:session/pin", body(z.object({ pinned: z.boolean() })), async (c) =>
      c.json(
        await pinSession(c.get("ctx"), {
          ...c.req.valid("json"),
          session: c.req.param("session"),
          person: c.get("who").openId,
        }),
      ),
    );
