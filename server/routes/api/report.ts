import { Hono } from "hono";
import { exportReport } from "../../services/outcome/export-report.ts";
import { report } from "../../services/outcome/report.ts";
import type { ApiEnv } from "./env.ts";
import { only } from "./guard.ts";

const MONTHS = 12;

/** `/api/report`: 月报, and the same as a file. */
export const reportApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await report(c.get("ctx"), { months: MONTHS })))
    .get("/export", async (c) =>
      c.json(await exportReport(c.get("ctx"), { months: MONTHS, language: c.get("language") })),
    );
