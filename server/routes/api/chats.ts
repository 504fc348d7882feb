import { Hono } from "hono";
import { listChats } from "../../services/chats/list-chats.ts";
import type { ApiEnv } from "./env.ts";
import { only } from "./guard.ts";

/** `/api/chats`: chats that the bot and the admin are in. */
export const chatsApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await listChats(c.get("ctx"), c.get("who").openId)));
