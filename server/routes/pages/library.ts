import { Hono } from "hono";
import { html } from "hono/html";
import { dateWords } from "#domain/messages/dates.ts";
import type { Ctx } from "../../context.ts";
import { library, type LibraryEntry } from "../../services/materials/library.ts";
import { belongs } from "../../services/people/roles.ts";
import { allContexts, type Env, type PeopleOptions } from "../edge.ts";
import { page, say, section, type Html, type Reader } from "./layout.ts";
import { forbidden, readerOf } from "./reading.ts";

/** As many as one reads through on a phone; the rest is found by a word. */
const MOST = 40;

/** `/m/library`: 素材与回放. */
export function libraryPage(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.get("/", async (c) => {
    const reader = readerOf(c);
    const { language } = reader;
    const person = c.get("who").openId;
    const query = (c.req.query("q") ?? "").slice(0, 100);
    const found: { ctx: Ctx; entry: LibraryEntry }[] = [];
    let member = false;
    for (const ctx of await allContexts(options, person)) {
      if (!(await belongs(ctx, person))) continue;
      member = true;
      for (const entry of await library(ctx, { person, query })) found.push({ ctx, entry });
    }
    if (!member) return c.html(forbidden(reader), 403);
    const title = say(language, "素材与回放", "Library & replays");
    const body = section(say(language, "讲过的和收集的", "What was shared and collected"), [
      search(query, reader),
      found.length > 0
        ? html`<ul class="plain">
            ${found.slice(0, MOST).map(({ ctx, entry }) => row(ctx, entry, reader))}
          </ul>`
        : html`<p>${nothing(query, reader)}</p>`,
      found.length > MOST
        ? html`<p class="soft">
            ${say(language, `还有 ${found.length - MOST} 份，搜一个词就能找到。`, `${found.length - MOST} more; search for a word.`)}
          </p>`
        : "",
    ]);
    return c.html(page(language, title, body, reader));
  });
  return app;
}

const search = (query: string, { language }: Reader): Html =>
  html`<form method="get" action="/m/library" role="search">
    <label
      >${say(language, "标题、主题或讲师", "Title, topic or lecturer")}<input
        type="text"
        name="q"
        maxlength="100"
        value="${query}" /></label
    ><button type="submit">${say(language, "搜索", "Search")}</button>
  </form>`;

const nothing = (query: string, { language }: Reader) =>
  query.trim()
    ? say(
        language,
        `没有找到「${query.trim()}」。换个词试试。`,
        `Nothing for “${query.trim()}”. Try another word.`,
      )
    : say(
        language,
        "还没有讲过的材料。第一场讲完，材料就在这里。",
        "Nothing yet. After the first session its material stands here.",
      );

function row(ctx: Ctx, { title, lecturer, start, session, material }: LibraryEntry, reader: Reader): Html {
  const href = session ? `/m/session/${encodeURIComponent(session)}` : `/go/${encodeURIComponent(material)}`;
  const { language } = reader;
  const reading = { now: ctx.now, zone: ctx.workspace.timezone, language };
  const about = [start === null ? null : dateWords(start, reading), lecturer].filter((one) => one !== null);
  return html`<li>
    <a href="${href}">${title || say(language, "打开", "Open")}</a
    >${about.length > 0 ? html`<br /><small>${about.join(" · ")}</small>` : ""}
  </li>`;
}
