import { Hono } from "hono";
import { html } from "hono/html";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import type { PressAnswer } from "#automations/define.ts";
import { declineReasons } from "#domain/messages/actions.ts";
import { whenWords } from "#domain/messages/dates.ts";
import type { Ctx } from "../../context.ts";
import { nudge } from "../../services/admin/nudge.ts";
import { checkIn } from "../../services/attendance/check-in.ts";
import { handIn } from "../../services/content/hand-in.ts";
import { talkOnly } from "../../services/content/talk-only.ts";
import { askDemand } from "../../services/demand/ask.ts";
import { sayThanks } from "../../services/echo/say-thanks.ts";
import { anyRole, rolesIn, type Roles } from "../../services/people/roles.ts";
import { whomToAsk } from "../../services/people/whom-to-ask.ts";
import { giveComment } from "../../services/ratings/give-comment.ts";
import { giveScore } from "../../services/ratings/give-score.ts";
import { decideHeld } from "../../services/sessions/decide-held.ts";
import { viewSession, type SessionView } from "../../services/sessions/facts.ts";
import { acceptTurn } from "../../services/turns/answer.ts";
import { declineTurn } from "../../services/turns/decline.ts";
import { moveTurn, offerDates } from "../../services/turns/move.ts";
import { pickTopic } from "../../services/turns/pick-topic.ts";
import { searchSubstitute } from "../../services/turns/substitute.ts";
import { contextOfRecord, type Env, type PeopleOptions } from "../edge.ts";
import { askWhom } from "../go.ts";
import { answerText, note, page, post, say, section, type Html, type Reader } from "./layout.ts";
import { missing, readForm, readerOf, refusedForm } from "./reading.ts";
import { sessionBody, titleOf } from "./session-view.ts";

interface Found {
  ctx: Ctx;
  view: SessionView;
  roles: Roles;
  person: string;
}
type Act = (found: Found, fields: Record<string, unknown>) => Promise<PressAnswer>;

const ofWho = ({ view, person }: Found) => ({ session: view.session.id, person });
const words = (value: unknown) => (typeof value === "string" ? value : "");
const inAudience = ({ audience, lecturer }: Roles) => audience || lecturer;

/** What can be done on the page: the very verbs of the cards. Who may is judged by the verb, and where it does not, by `may`. */
const acts: Record<string, { run: Act; may?: (roles: Roles) => boolean }> = {
  accept: { run: (found) => acceptTurn(found.ctx, ofWho(found)) },
  move: {
    run: (found, { start }) =>
      moveTurn(found.ctx, { ...ofWho(found), start: z.coerce.number().int().parse(start) }),
  },
  decline: {
    run: (found, { reason }) =>
      declineTurn(found.ctx, {
        ...ofWho(found),
        reason: z.enum(declineReasons).optional().catch(undefined).parse(reason),
      }),
  },
  substitute: { run: (found) => searchSubstitute(found.ctx, ofWho(found)) },
  topic: {
    run: (found, { topic }) => pickTopic(found.ctx, { ...ofWho(found), topic: words(topic) || undefined }),
  },
  "talk-only": { run: (found) => talkOnly(found.ctx, ofWho(found)) },
  "hand-in": {
    run: async (found, fields) => handIn(found.ctx, { ...ofWho(found), ...(await handedIn(fields)) }),
  },
  nudge: { run: (found) => nudge(found.ctx, ofWho(found)) },
  held: { run: (found, { held }) => decideHeld(found.ctx, { ...ofWho(found), held: held === "yes" }) },
  "check-in": { run: (found) => checkIn(found.ctx, { ...ofWho(found), source: "qr" }), may: inAudience },
  question: {
    run: ({ ctx, person }, { text }) => askDemand(ctx, { person, text: words(text) }),
    may: inAudience,
  },
  rate: { run: rate },
  thanks: { run: (found, { text }) => sayThanks(found.ctx, { ...ofWho(found), text: words(text) }) },
};

/** Score and sentence of one form; both verbs seal what they get, and nothing of it is kept or logged here. */
async function rate(found: Found, { score, comment }: Record<string, unknown>): Promise<PressAnswer> {
  const chosen = z.coerce.number().int().min(1).max(5).safeParse(score);
  if (!chosen.success)
    return {
      toast: {
        type: "info",
        text: found.ctx.settings.language === "zh" ? "请先选一个。" : "Please choose one first.",
      },
    };
  const answer = await giveScore(found.ctx, { ...ofWho(found), score: chosen.data });
  if (answer.card?.template !== "rate.comment") return answer;
  return giveComment(found.ctx, { ...ofWho(found), comment: words(comment) });
}

