import { Hono } from "hono";
import { z } from "zod";
import { savedTables } from "../../services/admin/check-row.ts";
import { saveRow } from "../../services/admin/save-row.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { act } from "./shapes.ts";

const row = z.object({
  table: z.enum(savedTables),
  record: z.string().nullable(),
  fields: z.record(z.string(), z.json()),
  act,
});

/** `/api/rows`: what an admin fills in while the other Base is open; checked as the automations would. */
export const rowsApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .post("/", body(row), async (c) => c.json(await saveRow(c.get("ctx"), c.req.valid("json")), 202));
