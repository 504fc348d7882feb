import { Hono } from "hono";
import { html } from "hono/html";
import { and, eq, gte } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { attendance } from "../../db/schema.ts";
import { askDemand } from "../../services/demand/ask.ts";
import { isAdmin } from "../../services/people/name.ts";
import { activeLecturer, belongs, inChatsOf } from "../../services/people/roles.ts";
import { mayRate } from "../../services/ratings/raters.ts";
import { allRecords } from "../../services/records/read.ts";
import { viewOf, viewSession, type SessionView } from "../../services/sessions/facts.ts";
import { upcomingSessions } from "../../services/sessions/upcoming.ts";
import { openTodos } from "../../services/todos/todo.ts";
import { allContexts, contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, form, page, say, section, type Html, type Reader } from "./layout.ts";
import { done, forbidden, readForm, readerOf } from "./reading.ts";
import { titleOf, whenFor } from "./session-view.ts";

const FORTNIGHT = 14 * 86_400_000;
const WEEK = 7 * 86_400_000;

/** `/m`: what comes next for this person, and what waits for them. */
export function homePage(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.get("/", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const parts: Html[] = [];
    for (const ctx of await allContexts(options, openId))
      if (await belongs(ctx, openId)) parts.push(...(await partsOf(ctx, openId, reader)));
    if (parts.length === 0) {
      const alone = say(
        reader.language,
        "您还不在任何讲师群或学员群里。进群之后，这里会有近期的分享。",
        "You are in none of the chats yet. Once you are, coming sessions stand here.",
      );
      parts.push(html`<section><p>${alone}</p></section>`);
    }
    return c.html(page(reader.language, say(reader.language, "我的讲台", "My Lectern"), parts, reader));
  });
  app.post("/ask/:workspace", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const fields = await readForm(c);
    const ctx = await contextOfWorkspace(options, c.req.param("workspace"), openId);
    if (!fields || !ctx || !(await belongs(ctx, openId))) return c.html(forbidden(reader), 403);
    const answer = await askDemand(ctx, {
      person: openId,
      text: typeof fields["text"] === "string" ? fields["text"] : "",
    });
    options.wake();
    return c.html(done(reader, answerText(answer), "/m"));
  });
  return app;
}

async function partsOf(ctx: Ctx, person: string, reader: Reader): Promise<Html[]> {
  const { language } = reader;
  const sessions = await upcomingSessions(ctx);
  const lecturer = await activeLecturer(ctx, person);
  const parts: Html[] = [];
  if (await isAdmin(ctx, person)) {
    const n = (await openTodos(ctx)).length;
    const words =
      n === 0
        ? say(language, "今天没有要处理的，放心去忙别的。", "Nothing to do today.")
        : say(language, `${n} 件事等您看看`, `${n} matters wait for you`);
    parts.push(
      section(say(language, "今天要处理", "To do today"), html`<p><a href="/m/todo">${words}</a></p>`),
    );
  }
  if (lecturer) parts.push(await nextTurns(ctx, person, sessions, reader));
  const waiting = await toRate(ctx, person);
  if (waiting.length > 0)
    parts.push(section(say(language, "待我反馈", "Waiting for my feedback"), list(ctx, waiting, reader)));
  const near: SessionView[] = [];
  for (const session of sessions.filter(({ start }) => start! < ctx.now + FORTNIGHT)) {
    const view = await viewOf(ctx, session);
    if (
      session.account !== person &&
      session.lecturer &&
      (lecturer || (await inChatsOf(ctx, person, view.group)))
    )
      near.push(view);
  }
  parts.push(
    section(
      say(language, "近期分享", "Coming up"),
      near.length > 0
        ? list(ctx, near.slice(0, 12), reader)
        : say(language, "两周内还没有排好的分享。", "Nothing planned in the next two weeks."),
    ),
  );
  parts.push(
    section(
      say(language, "我想听", "I'd like to hear"),
      form(
        reader,
        `/m/ask/${encodeURIComponent(ctx.workspace.id)}`,
        html`<label
          >${say(language, "一句话就好", "One sentence is enough")}<textarea
            name="text"
            rows="2"
            maxlength="500"
            required
          ></textarea>
        </label>`,
        say(language, "提交", "Send"),
        false,
      ),
    ),
  );
  const leads = (await allRecords(ctx, "lecturers")).some(
    ({ manager, state }) => manager === person && state !== "left",
  );
  if (leads)
    parts.push(
      section(
        say(language, "我的团队", "My team"),
        html`<p><a href="/m/team">${say(language, "看看团队里的讲师", "The lecturers of my team")}</a></p>`,
      ),
    );
  return parts;
}

async function nextTurns(
  ctx: Ctx,
  person: string,
  sessions: Awaited<ReturnType<typeof upcomingSessions>>,
  reader: Reader,
): Promise<Html> {
  const { language } = reader;
  const mine: SessionView[] = [];
  for (const session of sessions) if (session.account === person) mine.push(await viewOf(ctx, session));
  const turns =
    mine.length > 0
      ? list(ctx, mine.slice(0, 4), reader)
      : html`<p>${say(language, "近期没有轮到您。", "No turn coming up.")}</p>`;
  const links = [
    ["/m/echo", say(language, "学员的回响", "What learners said")],
    ["/m/points", say(language, "我的积分与称号", "My points & titles")],
    ["/m/preference", say(language, "我的偏好", "My preferences")],
  ] as const;
  return section(say(language, "我的下一场", "My next turn"), [
    turns,
    html`<p>${links.map(([href, label]) => html`<a href="${href}">${label}</a> `)}</p>`,
  ]);
}

const list = (ctx: Ctx, views: SessionView[], reader: Reader): Html =>
  html`<ul>
    ${views.map((view) => html`<li><a href="/m/session/${encodeURIComponent(view.session.id)}">${titleOf(view, reader)}</a><br /><small>${whenFor(ctx, view, reader)}${view.lecturer?.name ? ` · ${view.lecturer.name}` : ""}</small></li>`)}
  </ul>`;

/** Sessions this person was at that still take answers; whether they have answered nobody can tell. */
async function toRate(ctx: Ctx, person: string): Promise<SessionView[]> {
  const rows = await ctx.db
    .select({ session: attendance.session })
    .from(attendance)
    .where(
      and(
        eq(attendance.workspace, ctx.workspace.id),
        eq(attendance.person, person),
        gte(attendance.at, ctx.now - WEEK),
      ),
    );
  const views: SessionView[] = [];
  for (const { session } of rows) {
    const may = await mayRate(ctx, { session, person });
    const view = "view" in may ? await viewSession(ctx, session) : null;
    if (view) views.push(view);
  }
  return views;
}
