import { Hono } from "hono";
import { motivations, type Motivation } from "#domain/messages/actions.ts";
import { askAboutEntry } from "../../services/incentive/ask-about-entry.ts";
import { choosePreference } from "../../services/preference/choose.ts";
import { setConsent } from "../../services/preference/consent.ts";
import { allContexts, contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { awardPages } from "./award.ts";
import { echoParts } from "./echo.ts";
import { answerText, page, say, type Html } from "./layout.ts";
import { mine } from "./mine.ts";
import { pointParts } from "./points.ts";
import { preferenceParts } from "./preference.ts";
import { done, forbidden, missing, readForm, readerOf } from "./reading.ts";
import { teamParts } from "./team.ts";

/** The pages of a lecturer about themselves, and of a manager about their people: nobody else's are ever shown. */
export function ownPages(options: PeopleOptions) {
  const app = new Hono<Env>();
  for (const [path, title, body] of [
    ["/points", ["我的积分与称号", "My points & titles"], pointParts],
    ["/echo", ["学员的回响", "What learners said"], echoParts],
    ["/preference", ["我的偏好", "My preferences"], preferenceParts],
  ] as const)
    app.get(path, async (c) => {
      const reader = readerOf(c);
      const found = await mine(options, c.get("who").openId);
      if (found.length === 0) return c.html(forbidden(reader), 403);
      const parts: Html[] = [];
      for (const { ctx, lecturer } of found) parts.push(...(await body(ctx, lecturer, reader)));
      return c.html(page(reader.language, say(reader.language, title[0], title[1]), parts, reader));
    });
  app.post("/preference", async (c) => {
    const reader = readerOf(c);
    const fields = await readForm(c);
    const person = c.get("who").openId;
    const ctx = fields && (await contextOfWorkspace(options, String(fields["workspace"]), person));
    if (!ctx) return c.html(forbidden(reader), 403);
    const chosen = (name: string): Motivation | undefined => motivations.find((one) => one === fields[name]);
    const choice = chosen("choice");
    if (!choice)
      return c.html(
        done(reader, say(reader.language, "请先选一个。", "Please choose one first."), "/m/preference"),
      );
    const answer = await choosePreference(ctx, { person, choice, also: chosen("also") ?? choice });
    options.wake();
    return c.html(done(reader, answerText(answer), "/m/preference"));
  });
  app.post("/shown", async (c) => {
    const reader = readerOf(c);
    const person = c.get("who").openId;
    const fields = await readForm(c);
    const found = (await mine(options, person)).find(({ ctx }) => ctx.workspace.id === fields?.["workspace"]);
    if (!fields || !found) return c.html(forbidden(reader), 403);
    await setConsent(found.ctx, { person, what: "quotes", given: fields["given"] === "yes" });
    return c.html(done(reader, null, "/m/preference"));
  });
  app.post("/points/question", async (c) => {
    const reader = readerOf(c);
    const fields = await readForm(c);
    const person = c.get("who").openId;
    const found = (await mine(options, person)).find(({ ctx }) => ctx.workspace.id === fields?.["workspace"]);
    if (!fields || !found) return c.html(forbidden(reader), 403);
    const [entry, text] = [fields["entry"], fields["text"]];
    if (typeof entry !== "string" || typeof text !== "string" || text.trim() === "")
      return c.html(missing(reader), 400);
    const answer = await askAboutEntry(found.ctx, { entry, text, lecturer: found.lecturer });
    options.wake();
    return c.html(done(reader, answerText(answer), "/m/points"));
  });
  app.get("/team", async (c) => {
    const reader = readerOf(c);
    const person = c.get("who").openId;
    const parts: Html[] = [];
    for (const ctx of await allContexts(options, person))
      parts.push(...(await teamParts(ctx, person, reader)));
    if (parts.length === 0) return c.html(forbidden(reader), 403);
    return c.html(page(reader.language, say(reader.language, "我的团队", "My team"), parts, reader));
  });
  return app.route("/award", awardPages(options));
}
