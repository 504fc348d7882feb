import { Hono } from "hono";
import { html } from "hono/html";
import type { Ctx } from "../../context.ts";
import { isAdmin } from "../../services/people/name.ts";
import { getRecord } from "../../services/records/read.ts";
import { publishSchedule } from "../../services/schedule/publish.ts";
import { waitingProposal } from "../../services/schedule/waiting-proposal.ts";
import type { TodoKind } from "../../services/todos/kinds.ts";
import { openTodos } from "../../services/todos/todo.ts";
import { allContexts, contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, facts, page, post, say, section, type Html, type Reader } from "./layout.ts";
import { done, forbidden, readForm, readerOf } from "./reading.ts";
import { actOf, actsOf, runAct, todoWords, type Todo } from "./todo-acts.ts";

const TITLES: Partial<Record<TodoKind, readonly [string, string]>> = {
  "delivery-failed": ["有一条没有送到", "Something was not delivered"],
  "delivery-uncertain": ["有一条不知道送到没有", "It is unknown whether something arrived"],
  "record-problem": ["表里有一处要补", "A row needs a look"],
  unconfirmed: ["这场还没有确认", "A session is not confirmed"],
  "no-substitute": ["还没找到人代讲", "No substitute found yet"],
  "held-or-not": ["这场开了吗？", "Did it take place?"],
  award: ["有称号等您批准", "An award waits for approval"],
  care: ["关怀提醒", "A care note"],
  unfilled: ["这场还没有讲师", "A session has no lecturer"],
  schedule: ["新的排期", "A new schedule"],
  volunteer: ["有人报名", "Somebody volunteers"],
  "person-left": ["讲师离开了公司，这场要另请人", "A lecturer has left; this session needs someone"],
  absent: ["讲师那天不在，还没选别的时间", "The lecturer is away that day; no other date yet"],
  "day-off": ["这场落在放假或不排分享的日子", "A session on a day off"],
  "chat-gone": ["有一个群联系不到了", "A chat cannot be reached"],
  "base-drift": ["表的结构变了", "The table's structure changed"],
  "close-preview": ["月结预览", "Preview of the month's close"],
  "settings-problem": ["设置里有一处不对", "A setting is wrong"],
  "points-question": ["有人对积分有疑问", "A question about points"],
};
const LABELS: Record<string, readonly [string, string]> = {
  label: ["分享", "Session"],
  title: ["标题", "Title"],
  lecturer: ["讲师", "Lecturer"],
  chat: ["群", "Chat"],
  group: ["讲师群", "Group"],
  table: ["表", "Table"],
  field: ["字段", "Field"],
  award: ["称号", "Award"],
  topic: ["主题", "Topic"],
  period: ["周期", "Period"],
  wish: ["希望", "Wish"],
  text: ["说明", "Note"],
  why: ["原因", "Why"],
};

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
        ((await isUrgent(ctx, item)) ? urgent : later).push(one(item, reader));
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

function one(item: Todo, reader: Reader): Html {
  const { language } = reader;
  const pair = TITLES[item.kind as TodoKind] ?? ["请您看看", "Please look"];
  const rows = Object.entries(LABELS).flatMap(([key, [zh, en]]) => {
    const value = item.detail[key];
    return value === undefined || value === "" ? [] : [[say(language, zh, en), String(value)] as const];
  });
  const hidden = { workspace: item.workspace, todo: item.key };
  const link =
    item.kind === "award" && item.detail["award"]
      ? html`<a class="button" href="/m/award/${encodeURIComponent(item.key.slice("award:".length))}"
          >${say(language, "去看看", "Open")}</a
        >`
      : "";
  return section(say(language, pair[0], pair[1]), [
    facts(rows),
    html`<div class="acts">
      ${actsOf(item).map((act, n) => post(reader, `/m/todo/${act}`, say(language, todoWords[act][0], todoWords[act][1]), hidden, n === 0))}${item.session ? html`<a class="button" href="/m/session/${encodeURIComponent(item.session)}">${say(language, "看这场分享", "The session")}</a>` : ""}${link}
    </div>`,
  ]);
}
