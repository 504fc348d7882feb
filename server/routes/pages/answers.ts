import { Hono } from "hono";
import { html } from "hono/html";
import type { Ctx } from "../../context.ts";
import { dismissOffer, offerKey, takeOffer } from "../../services/incentive/offer.ts";
import { whatWasSaid, type Said } from "../../services/messages/said.ts";
import { activeLecturer, rolesIn } from "../../services/people/roles.ts";
import { viewSession, type SessionView } from "../../services/sessions/facts.ts";
import { answerSwap } from "../../services/turns/swap.ts";
import { contextOfRecord, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, page, post, say, section, type Html, type Reader } from "./layout.ts";
import { done, forbidden, missing, readForm, readerOf } from "./reading.ts";
import { titleOf, whenFor } from "./session-words.ts";

/** `/m/swap/:id` and `/m/offer/:id`: one question to one lecturer, answered by the verbs of the cards. */
export function answerPages(options: PeopleOptions) {
  // Both ids begin with a record's id, and that record tells the workspace.
  const ofSwap = (id: string, person: string) =>
    contextOfRecord(options, "sessions", id.split("~")[0] ?? "", person);
  const ofOffer = (id: string, person: string) =>
    contextOfRecord(options, "lecturers", id.split(".")[0] ?? "", person);
  const app = new Hono<Env>();
  app.get("/swap/:id", async (c) => {
    const reader = readerOf(c);
    const person = c.get("who").openId;
    const ctx = await ofSwap(c.req.param("id"), person);
    if (!ctx) return c.html(missing(reader), 404);
    const sides = await sidesOf(ctx, c.req.param("id"));
    // Theirs alone, and of whoever may answer in their place.
    const roles = await Promise.all(sides.map((view) => rolesIn(ctx, person, view)));
    if (!roles.some(({ speaker, manager, admin }) => speaker || manager || admin))
      return c.html(forbidden(reader), 403);
    return c.html(
      page(
        reader.language,
        say(reader.language, "和同事对换", "Swap"),
        await swapBody(ctx, c.req.param("id"), sides, reader),
        reader,
      ),
    );
  });
  app.post("/swap/:id/:answer", async (c) => {
    const reader = readerOf(c);
    const [id, person] = [c.req.param("id"), c.get("who").openId];
    const ctx = (await readForm(c)) && (await ofSwap(id, person));
    if (!ctx) return c.html(forbidden(reader), 403);
    const answer = await answerSwap(ctx, { swap: id, person, agree: c.req.param("answer") === "agree" });
    options.wake();
    return c.html(done(reader, answerText(answer), "/m"));
  });
  app.get("/offer/:id", async (c) => {
    const reader = readerOf(c);
    const [id, person] = [c.req.param("id"), c.get("who").openId];
    const ctx = await ofOffer(id, person);
    if (!ctx) return c.html(missing(reader), 404);
    if ((await activeLecturer(ctx, person))?.id !== id.split(".")[0]) return c.html(forbidden(reader), 403);
    const said = await whatWasSaid(ctx, offerKey(...offerParts(c.req.param("id"))), reader.language);
    if (!said) return c.html(missing(reader), 404);
    return c.html(page(reader.language, said.title, offerBody(c.req.param("id"), said, reader), reader));
  });
  app.post("/offer/:id/:answer", async (c) => {
    const reader = readerOf(c);
    const [id, person] = [c.req.param("id"), c.get("who").openId];
    const ctx = (await readForm(c)) && (await ofOffer(id, person));
    if (!ctx) return c.html(forbidden(reader), 403);
    const answer =
      c.req.param("answer") === "take"
        ? await takeOffer(ctx, { offer: id, person })
        : await dismissOffer(ctx, { offer: id, person, other: false });
    options.wake();
    return c.html(done(reader, answerText(answer), "/m"));
  });
  return app;
}

/** An offer's id is the lecturer's record and the quarter. */
const offerParts = (id: string): [string, string] => {
  const at = id.indexOf(".");
  return [id.slice(0, at), id.slice(at + 1)];
};

const words = ({ lines }: Said): Html =>
  html`<section>${lines.map((line) => html`<p>${line}</p>`)}</section>`;
const settled = ({ language }: Reader): Html =>
  html`<section><p>${say(language, "这件事已经定了。", "This is settled.")}</p></section>`;

function offerBody(id: string, said: Said, reader: Reader): Html[] {
  if (said.settled) return [words(said), settled(reader)];
  const { language } = reader;
  const at = (act: string) => `/m/offer/${encodeURIComponent(id)}/${act}`;
  return [
    words(said),
    html`<div class="acts">
      ${post(reader, at("take"), say(language, "我来报名一场", "Volunteer for a session"), {}, true)}<a
        class="button"
        href="/m/preference"
        >${say(language, "换一种奖励", "Another reward")}</a
      >${post(reader, at("dismiss"), say(language, "不感兴趣", "Not for me"))}
    </div>`,
  ];
}

/** The two sessions of a swap; its id is both of theirs. */
async function sidesOf(ctx: Ctx, id: string): Promise<SessionView[]> {
  const views = await Promise.all(
    id
      .split("~")
      .slice(0, 2)
      .map((session) => viewSession(ctx, session)),
  );
  return views.filter((view) => view !== null);
}

async function swapBody(ctx: Ctx, id: string, sides: SessionView[], reader: Reader): Promise<Html[]> {
  const { language } = reader;
  const parts = sides.map((view) =>
    section(titleOf(view, reader), html`<p>${whenFor(ctx, view, reader)} · ${view.lecturer?.name ?? ""}</p>`),
  );
  const said = await whatWasSaid(ctx, `swap:${id}:`, reader.language);
  if (said?.settled) return [...parts, settled(reader)];
  const at = (answer: string) => `/m/swap/${encodeURIComponent(id)}/${answer}`;
  return [
    ...(said ? [words(said)] : []),
    ...parts,
    html`<div class="acts">
      ${post(reader, at("agree"), say(language, "同意对换", "Agree"), {}, true)}${post(reader, at("keep"), say(language, "保持原样", "Keep as it is"))}
    </div>`,
  ];
}
