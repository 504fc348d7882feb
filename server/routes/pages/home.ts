import { Hono } from "hono";
import { html } from "hono/html";
import { and, eq, gte } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { attendance } from "../../db/schema.ts";
import { askDemand } from "../../services/demand/ask.ts";
import { votedBy, votesByTopic, voteTopic } from "../../services/demand/vote.ts";
import { isAdmin } from "../../services/people/name.ts";
import { activeLecturer, belongs, inChatsOf } from "../../services/people/roles.ts";
import { mayRate } from "../../services/ratings/raters.ts";
import { allRecords, type Rec } from "../../services/records/read.ts";
import { waitingProposal } from "../../services/schedule/waiting-proposal.ts";
import { viewOf, viewSession, type SessionView } from "../../services/sessions/facts.ts";
import { upcomingSessions } from "../../services/sessions/upcoming.ts";
import { askedOfMe } from "../../services/turns/asked-of-me.ts";
import { openTodos } from "../../services/todos/todo.ts";
import { allContexts, contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, form, page, post, say, section, sentence, type Html, type Reader } from "./layout.ts";
import { done, forbidden, readForm, readerOf } from "./reading.ts";
import { titleOf, whenFor } from "./session-words.ts";

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
  app.post("/vote/:workspace", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const fields = await readForm(c);
    const ctx = await contextOfWorkspace(options, c.req.param("workspace"), openId);
    if (!fields || !ctx || !(await belongs(ctx, openId))) return c.html(forbidden(reader), 403);
    const topic = typeof fields["topic"] === "string" ? fields["topic"] : "";
    const answer = await voteTopic(ctx, { person: openId, topic });
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
    const n = (await openTodos(ctx)).length + ((await waitingProposal(ctx)) ? 1 : 0);
    const words =
      n === 0
        ? say(language, "今天没有要处理的，放心去忙别的。", "Nothing to do today.")
        : say(language, `${n} 件事等您看看`, `${n} matters wait for you`);
    parts.push(
      section(say(language, "今天要处理", "To do today"), html`<p><a href="/m/todo">${words}</a></p>`),
    );
  }
  if (lecturer) {
    parts.push(await nextTurns(ctx, person, sessions, reader));
    parts.push(...(await asked(ctx, lecturer, reader)));
  }
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
    section(
      say(language, "素材与回放", "Library & replays"),
      html`<p>
        <a href="/m/library">${say(language, "看讲过的和收集的", "What was shared and collected")}</a>
      </p>`,
    ),
  );
  parts.push(await wishes(ctx, person, reader));
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
  parts.push(
    html`<p><a href="/m/messages">${say(language, "我要收哪些消息", "Which messages I get")}</a></p>`,
  );
  return parts;
}

const MOST_TOPICS = 6;

/** 我想听: a sentence of one's own, or a vote for what others have asked for. */
async function wishes(ctx: Ctx, person: string, reader: Reader): Promise<Html> {
  const { language } = reader;
  const mine = await votedBy(ctx, person);
  const votes = await votesByTopic(ctx);
  const weight = ({ id, count }: Rec<"topics">) => (count ?? 0) + (votes.get(id) ?? 0);
  const topics = (await allRecords(ctx, "topics"))
    .filter(({ state, name }) => name && (state === "active" || state === undefined))
    .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_TOPICS);
  const path = encodeURIComponent(ctx.workspace.id);
  const count = (id: string) => {
    const n = votes.get(id) ?? 0;
    return n > 0 ? say(language, ` ${n} 票`, ` · ${n}`) : "";
  };
  return section(say(language, "我想听", "I'd like to hear"), [
    topics.length > 0
      ? html`<p>${say(language, "投一票：", "Vote:")}</p>
          <div class="acts">
            ${topics.map(({ id, name }) => (mine.has(id) ? html`<span class="chosen">${name}${count(id)} ✓</span>` : post(reader, `/m/vote/${path}`, `${name}${count(id)}`, { topic: id })))}
          </div>`
      : "",
    form(
      reader,
      `/m/ask/${path}`,
      sentence(say(language, "或者写一句想听的", "Or write a sentence"), 500),
      say(language, "提交", "Send"),
      false,
    ),
  ]);
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
      : html`<p>
          ${say(language, "近期没有轮到您。想讲？报名一场。", "No turn coming up. Want to speak? Volunteer.")}
        </p>`;
  const links = [
    ...(ctx.settings.volunteering
      ? [["/m/volunteer", say(language, "我来报名一场", "Volunteer for a session")] as const]
      : []),
    ["/m/echo", say(language, "学员的回响", "What learners said")],
    ["/m/points", say(language, "我的积分与称号", "My points & titles")],
    ["/m/preference", say(language, "我的偏好", "My preferences")],
  ] as const;
  return section(say(language, "我的下一场", "My next turn"), [
    turns,
    html`<ul class="links">
      ${links.map(([href, label]) => html`<li><a href="${href}">${label}</a></li>`)}
    </ul>`,
  ]);
}

/** Colleagues who wait for an answer. */
async function asked(ctx: Ctx, lecturer: Rec<"lecturers">, reader: Reader): Promise<Html[]> {
  const { language } = reader;
  const open = await askedOfMe(ctx, lecturer);
  if (open.length === 0) return [];
  const href = ({ kind, id }: (typeof open)[number]) =>
    `/m/${kind === "swap" ? "swap" : "session"}/${encodeURIComponent(id)}`;
  const words = ({ kind, from }: (typeof open)[number]) =>
    kind === "swap"
      ? say(language, `${from} 想和您对换一场`, `${from} would like to swap with you`)
      : say(language, `能帮 ${from} 讲一场吗？`, `Could you step in for ${from}?`);
  return [
    section(
      say(language, "等您答复", "Waiting for your answer"),
      html`<ul>
        ${open.map((one) => html`<li><a href="${href(one)}">${words(one)}</a></li>`)}
      </ul>`,
    ),
  ];
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
