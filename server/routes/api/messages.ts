import { Hono } from "hono";
import { z } from "zod";
import { templateIds } from "#domain/messages/templates.ts";
import { listMessages } from "../../services/messages/list-messages.ts";
import { tryMessage } from "../../services/messages/try-message.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { act } from "./shapes.ts";

const words = z.string().max(100_000).optional();
const trial = z.object({ template: z.enum(templateIds), text: words, textEn: words, act });

/** `/api/messages`: 消息与提醒, and 发给我试试. */
export const messagesApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await listMessages(c.get("ctx"))))
    .post("/try", body(trial), async (c) =>
      c.json(await tryMessage(c.get("ctx"), { ...c.req.valid("json"), name: c.get("who").name }), 202),
    );
