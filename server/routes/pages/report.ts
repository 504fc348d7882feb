import { Hono } from "hono";
import { html } from "hono/html";
import { periodWords } from "#domain/messages/dates.ts";
import { addMonths, monthKey } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import type { DocumentMade } from "../../services/effects/document-made.ts";
import { monthInWords, type FigureWords } from "../../services/outcome/month-in-words.ts";
import { makeReportDocument, reportDocument } from "../../services/outcome/report-document.ts";
import { isAdmin } from "../../services/people/name.ts";
import { allContexts, contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { facts, page, post, say, section, type Html, type Reader } from "./layout.ts";
import { forbidden, missing, readForm, readerOf } from "./reading.ts";

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
/** While a document is being made the page looks again by itself. */
const LOOK_AGAIN_SECONDS = "3";

/** `/m/report/:month`: 月报, where its card leads. */
export function reportPages(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.get("/:month", async (c) => {
    const reader = readerOf(c);
    const [month, person] = [c.req.param("month"), c.get("who").openId];
    const parts: Html[] = [];
    let admin = false;
    for (const ctx of await allContexts(options, person)) {
      if (!(await isAdmin(ctx, person))) continue;
      admin = true;
      if (!MONTH.test(month) || !hasBegun(ctx, month)) continue;
      const document = await reportDocument(ctx, { month, person, language: reader.language });
      if (document?.state === "making") c.header("refresh", LOOK_AGAIN_SECONDS);
      parts.push(...(await monthParts(ctx, month, document, reader)));
    }
    if (!admin) return c.html(forbidden(reader), 403);
    if (parts.length === 0) return c.html(missing(reader), 404);
    const title = say(
      reader.language,
      `${periodWords(month, reader.language)}月报`,
      `Monthly report, ${periodWords(month, reader.language)}`,
    );
    return c.html(page(reader.language, title, parts, reader));
  });
  app.post("/:month/document", async (c) => {
    const reader = readerOf(c);
    const [month, person] = [c.req.param("month"), c.get("who").openId];
    const fields = await readForm(c);
    const ctx = fields && (await contextOfWorkspace(options, String(fields["workspace"]), person));
    if (!ctx || !(await isAdmin(ctx, person))) return c.html(forbidden(reader), 403);
    if (!MONTH.test(month) || !hasBegun(ctx, month)) return c.html(missing(reader), 404);
    await makeReportDocument(ctx, { month, person, language: reader.language });
    options.wake();
    return c.redirect(`/m/report/${month}`, 303);
  });
  return app;
}

const hasBegun = ({ workspace, now }: Ctx, month: string) =>
  month >= monthKey(workspace.createdAt, workspace.timezone) && month <= monthKey(now, workspace.timezone);

async function monthParts(
  ctx: Ctx,
  month: string,
  document: DocumentMade | null,
  reader: Reader,
): Promise<Html[]> {
  const { language } = reader;
  const words = await monthInWords(ctx, month, language);
  if (!words || !document) return [];
  const before = addMonths(month, -1);
  return [
    section(words.headline, [
      figureList(words.figures),
      html`<p class="soft">
        <a href="/m/definitions">${say(language, "这些数是怎么算的", "How the figures are computed")}</a>
      </p>`,
    ]),
    ...(words.groups.length > 1
      ? words.groups.map(({ name, figures }) => section(name, figureList(figures)))
      : []),
    section(say(language, "带走", "Take it along"), [
      documentPart(ctx, month, document, reader),
      hasBegun(ctx, before)
        ? html`<p>
            <a href="/m/report/${before}">${say(language, "看上一个月", "The month before")}</a>
          </p>`
        : "",
    ]),
  ];
}

const figureList = (figures: readonly FigureWords[]): Html =>
  facts(
    figures.map(
      ({ name, value, beside }) =>
        [
          name,
          html`${value}${beside.length > 0 ? html`<br /><small>${beside.join(" · ")}</small>` : ""}`,
        ] as const,
    ),
  );

function documentPart(ctx: Ctx, month: string, document: DocumentMade, reader: Reader): Html {
  const { language } = reader;
  const make = (label: string) =>
    post(reader, `/m/report/${month}/document`, label, { workspace: ctx.workspace.id }, true);
  switch (document.state) {
    case "ready":
      return html`<p>
        <a class="button main" href="${document.link}" rel="noreferrer"
          >${say(language, "打开文档", "Open the document")}</a
        >
      </p>`;
    case "making":
      return html`<p role="status">
        ${say(language, "正在生成文档，马上就好。", "The document is being made; a moment.")}
      </p>`;
    case "failed":
      return html`<p role="status">
        ${say(language, "文档没有做成，原因在", "The document could not be made; the reason stands in ")}<a
          href="/m/todo"
          >${say(language, "今天要处理", "To do today")}</a
        >${say(language, "里。", ".")}
      </p>`;
    case "none":
      return make(say(language, "转成文档", "Make a document"));
  }
}
