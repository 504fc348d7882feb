import { Hono } from "hono";
import { z } from "zod";
import { myEcho } from "../../services/echo/my-echo.ts";
import { replyThanks } from "../../services/echo/reply-thanks.ts";
import { thankAll } from "../../services/echo/thank-all.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { outcomeOf } from "./outcome.ts";
import { ownLecturer, ownSession } from "./own.ts";

const reply = z.object({ thanks: z.string().min(1).max(64), text: z.string().min(1).max(200) });

/** `/api/echo`: 学员的回响, for the lecturer alone. */
export const echoApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("lecturer"))
    .get("/", async (c) => c.json(await myEcho(c.get("ctx"), await ownLecturer(c))))
    .post("/:session/thank-all", async (c) => {
      const { session } = await ownSession(c, c.req.param("session"));
      const who = { session: session.id, person: c.get("who").openId };
      return c.json(outcomeOf(c.get("ctx"), await thankAll(c.get("ctx"), who)));
    })
    .post("/:session/reply", body(reply), async (c) => {
      const { session } = await ownSession(c, c.req.param("session"));
      const who = { session: session.id, person: c.get("who").openId };
      return c.json(
        outcomeOf(c.get("ctx"), await replyThanks(c.get("ctx"), { ...who, ...c.req.valid("json") })),
      );
    });
