import { Hono } from "hono";
import { z } from "zod";
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

/** `/api/changes`: what an admin changes about what is planned. Answers say what stands against it, and change nothing then. */
export const changesApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
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
