import { Hono } from "hono";
import { html } from "hono/html";
import { eq } from "drizzle-orm";
import { periodWords } from "#domain/messages/dates.ts";
import { award } from "../../db/schema.ts";
import { decideAward } from "../../services/incentive/decide-award.ts";
import { answerAward } from "../../services/incentive/share-award.ts";
import { isAdmin } from "../../services/people/name.ts";
import { getRecord } from "../../services/records/read.ts";
import { contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, facts, page, post, say, section } from "./layout.ts";
import { done, forbidden, missing, readForm, readerOf } from "./reading.ts";

/** `/m/award/:id`: for the lecturer it is about, and for admins. */
export function awardPages(options: PeopleOptions) {
  const find = async (key: string, person: string) => {
    const [row] = await options.db.select().from(award).where(eq(award.key, key));
    const ctx = row && (await contextOfWorkspace(options, row.workspace, person));
    if (!ctx) return null;
    const lecturer = await getRecord(ctx, "lecturers", row.lecturer);
    return { ctx, row, lecturer, admin: await isAdmin(ctx, person), own: lecturer?.person === person };
  };
  const app = new Hono<Env>();
  app.get("/:id", async (c) => {
    const reader = readerOf(c);
    const found = await find(c.req.param("id"), c.get("who").openId);
    if (!found) return c.html(missing(reader), 404);
    const { row, lecturer, admin, own } = found;
    // A suggestion is nobody's business but the admin's until it is decided.
    const decided = ["approved", "granted", "expired"].includes(row.state);
    if (!admin && !(own && decided)) return c.html(forbidden(reader), 403);
    const { language } = reader;
    const at = (act: string) => `/m/award/${encodeURIComponent(row.key)}/${act}`;
    const body = [
      html`<section>
        ${facts([
          [say(language, "讲师", "Lecturer"), lecturer?.name],
          [say(language, "周期", "Period"), periodWords(row.period, language)],
          [say(language, "依据", "Evidence"), row.evidence],
        ])}
      </section>`,
      admin && row.state === "suggested"
        ? section(
            say(language, "批准吗？", "Approve?"),
            html`<div class="acts">
              ${post(reader, at("approve"), say(language, "批准", "Approve"), {}, true)}${post(reader, at("refuse"), say(language, "这次不授予", "Not this time"))}
            </div>`,
          )
        : html``,
      own && decided && row.consent === null
        ? section(
            say(language, "要让大家知道吗？", "Shall others know?"),
            html`<div class="acts">
              ${post(reader, at("share"), say(language, "分享到讲师群", "Share with the group"), {}, true)}${post(reader, at("private"), say(language, "不公开", "Keep private"))}
            </div>`,
          )
        : html``,
    ];
    return c.html(page(language, row.title, body, reader));
  });
  app.post("/:id/:act", async (c) => {
    const reader = readerOf(c);
    const [id, act, person] = [c.req.param("id"), c.req.param("act"), c.get("who").openId];
    const fields = await readForm(c);
    const found = fields && (await find(id, person));
    if (!found || (!found.admin && !found.own)) return c.html(forbidden(reader), 403);
    const input = { award: id, person };
    const answer =
      act === "approve" || act === "refuse"
        ? await decideAward(found.ctx, { ...input, approve: act === "approve" })
        : act === "share" || act === "private"
          ? await answerAward(found.ctx, { ...input, share: act === "share" })
          : null;
    if (!answer) return c.html(missing(reader), 404);
    options.wake();
    return c.html(done(reader, answerText(answer), `/m/award/${encodeURIComponent(id)}`));
  });
  return app;
}