async function handedIn({ file, link, title }: Record<string, unknown>) {
  const given =
    file instanceof File && file.size > 0
      ? { name: file.name.slice(0, 200), type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) }
      : undefined;
  return { file: given, link: words(link), title: words(title) };
}

/** `/m/session/:id`: the page behind every card about a session. */
export function sessionPages(options: PeopleOptions) {
  const find = async (id: string, person: string): Promise<Found | null> => {
    const ctx = await contextOfRecord(options, "sessions", id, person);
    const view = ctx && (await viewSession(ctx, id));
    return ctx && view ? { ctx, view, roles: await rolesIn(ctx, person, view), person } : null;
  };
  const app = new Hono<Env>();
  app.get("/:id", async (c) => {
    const reader = readerOf(c);
    const found = await find(c.req.param("id"), c.get("who").openId);
    if (!found) return c.html(missing(reader), 404);
    if (!anyRole(found.roles)) return c.html(await notForYou(found, reader), 403);
    return c.html(
      page(
        reader.language,
        titleOf(found.view, reader),
        await sessionBody(found.ctx, found.view, found.roles, found.person, reader),
        reader,
      ),
    );
  });
  app.get("/:id/dates", async (c) => {
    const reader = readerOf(c);
    const found = await find(c.req.param("id"), c.get("who").openId);
    if (!found) return c.html(missing(reader), 404);
    const { speaker, manager, admin } = found.roles;
    if (!speaker && !manager && !admin) return c.html(await notForYou(found, reader), 403);
    return c.html(answerPage(found, await offerDates(found.ctx, ofWho(found)), reader));
  });
  app.post("/:id/:act", bodyLimit({ maxSize: 21 * 1024 * 1024 }), async (c) => {
    const reader = readerOf(c);
    const act = Object.hasOwn(acts, c.req.param("act")) ? acts[c.req.param("act")] : undefined;
    const found = act && (await find(c.req.param("id"), c.get("who").openId));
    if (!act || !found) return c.html(missing(reader), 404);
    const fields = await readForm(c);
    if (!fields) return c.html(refusedForm(reader), 403);
    if (!anyRole(found.roles) || (act.may && !act.may(found.roles)))
      return c.html(await notForYou(found, reader), 403);
    const answer = await act.run(found, fields);
    options.wake();
    return c.html(answerPage(found, answer, reader));
  });
  return app;
}

async function notForYou({ ctx, view }: Found, reader: Reader): Promise<Html> {
  const { language } = reader;
  const sentence = say(
    language,
    "这场分享给相关群里的同事看，您现在不在群里。",
    "This session is for the members of its chats, and you are not in one of them.",
  );
  return note(
    language,
    say(language, "这一页不是给您的", "This page is not for you"),
    `${sentence}${askWhom(language, await whomToAsk(ctx, view.group))}`,
    { href: "/m", label: say(language, "回到我的页面", "To my page") },
    reader,
  );
}

const topics = z.object({ topics: z.array(z.object({ id: z.string(), name: z.string() })) });
const dates = z.object({ dates: z.array(z.object({ start: z.number() })) });

/** What the verb answered: its words, and where it asks to choose, the choices. */
function answerPage({ ctx, view }: Found, answer: PressAnswer, reader: Reader): Html {
  const { language } = reader;
  const here = `/m/session/${encodeURIComponent(view.session.id)}`;
  const back = html`<p>
    <a class="button" href="${here}">${say(language, "回到这场分享", "Back to the session")}</a>
  </p>`;
  const text = answerText(answer);
  const parts: Html[] = text ? [html`<section role="status"><p>${text}</p></section>`] : [];
  if (answer.card?.template === "topic.choose") {
    const list = topics.parse(answer.card.data).topics;
    parts.push(
      section(
        say(language, "换成哪个主题？", "Which topic?"),
        html`<div class="acts">
          ${list.map(({ id, name }) => post(reader, `${here}/topic`, name, { topic: id }))}
        </div>`,
      ),
    );
  }
  if (answer.card?.template === "invite.dates") {
    const zone = view.group?.timezone ?? ctx.workspace.timezone;
    const list = dates.parse(answer.card.data).dates;
    const label = (start: number) => whenWords(start, view.session.minutes, { now: ctx.now, zone, language });
    const choose =
      list.length > 0
        ? html`<div class="acts">
            ${list.map(({ start }) => post(reader, `${here}/move`, label(start), { start }))}
          </div>`
        : say(
            language,
            "近期没有都合适的时间，可以请人代讲。",
            "No date fits soon; a substitute can be found.",
          );
    parts.push(section(say(language, "换到哪一天合适？", "Which date suits you?"), choose));
  }
  const title = parts.length > 0 ? titleOf(view, reader) : say(language, "已保存", "Saved");
  return page(language, title, [...parts, back], reader);
}
