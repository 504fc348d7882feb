import { html } from "hono/html";
import { z } from "zod";
import type { PressAnswer } from "#automations/define.ts";
import { whenWords } from "#domain/messages/dates.ts";
import { answerText, page, post, say, section, type Html, type Reader } from "./layout.ts";
import type { Found } from "./session-acts.ts";
import { titleOf } from "./session-words.ts";

const topics = z.object({ topics: z.array(z.object({ id: z.string(), name: z.string() })) });
const dates = z.object({ dates: z.array(z.object({ start: z.number() })) });
const peers = z.object({
  peers: z.array(z.object({ session: z.string(), lecturer: z.string(), start: z.number() })),
});

/** What the verb answered: its words, and where it asks to choose, the choices. */
export function answerPage(found: Found, answer: PressAnswer, reader: Reader): Html {
  const { language } = reader;
  const here = `/m/session/${encodeURIComponent(found.view.session.id)}`;
  const text = answerText(answer);
  const parts: Html[] = text ? [html`<section role="status"><p>${text}</p></section>`] : [];
  const { card } = answer;
  if (card?.template === "topic.choose") parts.push(topicChoices(topics.parse(card.data), here, reader));
  if (card?.template === "invite.dates") parts.push(dateChoices(found, dates.parse(card.data), here, reader));
  if (card?.template === "swap.choose") parts.push(peerChoices(found, peers.parse(card.data), here, reader));
  const title = parts.length > 0 ? titleOf(found.view, reader) : say(language, "已保存", "Saved");
  const back = html`<p>
    <a class="button" href="${here}">${say(language, "回到这场分享", "Back to the session")}</a>
  </p>`;
  return page(language, title, [...parts, back], reader);
}

function topicChoices({ topics: list }: z.output<typeof topics>, here: string, reader: Reader): Html {
  return section(
    say(reader.language, "换成哪个主题？", "Which topic?"),
    html`<div class="acts">
      ${list.map(({ id, name }) => post(reader, `${here}/topic`, name, { topic: id }))}
    </div>`,
  );
}

const label = ({ ctx, view }: Found, start: number, { language }: Reader) =>
  whenWords(start, view.session.minutes, {
    now: ctx.now,
    zone: view.group?.timezone ?? ctx.workspace.timezone,
    language,
  });

function dateChoices(
  found: Found,
  { dates: list }: z.output<typeof dates>,
  here: string,
  reader: Reader,
): Html {
  const { language } = reader;
  const choose =
    list.length > 0
      ? html`<div class="acts">
          ${list.map(({ start }) => post(reader, `${here}/move`, label(found, start, reader), { start }))}
        </div>`
      : html`<p>${say(language, "近期没有都合适的时间。", "No date fits soon.")}</p>`;
  return section(say(language, "换到哪一天合适？", "Which date suits you?"), [
    choose,
    html`<p class="soft">${say(language, "都不合适？", "None of them?")}</p>
      <div class="acts">
        <a class="button" href="${here}/peers">${say(language, "和同事对换", "Swap")}</a
        >${post(reader, `${here}/substitute`, say(language, "请人代讲", "Find a substitute"))}
      </div>`,
  ]);
}

function peerChoices(
  found: Found,
  { peers: list }: z.output<typeof peers>,
  here: string,
  reader: Reader,
): Html {
  const { language } = reader;
  const choose =
    list.length > 0
      ? html`<div class="acts">
          ${list.map(({ session, lecturer, start }) => post(reader, `${here}/swap`, `${lecturer} · ${label(found, start, reader)}`, { with: session }))}
        </div>`
      : html`<p>
          ${say(language, "近期没有能和您对换的场次，可以请人代讲。", "No session can be swapped with yours soon; a substitute can be found.")}
        </p>`;
  return section(say(language, "想和谁对换？", "With whom?"), [
    html`<p class="soft">
      ${say(language, "对方同意之后才会改。", "Nothing changes until your colleague agrees.")}
    </p>`,
    choose,
  ]);
}
