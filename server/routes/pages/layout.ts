import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { PressAnswer } from "#automations/define.ts";
import type { Language } from "../edge.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What every page knows of its reader. */
export interface Reader {
  language: Language;
  csrf: string;
  name: string;
}

/** Words in the reader's language. */
export const say = (language: Language, zh: string, en: string) => (language === "zh" ? zh : en);

/** A whole page. `reader` is absent on pages for people who are not signed in. */
export function page(language: Language, title: string, body: Html | Html[], reader?: Reader): Html {
  return html`<!doctype html>
    <html lang="${language === "zh" ? "zh-CN" : "en"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${say(language, "讲台", "Lectern")}</title>
        <link rel="stylesheet" href="/m/style.css" />
        <link rel="icon" href="/m/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <header>
          <a href="/m">${say(language, "讲台", "Lectern")}</a
          >${reader ? html`<small>${reader.name}</small>` : ""}
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
        <footer>${reader ? post(reader, "/sign-out", say(language, "退出登录", "Sign out")) : ""}</footer>
      </body>
    </html>`;
}

export const section = (title: string, body: Html | string | (Html | string)[]): Html =>
  html`<section>
    <h2>${title}</h2>
    ${body}
  </section>`;

/** A form of ours; only one with the reader's own token is taken. */
export function form(
  reader: Reader,
  action: string,
  fields: Html | Html[] | "",
  label: string,
  main = true,
): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="csrf" value="${reader.csrf}" />${fields}<button
      class="${main ? "main" : ""}"
      type="submit"
    >
      ${label}
    </button>
  </form>`;
}

/** A button that posts. */
export const post = (
  reader: Reader,
  action: string,
  label: string,
  values: Record<string, string | number> = {},
  main = false,
): Html =>
  form(
    reader,
    action,
    Object.entries(values).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    ),
    label,
    main,
  );

/** One of several, by radio buttons. */
export const choices = (
  legend: string,
  name: string,
  options: readonly (readonly [string | number, string])[],
): Html =>
  html`<fieldset>
    <legend>${legend}</legend>
    ${options.map(([value, label]) => html`<label><input type="radio" name="${name}" value="${value}" required /> ${label}</label>`)}
  </fieldset>`;

/** A sentence or two that must be there, sent as `text`. */
export const sentence = (label: string, most: number): Html =>
  html`<label>${label}<textarea name="text" rows="2" maxlength="${most}" required></textarea></label>`;

export const facts = (rows: readonly (readonly [string, Html | string | undefined])[]): Html =>
  html`<dl>
    ${rows
      .filter(([, value]) => value !== undefined && value !== "")
      .map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
  </dl>`;

/** A page with one sentence and one thing to do. */
export function note(
  language: Language,
  title: string,
  sentence: string,
  next: { href: string; label: string },
  reader?: Reader,
): Html {
  return page(
    language,
    title,
    html`<section>
      <p>${sentence}</p>
      <p><a class="button main" href="${next.href}">${next.label}</a></p>
    </section>`,
    reader,
  );
}

/** What a verb answered, in words; null when it wants to show something that needs a form. */
export function answerText(answer: PressAnswer): string | null {
  const text = answer.card?.template === "settled" ? answer.card.data["text"] : undefined;
  if (typeof text === "string") return text;
  return answer.toast?.text ?? null;
}
