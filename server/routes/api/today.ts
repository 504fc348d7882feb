import { Hono } from "hono";
import { z } from "zod";
import { goLive } from "../../services/schedule/go-live.ts";
import { restGroup } from "../../services/schedule/pause.ts";
import { todoChoices } from "../../services/todos/choices.ts";
import { chooseTodo } from "../../services/todos/choose.ts";
import { listToday } from "../../services/todos/list-today.ts";
import { openTodos } from "../../services/todos/todo.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { outcomeOf } from "./outcome.ts";

const choice = z.object({ key: z.string().min(1).max(500), choice: z.enum(todoChoices) });
const mode = z.object({ group: z.string().min(1).max(100), to: z.enum(["live", "paused", "trial"]) });

/** `/api/today`: 今天要处理. */
export const todayApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await listToday(c.get("ctx"), c.get("language"))))
    .post("/choose", body(choice), async (c) => {
      const [ctx, { openId }] = [c.get("ctx"), c.get("who")];
      const { key, choice: chosen } = c.req.valid("json");
      const item = (await openTodos(ctx)).find((one) => one.key === key);
      return c.json(outcomeOf(ctx, await chooseTodo(ctx, { item, choice: chosen, person: openId })));
    })
    .post("/mode", body(mode), async (c) => {
      const [ctx, { openId }] = [c.get("ctx"), c.get("who")];
      const { group, to } = c.req.valid("json");
      const input = { group, person: openId };
      return c.json(
        outcomeOf(ctx, to === "live" ? await goLive(ctx, input) : await restGroup(ctx, { ...input, to })),
      );
    });
