import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { anyRole, rolesIn } from "../../services/people/roles.ts";
import { whomToAsk } from "../../services/people/whom-to-ask.ts";
import { viewSession } from "../../services/sessions/facts.ts";
import { offerDates } from "../../services/turns/move.ts";
import { chooseSwap } from "../../services/turns/swap.ts";
import { contextOfRecord, type Env, type PeopleOptions } from "../edge.ts";
import { askWhom } from "../go.ts";
import { note, page, say, type Html, type Reader } from "./layout.ts";
import { missing, readForm, readerOf, refusedForm } from "./reading.ts";
import { sessionActs, type Found } from "./session-acts.ts";
import { answerPage } from "./session-answer.ts";
import { checkInPage, codePage } from "./session-code.ts";
import { sessionBody } from "./session-view.ts";
import { titleOf } from "./session-words.ts";

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
  for (const [path, verb] of [
    ["/:id/dates", offerDates],
    ["/:id/peers", chooseSwap],
  ] as const)
    app.get(path, async (c) => {
      const reader = readerOf(c);
      const found = await find(c.req.param("id") ?? "", c.get("who").openId);
      if (!found) return c.html(missing(reader), 404);
      const { speaker, manager, admin } = found.roles;
      if (!speaker && !manager && !admin) return c.html(await notForYou(found, reader), 403);
      const input = { session: found.view.session.id, person: found.person };
      return c.html(answerPage(found, await verb(found.ctx, input), reader));
    });
  app.get("/:id/code", async (c) => {
    const reader = readerOf(c);
    const found = await find(c.req.param("id"), c.get("who").openId);
    if (!found) return c.html(missing(reader), 404);
    if (!found.roles.speaker && !found.roles.admin) return c.html(await notForYou(found, reader), 403);
    return c.html(await codePage(found, reader));
  });
  app.get("/:id/check-in", async (c) => {
    const reader = readerOf(c);
    const found = await find(c.req.param("id"), c.get("who").openId);
    if (!found) return c.html(missing(reader), 404);
    if (!found.roles.audience && !found.roles.lecturer) return c.html(await notForYou(found, reader), 403);
    return c.html(checkInPage(found, reader));
  });
  app.post("/:id/:act", bodyLimit({ maxSize: 21 * 1024 * 1024 }), async (c) => {
    const reader = readerOf(c);
    const act = Object.hasOwn(sessionActs, c.req.param("act")) ? sessionActs[c.req.param("act")] : undefined;
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
