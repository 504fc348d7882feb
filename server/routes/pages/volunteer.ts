import { Hono } from "hono";
import { html } from "hono/html";
import { whenWords } from "#domain/messages/dates.ts";
import type { Ctx } from "../../context.ts";
import { openSlots, type OpenSlot } from "../../services/turns/open-slots.ts";
import { volunteer } from "../../services/turns/volunteer.ts";
import { contextOfRecord, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, page, post, say, section, type Html, type Reader } from "./layout.ts";
import { mine } from "./mine.ts";
import { done, forbidden, readerOf, readForm } from "./reading.ts";

/** `/m/volunteer`: sessions that fit this lecturer and can still be had. */
export function volunteerPages(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.get("/", async (c) => {
    const reader = readerOf(c);
    const found = await mine(options, c.get("who").openId);
    if (found.length === 0) return c.html(forbidden(reader), 403);
    const { language } = reader;
    const parts: Html[] = [];
    for (const { ctx, lecturer } of found)
      for (const slot of await openSlots(ctx, lecturer)) parts.push(one(ctx, slot, reader));
    const none = html`<section>
      <p>${say(language, "近期没有和您的时间对得上的场次。", "No session fits your times just now.")}</p>
    </section>`;
    const title = say(language, "我来报名一场", "Volunteer for a session");
    return c.html(page(language, title, parts.length > 0 ? parts : none, reader));
  });
  app.post("/:session", async (c) => {
    const reader = readerOf(c);
    const [session, person] = [c.req.param("session"), c.get("who").openId];
    const ctx = (await readForm(c)) && (await contextOfRecord(options, "sessions", session, person));
    if (!ctx) return c.html(forbidden(reader), 403);
    const answer = await volunteer(ctx, { session, person });
    options.wake();
    return c.html(done(reader, answerText(answer), "/m/volunteer"));
  });
  return app;
}

function one(ctx: Ctx, slot: OpenSlot, reader: Reader): Html {
  const { language } = reader;
  const when = whenWords(slot.start, slot.minutes, { now: ctx.now, zone: slot.zone, language });
  const beside = slot.with
    ? say(
        language,
        `和 ${slot.with} 一起讲，等管理员点一下。`,
        `Together with ${slot.with}; an admin confirms.`,
      )
    : say(language, "还没有讲师，报名就定下来。", "No speaker yet; it is yours at once.");
  return section(slot.title ?? slot.group, [
    html`<p>${when} · ${slot.group}<br /><small>${beside}</small></p>`,
    post(
      reader,
      `/m/volunteer/${encodeURIComponent(slot.session)}`,
      say(language, "报名这一场", "Take this one"),
      {},
      slot.with === null,
    ),
  ]);
}
