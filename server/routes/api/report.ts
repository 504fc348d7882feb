import { Hono } from "hono";
import { z } from "zod";
import { reportSheet } from "../../services/outcome/report-sheet.ts";
import { report } from "../../services/outcome/report.ts";
import { toCsv, toXlsx } from "../../services/sheets/write.ts";
import type { ApiEnv } from "./env.ts";
import { only, query } from "./guard.ts";

const MONTHS = 12;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const file = z.object({ format: z.enum(["csv", "xlsx"]) });

/** `/api/report`: 月报, and the same as a file. */
export const reportApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await report(c.get("ctx"), { months: MONTHS })))
    .get("/export", query(file), async (c) => {
      const [ctx, language] = [c.get("ctx"), c.get("language")];
      const sheet = await reportSheet(ctx, { months: MONTHS, language });
      const { format } = c.req.valid("query");
      c.header("content-disposition", `attachment; filename="report.${format}"`);
      if (format === "csv") return c.body(toCsv(sheet), 200, { "content-type": "text/csv; charset=utf-8" });
      return c.body(await toXlsx(sheet), 200, { "content-type": XLSX });
    });
