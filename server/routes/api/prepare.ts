import { Hono } from "hono";
import { z } from "zod";
import { smallText } from "#base/defaults/small-texts.ts";
import { MissingError } from "../../errors.ts";
import { preparation } from "../../services/content/preparation.ts";
import { startOutline } from "../../services/content/start-outline.ts";
import { undoAnnouncement } from "../../services/content/submit.ts";
import { talkOnly } from "../../services/content/talk-only.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { outcomeOf } from "./outcome.ts";
import { ownSession } from "./own.ts";

const template = z.object({ template: z.string().min(1).max(64).optional() });

/** `/api/prepare`: 准备与上传. The file itself goes into the Base by the lecturer's own hand. */
export const prepareApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("lecturer"))
    .get("/:session", async (c) => {
      const { session } = await ownSession(c, c.req.param("session"));
      const found = await preparation(c.get("ctx"), { session: session.id, person: c.get("who").openId });
      if (!found) throw new MissingError("session_missing", `session ${session.id} has no date`);
      return c.json(found);
    })
    .post("/:session/outline", body(template), async (c) => {
      const { session } = await ownSession(c, c.req.param("session"));
      const who = { session: session.id, person: c.get("who").openId };
      return c.json(
        outcomeOf(c.get("ctx"), await startOutline(c.get("ctx"), { ...who, ...c.req.valid("json") })),
      );
    })
    .post("/:session/talk-only", async (c) => {
      const { session } = await ownSession(c, c.req.param("session"));
      const who = { session: session.id, person: c.get("who").openId };
      return c.json(outcomeOf(c.get("ctx"), await talkOnly(c.get("ctx"), who)));
    })
    .post("/:session/undo", async (c) => {
      const ctx = c.get("ctx");
      const { session } = await ownSession(c, c.req.param("session"));
      const done = await undoAnnouncement(ctx, { session: session.id, person: c.get("who").openId });
      const { language } = ctx.settings;
      const ok = done === "undone";
      return c.json({ ok, text: smallText(ok ? "announceUndone" : "announceGone", language), language });
    });
