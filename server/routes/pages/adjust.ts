import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { adjustPoints } from "../../services/incentive/adjust.ts";
import { pointsOf } from "../../services/incentive/points.ts";
import { isAdmin } from "../../services/people/name.ts";
import { allRecords } from "../../services/records/read.ts";
import { allContexts, contextOfRecord, type Env, type PeopleOptions } from "../edge.ts";
import { form, page, say, section, type Html, type Reader } from "./layout.ts";
import { done, forbidden, missing, readerOf, readForm } from "./reading.ts";

const fieldsShape = z.object({
  /** Made with the form: sent twice, it counts once. */
  id: z.uuid(),
  lecturer: z.string().min(1),
  points: z.coerce.number().min(-1000).max(1000),
  reason: z.string().trim().min(1).max(500),
});

/** `/m/adjust`: an admin corrects points, with a reason that the lecturer reads; entries are added, never changed. */
export function adjustPages(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.get("/", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const parts: Html[] = [];
    for (const ctx of await allContexts(options, openId))
      if (await isAdmin(ctx, openId)) parts.push(await one(ctx, reader));
    if (parts.length === 0) return c.html(forbidden(reader), 403);
    return c.html(page(reader.language, say(reader.language, "更正积分", "Correct points"), parts, reader));
  });
  app.post("/", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const fields = await readForm(c);
    const given = fieldsShape.safeParse(fields);
    if (!given.success) return c.html(missing(reader), 400);
    const ctx = await contextOfRecord(options, "lecturers", given.data.lecturer, openId);
    if (!ctx || !(await isAdmin(ctx, openId))) return c.html(forbidden(reader), 403);
    await adjustPoints(ctx, { ...given.data, person: openId });
    options.wake();
    return c.html(done(reader, null, "/m/adjust"));
  });
  return app;
}

async function one(ctx: Ctx, reader: Reader): Promise<Html> {
  const { language } = reader;
  const lecturers = await allRecords(ctx, "lecturers");
  const options: Html[] = [];
  for (const { id, name } of lecturers)
    options.push(html`<option value="${id}">${name ?? id} (${await pointsOf(ctx, id)})</option>`);
  const fields = html`<input type="hidden" name="id" value="${randomUUID()}" />
    <label
      >${say(language, "讲师（现有积分）", "Lecturer (points now)")}<select name="lecturer" required>
        ${options}
      </select></label
    >
    <label
      >${say(language, "加减多少", "Plus or minus")}<input
        type="number"
        name="points"
        step="0.01"
        min="-1000"
        max="1000"
        required
    /></label>
    <label
      >${say(language, "原因（讲师会看到）", "Reason (the lecturer reads it)")}<input
        type="text"
        name="reason"
        maxlength="500"
        required
    /></label>`;
  const note = say(language, "原记录保留，只加一条更正。", "Old entries stay; a correction is added.");
  return section(say(language, "更正", "Correction"), [
    html`<p class="soft">${note}</p>`,
    form(reader, "/m/adjust", fields, say(language, "保存", "Save")),
  ]);
}
