import { Hono } from "hono";
import { html } from "hono/html";
import type { PressAnswer } from "#automations/define.ts";
import type { Ctx } from "../../context.ts";
import { resolveSession } from "../../services/admin/resolve-session.ts";
import { isAdmin } from "../../services/people/name.ts";
import { decideHeld } from "../../services/sessions/decide-held.ts";
import { confirmDelivery, finishTodo, retryDelivery } from "../../services/todos/finish.ts";
import type { TodoKind } from "../../services/todos/kinds.ts";
import { openTodos } from "../../services/todos/todo.ts";
import { allContexts, contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, facts, page, post, say, section, type Html, type Reader } from "./layout.ts";
import { done, forbidden, readForm, readerOf } from "./reading.ts";

type Todo = Awaited<ReturnType<typeof openTodos>>[number];

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

/** What an admin can decide here, by the verbs of the cards. */
const acts: Record<
  string,
  (ctx: Ctx, item: { key: string; session: string | null; person: string }) => Promise<PressAnswer>
> = {
  done: finishTodo,
  retry: retryDelivery,
  arrived: confirmDelivery,
  held: (ctx, item) => decideHeld(ctx, { session: item.session ?? "", person: item.person, held: true }),
  "not-held": (ctx, item) =>
    decideHeld(ctx, { session: item.session ?? "", person: item.person, held: false }),
  replay: (ctx, item) =>
    resolveSession(ctx, { session: item.session ?? "", person: item.person, how: "replay" }),
  cancel: (ctx, item) =>
    resolveSession(ctx, { session: item.session ?? "", person: item.person, how: "cancel" }),
};
const words: Record<string, readonly [string, string]> = {
  done: ["处理好了", "Done"],
  retry: ["再试一次", "Try again"],
  arrived: ["已经到了", "It has arrived"],
  held: ["开了", "It took place"],
  "not-held": ["没开成", "It did not"],
  replay: ["点播回放", "Replay"],
  cancel: ["取消这场", "Cancel"],
};

function choicesFor(kind: string): string[] {
  if (kind === "delivery-failed") return ["retry", "done"];
  if (kind === "delivery-uncertain") return ["arrived", "retry"];
  if (kind === "held-or-not") return ["held", "not-held"];
  if (["no-substitute", "unfilled", "person-left", "absent", "day-off"].includes(kind))
    return ["replay", "cancel", "done"];
  return ["done"];
}

/** `/m/todo`: what waits for the admin, with its choices; failed deliveries can be tried again. */
export function todoPages(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.get("/", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const items: Html[] = [];
    let admin = false;
    for (const ctx of await allContexts(options, openId)) {
      if (!(await isAdmin(ctx, openId))) continue;
      admin = true;
      for (const item of await openTodos(ctx)) items.push(one(item, reader));
    }
    if (!admin) return c.html(forbidden(reader), 403);
    const { language } = reader;
    const none = html`<section>
      <p>${say(language, "今天没有要处理的，放心去忙别的。", "Nothing to do today.")}</p>
    </section>`;
    return c.html(
      page(language, say(language, "今天要处理", "To do today"), items.length > 0 ? items : none, reader),
    );
  });
  app.post("/:act", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const fields = await readForm(c);
    const act = Object.hasOwn(acts, c.req.param("act")) ? acts[c.req.param("act")] : undefined;
    const ctx = fields && (await contextOfWorkspace(options, String(fields["workspace"]), openId));
    if (!ctx || !act || !(await isAdmin(ctx, openId))) return c.html(forbidden(reader), 403);
    const item = (await openTodos(ctx)).find(({ key }) => key === fields["todo"]);
    const answer = item ? await act(ctx, { key: item.key, session: item.session, person: openId }) : {};
    options.wake();
    return c.html(done(reader, answerText(answer), "/m/todo"));
  });
  return app;
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
      ${choicesFor(item.kind).map((act, n) => post(reader, `/m/todo/${act}`, say(language, words[act]![0], words[act]![1]), hidden, n === 0))}${item.session ? html`<a class="button" href="/m/session/${encodeURIComponent(item.session)}">${say(language, "看这场分享", "The session")}</a>` : ""}${link}
    </div>`,
  ]);
}
