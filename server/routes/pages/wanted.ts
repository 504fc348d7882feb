import { Hono } from "hono";
import { html } from "hono/html";
import { kindNames, kinds } from "#domain/messages/declinable.ts";
import { setWanted, wantedMessages } from "../../services/messages/wanted.ts";
import { belongs } from "../../services/people/roles.ts";
import { allContexts, contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { page, post, say, section, type Html } from "./layout.ts";
import { done, forbidden, readForm, readerOf } from "./reading.ts";

/** `/m/messages`: which kinds of message one wants to go on getting. */
export function wantedPage(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.get("/", async (c) => {
    const reader = readerOf(c);
    const { language } = reader;
    const person = c.get("who").openId;
    const parts: Html[] = [];
    for (const ctx of await allContexts(options, person))
      for (const { kind, wanted } of await wantedMessages(ctx, person))
        parts.push(
          section(kindNames[kind][language], [
            html`<p class="soft">
              ${wanted ? say(language, "现在会发给我", "Sent to me") : say(language, "已经不发了", "No longer sent")}
            </p>`,
            post(
              reader,
              "/m/messages",
              wanted
                ? say(language, "不再给我发这类消息", "Stop these messages")
                : say(language, "重新发给我", "Send them again"),
              { workspace: ctx.workspace.id, kind, wanted: wanted ? "no" : "yes" },
            ),
          ]),
        );
    if (parts.length === 0) return c.html(forbidden(reader), 403);
    return c.html(page(language, say(language, "我要收的消息", "Messages I get"), parts, reader));
  });
  app.post("/", async (c) => {
    const reader = readerOf(c);
    const person = c.get("who").openId;
    const fields = await readForm(c);
    const ctx = fields && (await contextOfWorkspace(options, String(fields["workspace"]), person));
    const kind = kinds.find((one) => one === fields?.["kind"]);
    if (!ctx || !kind || !(await belongs(ctx, person))) return c.html(forbidden(reader), 403);
    await setWanted(ctx, { person, kind, wanted: fields["wanted"] === "yes" });
    return c.html(done(reader, null, "/m/messages"));
  });
  return app;
}
