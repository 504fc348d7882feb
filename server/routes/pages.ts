import { Hono } from "hono";
import { languageOf, pageHeaders, signedInOnly, type Env, type PeopleOptions } from "./edge.ts";
import { pageError } from "./page-error.ts";
import { adjustPages } from "./pages/adjust.ts";
import { answerPages } from "./pages/answers.ts";
import { carePages } from "./pages/care.ts";
import { groupPages } from "./pages/groups.ts";
import { homePage } from "./pages/home.ts";
import { libraryPage } from "./pages/library.ts";
import { note, say } from "./pages/layout.ts";
import { ownPages } from "./pages/own.ts";
import { reportPages } from "./pages/report.ts";
import { sessionPages } from "./pages/session.ts";
import { icon, style } from "./pages/style.ts";
import { surveyPages } from "./pages/survey.ts";
import { todoPages } from "./pages/todo.ts";
import { volunteerPages } from "./pages/volunteer.ts";
import { wantedPage } from "./pages/wanted.ts";
import { wordPages } from "./pages/words.ts";

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
    .route("/report", reportPages(options))
    .route("/library", libraryPage(options))
    .route("/volunteer", volunteerPages(options))
    .route("/messages", wantedPage(options))
    .route("/survey", surveyPages(options));
  app
    .route("/", homePage(options))
    .route("/", ownPages(options))
    .route("/", wordPages())
    .route("/", answerPages(options));
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
