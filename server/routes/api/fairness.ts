import { Hono } from "hono";
import { z } from "zod";
import { InvalidInputError } from "../../errors.ts";
import { beginSeason, correctTurns } from "../../services/fairness/correct.ts";
import { fairnessReport, ownFairness } from "../../services/fairness/report.ts";
import { fairnessSheet } from "../../services/fairness/sheet.ts";
import { toCsv, toXlsx } from "../../services/sheets/write.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";

const day = z.iso.date();
const span = z.object({
  from: day.optional(),
  to: day.optional(),
  by: z.enum(["month", "quarter", "year"]).optional(),
});
const file = span.extend({ format: z.enum(["csv", "xlsx"]) });
const correction = z.object({ lecturer: z.string(), turns: z.number(), reason: z.string() });
const season = z.object({ day: z.string(), reason: z.string() });
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

function query<S extends z.ZodType>(schema: S, given: Record<string, string>): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new InvalidInputError("invalid_query", problems.join("; "));
}

/** `/api/fairness`: turns had and turns fair, for admins; a lecturer's own account under `/mine`. */
export const fairnessApi = () =>
  new Hono<ApiEnv>()
    .get("/mine", only("lecturer"), async (c) => {
      const { ctx, roles, language } = c.var;
      const mine = await ownFairness(ctx, roles.lecturer ?? "", { ...query(span, c.req.query()), language });
      return c.json(mine);
    })
    .get("/", only("admin"), async (c) =>
      c.json(await fairnessReport(c.var.ctx, { ...query(span, c.req.query()), language: c.var.language })),
    )
    .get("/file", only("admin"), async (c) => {
      const { ctx, language } = c.var;
      const { format, ...asked } = query(file, c.req.query());
      const report = await fairnessReport(ctx, { ...asked, language });
      const sheet = fairnessSheet(report, language);
      c.header("content-disposition", `attachment; filename="turns-${report.from}-${report.to}.${format}"`);
      if (format === "csv") return c.body(toCsv(sheet), 200, { "content-type": "text/csv; charset=utf-8" });
      return c.body(await toXlsx(sheet), 200, { "content-type": XLSX });
    })
    .post("/corrections", only("admin"), body(correction), async (c) =>
      c.json(await correctTurns(c.var.ctx, { ...c.req.valid("json"), person: c.var.who.openId })),
    )
    .post("/season", only("admin"), body(season), async (c) =>
      c.json(await beginSeason(c.var.ctx, { ...c.req.valid("json"), person: c.var.who.openId })),
    );
