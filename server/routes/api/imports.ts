import { Hono } from "hono";
import { z } from "zod";
import { ForbiddenError } from "../../errors.ts";
import type { Ctx } from "../../context.ts";
import { importForPeople, namedImports } from "../../services/lecturers/import-for-people.ts";
import type { ImportInput } from "../../services/lecturers/import.ts";
import { readSheet, readText } from "../../services/lecturers/import.ts";
import { undoImport } from "../../services/lecturers/undo-import.ts";
import { isMember } from "../../services/people/roles.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";

const sheet = z.object({
  kind: z.enum(["lecturers", "sessions", "ratings", "baseline"]),
  /** Pasted, or the bytes of an XLSX or CSV file in base64. */
  from: z.union([z.object({ text: z.string().min(1) }), z.object({ file: z.base64().min(1) })]),
  columns: z.record(z.string(), z.string()).optional(),
});
const chat = z.object({ kind: z.literal("chat"), chatId: z.string(), groups: z.array(z.string()).max(100) });
const given = z.discriminatedUnion("kind", [sheet, chat]);
type Given = z.output<typeof given>;

/** `/api/imports`: lecturers, past sessions, ratings and the baseline, silently; undone as one batch. */
export const importsApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await namedImports(c.get("ctx"))))
    .post("/preview", body(given), async (c) => {
      const [ctx, language] = [c.get("ctx"), c.get("language")];
      const input = await inputOf(ctx, c.req.valid("json"));
      return c.json(await importForPeople(ctx, input, { preview: true, language }));
    })
    .post("/", body(given), async (c) => {
      const [ctx, language] = [c.get("ctx"), c.get("language")];
      const input = await inputOf(ctx, c.req.valid("json"));
      return c.json(await importForPeople(ctx, input, { preview: false, language }));
    })
    .post("/:batch/undo", async (c) => c.json(await undoImport(c.get("ctx"), c.req.param("batch"))));

async function inputOf(ctx: Ctx, one: Given): Promise<ImportInput> {
  if (one.kind === "chat") {
    if (!(await isMember(ctx, ctx.actor, one.chatId)))
      throw new ForbiddenError("chat_unknown", `${ctx.actor} is not in ${one.chatId}`);
    return one;
  }
  const { kind, from, columns } = one;
  const read = "text" in from ? readText(from.text) : await readSheet(Buffer.from(from.file, "base64"));
  return { kind, sheet: read, ...(columns ? { columns } : {}) };
}
