import { html } from "hono/html";
import type { TodoKind } from "../../services/todos/kinds.ts";
import { facts, post, say, section, type Html, type Reader } from "./layout.ts";
import { actsOf, todoWords, type Todo } from "./todo-acts.ts";

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

/** One matter with its choices; on its session's own page without the way there. */
export function todoItem(item: Todo, reader: Reader, { here = false } = {}): Html {
  const { language } = reader;
  const pair = TITLES[item.kind as TodoKind] ?? ["请您看看", "Please look"];
  const rows = Object.entries(LABELS).flatMap(([key, [zh, en]]) => {
    const value = item.detail[key];
    return value === undefined || value === "" ? [] : [[say(language, zh, en), String(value)] as const];
  });
  const hidden = { workspace: item.workspace, todo: item.key };
  const link =
    item.kind === "award" && item.key.startsWith("award:")
      ? html`<a class="button" href="/m/award/${encodeURIComponent(item.key.slice("award:".length))}"
          >${say(language, "去看看", "Open")}</a
        >`
      : "";
  return section(say(language, pair[0], pair[1]), [
    facts(rows),
    html`<div class="acts">
      ${actsOf(item).map((act, n) => post(reader, `/m/todo/${act}`, say(language, todoWords[act][0], todoWords[act][1]), hidden, n === 0))}${item.session && !here ? html`<a class="button" href="/m/session/${encodeURIComponent(item.session)}">${say(language, "看这场分享", "The session")}</a>` : ""}${link}
    </div>`,
  ]);
}
