import { Hono } from "hono";
import { html } from "hono/html";
import { desc, and, eq } from "drizzle-orm";
import { motivations, type Motivation } from "#domain/messages/actions.ts";
import type { Ctx } from "../../context.ts";
import { award, careNote, ledger } from "../../db/schema.ts";
import { attendanceOf } from "../../services/attendance/check-in.ts";
import { thanksFor } from "../../services/echo/thanks.ts";
import { decideAward } from "../../services/incentive/decide-award.ts";
import { answerAward } from "../../services/incentive/share-award.ts";
import { isAdmin } from "../../services/people/name.ts";
import { activeLecturer } from "../../services/people/roles.ts";
import { choosePreference, preferenceOf } from "../../services/preference/choose.ts";
import { allRecords, getRecord, type Rec } from "../../services/records/read.ts";
import { viewOf } from "../../services/sessions/facts.ts";
import { allContexts, contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import {
  answerText,
  choices,
  facts,
  form,
  page,
  post,
  say,
  section,
  type Html,
  type Reader,
} from "./layout.ts";
import { done, forbidden, missing, readForm, readerOf } from "./reading.ts";
import { titleOf, whenFor } from "./session-view.ts";

const POINTS = (hundredths: number) => `${hundredths > 0 ? "+" : ""}${hundredths / 100}`;

/** The pages of a lecturer about themselves, and of a manager about their people: nobody else's are ever shown. */
export function ownPages(options: PeopleOptions) {
  const mine = async (person: string): Promise<{ ctx: Ctx; lecturer: Rec<"lecturers"> }[]> => {
    const found = [];
    for (const ctx of await allContexts(options, person)) {
      const lecturer = await activeLecturer(ctx, person);
      if (lecturer) found.push({ ctx, lecturer });
    }
    return found;
  };
  const app = new Hono<Env>();
  for (const [path, title, body] of [
    ["/points", ["我的积分与称号", "My points & titles"], points],
    ["/echo", ["学员的回响", "What learners said"], echo],
    ["/preference", ["我的偏好", "My preferences"], preferences],
  ] as const)
    app.get(path, async (c) => {
      const reader = readerOf(c);
      const found = await mine(c.get("who").openId);
      if (found.length === 0) return c.html(forbidden(reader), 403);
      const parts: Html[] = [];
      for (const { ctx, lecturer } of found) parts.push(...(await body(ctx, lecturer, reader)));
      return c.html(page(reader.language, say(reader.language, title[0], title[1]), parts, reader));
    });
  app.post("/preference", async (c) => {
    const reader = readerOf(c);
    const fields = await readForm(c);
    const person = c.get("who").openId;
    const ctx = fields && (await contextOfWorkspace(options, String(fields["workspace"]), person));
    if (!ctx) return c.html(forbidden(reader), 403);
    const chosen = (name: string): Motivation | undefined => motivations.find((one) => one === fields[name]);
    const choice = chosen("choice");
    if (!choice)
      return c.html(
        done(reader, say(reader.language, "请先选一个。", "Please choose one first."), "/m/preference"),
      );
    const answer = await choosePreference(ctx, { person, choice, also: chosen("also") ?? choice });
    options.wake();
    return c.html(done(reader, answerText(answer), "/m/preference"));
  });
  app.get("/team", async (c) => {
    const reader = readerOf(c);
    const person = c.get("who").openId;
    const parts: Html[] = [];
    for (const ctx of await allContexts(options, person)) parts.push(...(await team(ctx, person, reader)));
    if (parts.length === 0) return c.html(forbidden(reader), 403);
    return c.html(page(reader.language, say(reader.language, "我的团队", "My team"), parts, reader));
  });
  return app.route("/award", awardPages(options));
}

async function points(ctx: Ctx, lecturer: Rec<"lecturers">, reader: Reader): Promise<Html[]> {
  const { language } = reader;
  const rows = await ctx.db
    .select()
    .from(ledger)
    .where(and(eq(ledger.workspace, ctx.workspace.id), eq(ledger.lecturer, lecturer.id)))
    .orderBy(desc(ledger.at), ledger.key);
  const total = rows.reduce((sum, row) => sum + row.points, 0);
  const awards = await ctx.db
    .select()
    .from(award)
    .where(and(eq(award.workspace, ctx.workspace.id), eq(award.lecturer, lecturer.id)))
    .orderBy(desc(award.at));
  const shown = awards.filter(({ state }) => ["approved", "granted", "expired"].includes(state));
  const titles = section(
    say(language, "称号", "Titles"),
    shown.length > 0
      ? html`<ul>
          ${shown.map((row) => html`<li><a href="/m/award/${encodeURIComponent(row.key)}">${row.title}</a> <small>${row.period}</small></li>`)}
        </ul>`
      : say(language, "还没有，慢慢来。", "None yet."),
  );
  const entries = rows.map(
    (row) =>
      html`<tr>
        <td>${row.reason}<br /><small>${row.period}</small></td>
        <td>${POINTS(row.points)}</td>
      </tr>`,
  );
  return [
    titles,
    section(say(language, "积分明细", "Points statement"), [
      html`<p>
        ${say(language, "合计", "Total")}：<strong>${total / 100}</strong>
        <small>${say(language, "等于下面各条相加", "the sum of the entries below")}</small>
      </p>`,
      rows.length > 0
        ? html`<table>
            <thead>
              <tr>
                <th scope="col">${say(language, "原因", "Reason")}</th>
                <th scope="col">${say(language, "积分", "Points")}</th>
              </tr>
            </thead>
            <tbody>
              ${entries}
            </tbody>
          </table>`
        : html`<p class="soft">
            ${say(language, "月结之后，每一条都会写在这里。", "Each entry stands here after the month's close.")}
          </p>`,
    ]),
  ];
}

/** Signed thanks the same day; what is anonymous only once released, and the score to the lecturer alone. */
async function echo(ctx: Ctx, lecturer: Rec<"lecturers">, reader: Reader): Promise<Html[]> {
  const { language } = reader;
  const held = (await allRecords(ctx, "sessions"))
    .filter((row) => row.lecturer === lecturer.id && ["delivered", "rated"].includes(row.state ?? ""))
    .sort((a, b) => (b.start ?? 0) - (a.start ?? 0));
  const parts: Html[] = [];
  for (const session of held.slice(0, 12)) {
    const view = await viewOf(ctx, session);
    const said = await thanksFor(ctx, session.id);
    const came = (await attendanceOf(ctx, session.id)) || (session.attendance ?? 0);
    parts.push(
      section(titleOf(view, reader), [
        facts([
          [say(language, "时间", "When"), whenFor(ctx, view, reader)],
          [say(language, "到场", "Attended"), came > 0 ? String(came) : undefined],
          [
            say(language, "学员评分", "Learner rating"),
            session.score !== undefined && (session.ratings ?? 0) >= ctx.settings.minimum
              ? say(
                  language,
                  `${session.score}（${session.ratings} 人反馈）`,
                  `${session.score} (${session.ratings} responses)`,
                )
              : undefined,
          ],
        ]),
        said.length > 0
          ? html`<ul>
              ${said.map(({ text }) => html`<li>${text}</li>`)}
            </ul>`
          : "",
      ]),
    );
  }
  if (parts.length === 0)
    parts.push(
      html`<section>
        <p>
          ${say(language, "讲完第一场，学员的话会出现在这里。", "After your first session, what learners say stands here.")}
        </p>
      </section>`,
    );
  const notes = await ctx.db
    .select()
    .from(careNote)
    .where(and(eq(careNote.workspace, ctx.workspace.id), eq(careNote.lecturer, lecturer.id)));
  const open = notes.filter(({ state }) => state === "open" || state === "contacted");
  if (open.length > 0)
    parts.push(
      section(
        say(language, "关怀提醒", "Care notes"),
        html`<ul>
          ${open.map(({ key }) => html`<li><a href="/m/care/${encodeURIComponent(key)}">${say(language, "系统建议主管关心一下您的时间安排", "The system suggested that your manager ask about your time")}</a></li>`)}
        </ul>`,
      ),
    );
  return parts;
}

const MOTIVATIONS = {
  honour: ["被认可（称号、证书）", "Recognition"],
  material: ["实在的（积分、礼品、假期）", "Something tangible"],
  growth: ["成长（培训、辅导、晋升）", "Growth"],
} as const;

async function preferences(ctx: Ctx, lecturer: Rec<"lecturers">, reader: Reader): Promise<Html[]> {
  const { language } = reader;
  const now = (await preferenceOf(ctx, lecturer.person ?? ""))?.choice ?? [];
  const word = (key: Motivation) => say(language, MOTIVATIONS[key][0], MOTIVATIONS[key][1]);
  const said = motivations.filter((key) => now.includes(key)).map(word);
  const options = motivations.map((key) => [key, word(key)] as const);
  return [
    section(say(language, "什么最让您觉得值得？", "What makes it worthwhile?"), [
      said.length > 0
        ? html`<p class="soft">
            ${say(language, "现在选的：", "Chosen now: ")}${said.join(say(language, "、", ", "))}
          </p>`
        : "",
      form(
        reader,
        "/m/preference",
        [
          html`<input type="hidden" name="workspace" value="${ctx.workspace.id}" />`,
          choices(say(language, "最看重", "Most of all"), "choice", options),
          html`<label
            >${say(language, "还有（可不选）", "And, if you like")}
            <select name="also">
              <option value=""></option>
              ${options.map(([value, label]) => html`<option value="${value}">${label}</option>`)}
            </select></label
          >`,
        ],
        say(language, "保存", "Save"),
      ),
    ]),
  ];
}

/** What a manager sees of their people: number of shares and the next one; no score, no preference. */
async function team(ctx: Ctx, person: string, reader: Reader): Promise<Html[]> {
  const led = (await allRecords(ctx, "lecturers")).filter(
    ({ manager, state }) => manager === person && state !== "left",
  );
  if (led.length === 0) return [];
  const sessions = await allRecords(ctx, "sessions");
  const { language } = reader;
  const rows: Html[] = [];
  for (const { id, name, shares } of led) {
    const held = sessions.filter(
      (row) => row.lecturer === id && ["delivered", "rated"].includes(row.state ?? ""),
    ).length;
    const next = sessions
      .filter((row) => row.lecturer === id && (row.start ?? 0) > ctx.now && row.state !== "cancelled")
      .sort((a, b) => a.start! - b.start!)[0];
    rows.push(
      html`<tr>
        <td>
          ${name ?? ""}<br /><small>${next ? whenFor(ctx, await viewOf(ctx, next), reader) : ""}</small>
        </td>
        <td>${Math.max(held, shares ?? 0)}</td>
      </tr>`,
    );
  }
  const notes = (
    await ctx.db
      .select()
      .from(careNote)
      .where(and(eq(careNote.workspace, ctx.workspace.id), eq(careNote.recipient, person)))
  ).filter(({ state }) => state === "open" || state === "contacted");
  return [
    html`<section>
      <table>
        <thead>
          <tr>
            <th scope="col">${say(language, "讲师", "Lecturer")}</th>
            <th scope="col">${say(language, "分享次数", "Shares")}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </section>`,
    ...(notes.length > 0
      ? [
          section(
            say(language, "关怀提醒", "Care notes"),
            html`<ul>
              ${notes.map(({ key, lecturer }) => html`<li><a href="/m/care/${encodeURIComponent(key)}">${led.find(({ id }) => id === lecturer)?.name ?? say(language, "打开", "Open")}</a></li>`)}
            </ul>`,
          ),
        ]
      : []),
  ];
}

/** `/m/award/:id`: for the lecturer it is about, and for admins. */
function awardPages(options: PeopleOptions) {
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
          [say(language, "周期", "Period"), row.period],
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
