import { Hono } from "hono";
import { z } from "zod";
import { listSettings } from "../../services/settings/list-settings.ts";
import { saveSetting } from "../../services/settings/save-setting.ts";
import { changeAdmins, listAdmins } from "../../services/workspace/admins.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { act } from "./shapes.ts";

const one = z.object({ key: z.string(), value: z.string().max(500), act });
const change = z.object({ person: z.string().min(1), to: z.enum(["add", "remove"]) });

/** `/api/settings`: values of 设置, and who runs the programme. */
export const settingsApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await listSettings(c.get("ctx"), c.get("language"))))
    .post("/", body(one), async (c) => c.json(await saveSetting(c.get("ctx"), c.req.valid("json")), 202))
    .get("/admins", async (c) => c.json(await listAdmins(c.get("ctx"))))
    .post("/admins", body(change), async (c) =>
      c.json(await changeAdmins(c.get("ctx"), c.req.valid("json"))),
    );
