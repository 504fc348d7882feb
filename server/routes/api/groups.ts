import { Hono } from "hono";
import { z } from "zod";
import { groups } from "#base/tables/groups.ts";
import { MissingError } from "../../errors.ts";
import { comingMessages } from "../../services/groups/coming-messages.ts";
import { createGroup } from "../../services/groups/create-group.ts";
import { listGroups } from "../../services/groups/list-groups.ts";
import { getRecord } from "../../services/records/read.ts";
import { goLive } from "../../services/schedule/go-live.ts";
import { restGroup } from "../../services/schedule/pause.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { act } from "./shapes.ts";

const keysOf = <K extends string>(options: readonly { key: K }[]) =>
  options.map(({ key }) => key) as [K, ...K[]];
const text = z.string().trim().min(1).max(200);
const fresh = z.object({
  name: text,
  chat: text,
  audience: z.array(text).min(1).max(10),
  frequency: z.enum(keysOf(groups.fields.frequency.options)),
  weekdays: z.array(z.enum(keysOf(groups.fields.weekdays.options))),
  startTime: z.string(),
  minutes: z.int().min(1).max(1440),
  place: z.string().trim().max(200).optional(),
  act,
});
const states = z.object({ to: z.enum(["live", "paused", "trial"]) });

/** `/api/groups`: 讲师群 with their states. */
export const groupsApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await listGroups(c.get("ctx"))))
    .post("/", body(fresh), async (c) => c.json(await createGroup(c.get("ctx"), c.req.valid("json")), 202))
    .get("/:id/coming", async (c) => c.json(await comingMessages(c.get("ctx"), c.req.param("id"))))
    .post("/:id/state", body(states), async (c) => {
      const [ctx, group, person] = [c.get("ctx"), c.req.param("id"), c.get("who").openId];
      if (!(await getRecord(ctx, "groups", group)))
        throw new MissingError("group_missing", `no group ${group}`);
      const { to } = c.req.valid("json");
      if (to === "live") await goLive(ctx, { group, person });
      else await restGroup(ctx, { group, person, to });
      return c.json({ state: to });
    });
