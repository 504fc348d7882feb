import { Hono } from "hono";
import { html } from "hono/html";
import type { Ctx } from "../../context.ts";
import { isAdmin } from "../../services/people/name.ts";
import { getRecord } from "../../services/records/read.ts";
import { publishSchedule } from "../../services/schedule/publish.ts";
import { waitingProposal } from "../../services/schedule/waiting-proposal.ts";
import { openTodos } from "../../services/todos/todo.ts";
import { allContexts, contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, page, post, say, section, type Html, type Reader } from "./layout.ts";
import { done, forbidden, readForm, readerOf } from "./reading.ts";
import { actOf, runAct, type Todo } from "./todo-acts.ts";
import { todoItem } from "./todo-item.ts";

/** `/m/todo`: what waits for the admin, with its choices; failed deliveries can be tried again. */
export function todoPages(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.get("/", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const { language } = reader;
    const [urgent, later]: [Html[], Html[]] = [[], []];
    let admin = false;
    for (const ctx of await allContexts(options, openId)) {
      if (!(await isAdmin(ctx, openId))) continue;
      admin = true;
      for (const item of await openTodos(ctx))
        ((await isUrgent(ctx, item)) ? urgent : later).push(todoItem(item, reader));
      later.unshift(...(await proposalPart(ctx, reader)));
    }
    if (!admin) return c.html(forbidden(reader), 403);
    const heading = (words: string) => html`<p class="soft">${words}</p>`;
    const items = [
      ...(urgent.length > 0 ? [heading(say(language, "48 小时内", "Within 48 hours")), ...urgent] : []),
      ...(urgent.length > 0 && later.length > 0 ? [heading(say(language, "可以等一等", "Can wait"))] : []),
      ...later,
    ];
    const links = html`<p>
      <a href="/m/groups">${say(language, "讲师群：启用、暂停", "Groups: go live, pause")}</a>
    </p>`;
    const none = html`<section>
      <p>${say(language, "今天没有要处理的，放心去忙别的。", "Nothing to do today.")}</p>
    </section>`;
    return c.html(
      page(
        language,
        say(language, "今天要处理", "To do today"),
        [items.length > 0 ? html`${items}` : none, links],
        reader,
      ),
    );
  });
  app.post("/publish/:proposal", async (c) => {
    const reader = readerOf(c);
    const person = c.get("who").openId;
    const fields = await readForm(c);
    const ctx = fields && (await contextOfWorkspace(options, String(fields["workspace"]), person));
    if (!ctx || !(await isAdmin(ctx, person))) return c.html(forbidden(reader), 403);
    const answer = await publishSchedule(ctx, { proposal: c.req.param("proposal"), person });
    options.wake();
    return c.html(done(reader, answerText(answer), "/m/todo"));
  });
  app.post("/:act", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const fields = await readForm(c);
    const act = actOf(c.req.param("act"));
    const ctx = fields && (await contextOfWorkspace(options, String(fields["workspace"]), openId));
    if (!ctx || !act || !(await isAdmin(ctx, openId))) return c.html(forbidden(reader), 403);
    const item = (await openTodos(ctx)).find(({ key }) => key === fields["todo"]);
    const answer = await runAct(ctx, act, item, openId);
    options.wake();
    return c.html(done(reader, answerText(answer), "/m/todo"));
  });
  return app;
}

/** Marked so when it came up, or its session has drawn near since. */
async function isUrgent(ctx: Ctx, item: Todo): Promise<boolean> {
  if (item.urgent) return true;
  const session = item.session ? await getRecord(ctx, "sessions", item.session) : null;
  return (session?.start ?? Infinity) - ctx.now <= ctx.settings.adminUrgentHours * 3_600_000;
}

/** A new schedule waits: the button of its card. */
async function proposalPart(ctx: Ctx, reader: Reader): Promise<Html[]> {
  const waiting = await waitingProposal(ctx);
  if (!waiting) return [];
  const { language } = reader;
  const { id, filled, unfilled } = waiting;
  return [
    section(say(language, "新的排期排好了，请您看一眼", "A new schedule is ready"), [
      html`<p>
        ${say(language, `排好 ${filled} 场，空 ${unfilled} 场。还没有通知任何人。`, `${filled} filled, ${unfilled} open. Nobody has been told yet.`)}
      </p>`,
      post(
        reader,
        `/m/todo/publish/${encodeURIComponent(id)}`,
        say(language, "发布并通知", "Publish and tell them"),
        { workspace: ctx.workspace.id },
        true,
      ),
    ]),
  ];
}
