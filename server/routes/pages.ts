import { Hono } from "hono";
import { html } from "hono/html";
import { languageOf, pageHeaders, signedInOnly, type Env, type PeopleOptions } from "./edge.ts";
import { pageError } from "./page-error.ts";
import { adjustPages } from "./pages/adjust.ts";
import { answerPages } from "./pages/answers.ts";
import { carePages } from "./pages/care.ts";
import { groupPages } from "./pages/groups.ts";
import { homePage } from "./pages/home.ts";
import { note, page, say } from "./pages/layout.ts";
import { ownPages } from "./pages/own.ts";
import { readerOf } from "./pages/reading.ts";
import { sessionPages } from "./pages/session.ts";
import { icon, style } from "./pages/style.ts";
import { surveyPages } from "./pages/survey.ts";
import { todoPages } from "./pages/todo.ts";
import { volunteerPages } from "./pages/volunteer.ts";
import { wordPages } from "./pages/words.ts";

/** Matters that have their card, and whose page says where to decide them. */
const OTHERS = {
  report: [
    "月报",
    "Monthly report",
    "这个月的数字在飞书的卡片和多维表格「讲台·管理」里。",
    "This month's figures are on the card in Feishu and in the admins' Base.",
  ],
} as const;

/** `/m`: the pages behind the plain links of all cards (texts.md rule 8). */
export function pageRoutes(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.use("*", pageHeaders(options));
  app.get("/style.css", (c) =>
    c.text(style, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": "public, max-age=3600",
    }),
  );
  app.get("/icon.svg", (c) =>
    c.body(icon, 200, { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" }),
  );
  app.use("*", signedInOnly(options));
  app
    .route("/adjust", adjustPages(options))
    .route("/groups", groupPages(options))
    .route("/session", sessionPages(options))
    .route("/todo", todoPages(options))
    .route("/care", carePages(options))
    .route("/volunteer", volunteerPages(options))
    .route("/survey", surveyPages(options));
  app
    .route("/", homePage(options))
    .route("/", ownPages(options))
    .route("/", wordPages())
    .route("/", answerPages(options));
  for (const [path, [zh, en, zhText, enText]] of Object.entries(OTHERS))
    app.get(`/${path}/:id`, (c) => {
      const reader = readerOf(c);
      const { language } = reader;
      const body = html`<section>
        <p>${say(language, zhText, enText)}</p>
        <p><a class="button main" href="/m">${say(language, "回到我的页面", "To my page")}</a></p>
        ${path === "report" ? html`<p><a href="/m/definitions">${say(language, "这些数是怎么算的", "How the figures are computed")}</a></p>` : ""}
      </section>`;
      return c.html(page(language, say(language, zh, en), body, reader));
    });
  app.notFound((c) => {
    const language = languageOf(c);
    return c.html(
      note(
        language,
        say(language, "没有这一页", "No such page"),
        say(language, "链接可能不完整。", "The link may be incomplete."),
        { href: "/m", label: say(language, "回到我的页面", "To my page") },
      ),
      404,
    );
  });
  app.onError(pageError(options));
  return app;
}
