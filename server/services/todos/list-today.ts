import { and, eq, inArray } from "drizzle-orm";
import { messageDefault } from "#base/defaults/texts.ts";
import { templateIds, type Language, type TemplateId } from "#domain/messages/templates.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { settleTodos } from "../admin/settle-todos.ts";
import { nameOf } from "../people/name.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { choicesOf, type TodoChoice } from "./choices.ts";
import type { TodoKind } from "./kinds.ts";
import { openTodos } from "./todo.ts";
import { todoLine } from "./words.ts";

type Todo = Awaited<ReturnType<typeof openTodos>>[number];

/** Something that was to be sent or written, and was not, or of which nobody knows. */
export interface DeliveryView {
  /** What it is, in words: the message's name, or what was to be done in Feishu. */
  what: string;
  to: string | null;
  triedAt: number | null;
  attempts: number;
  why: string;
}

export interface TodoView {
  key: string;
  kind: TodoKind;
  /** One line: what waits, and about what. */
  line: string;
  since: number;
  /** When the session it is about begins; null when it is about none. */
  start: number | null;
  session: string | null;
  record: string | null;
  choices: readonly TodoChoice[];
  delivery: DeliveryView | null;
}

export type GroupMode = "trial" | "live" | "paused";

export interface TodayView {
  /** What happens within the hours of the setting (48 on day one), soonest first. */
  urgent: TodoView[];
  waiting: TodoView[];
  urgentHours: number;
  groups: { id: string; name: string; mode: GroupMode }[];
}

/** 今天要处理: what is near apart from what can wait, each with what can be decided; and what every group's messages do. */
export async function listToday(ctx: Ctx, language: Language): Promise<TodayView> {
  await settleTodos(ctx);
  const todos = await openTodos(ctx);
  const sessions = new Map((await allRecords(ctx, "sessions")).map((row) => [row.id, row]));
  const deliveries = await deliveriesOf(ctx, todos, language);
  const reader: Ctx = { ...ctx, settings: { ...ctx.settings, language } };
  const near = ctx.now + ctx.settings.adminUrgentHours * 3_600_000;
  const [urgent, waiting]: [TodoView[], TodoView[]] = [[], []];
  for (const item of todos) {
    const session = sessions.get(item.session ?? "");
    const view = viewOf(reader, item, session, deliveries.get(item.key) ?? null);
    (isNear(view, item, near, ctx.now) ? urgent : waiting).push(view);
  }
  urgent.sort((a, b) => (a.start ?? a.since) - (b.start ?? b.since));
  waiting.sort((a, b) => (a.start ?? Infinity) - (b.start ?? Infinity) || a.since - b.since);
  return { urgent, waiting, urgentHours: ctx.settings.adminUrgentHours, groups: await modes(ctx) };
}

/** By the date as it is now: what was far when it was found may be near today. A matter without a date keeps its first mark. */
const isNear = ({ start }: TodoView, item: Todo, near: number, now: number): boolean =>
  start === null || start <= now ? item.urgent : start <= near;

function viewOf(
  reader: Ctx,
  item: Todo,
  session: Rec<"sessions"> | undefined,
  delivery: DeliveryView | null,
): TodoView {
  return {
    key: item.key,
    kind: item.kind as TodoKind,
    line: todoLine(reader, item),
    since: item.createdAt,
    start: session?.start ?? null,
    session: session ? session.id : null,
    record: item.record,
    choices: choicesOf(item),
    delivery,
  };
}

async function modes(ctx: Ctx): Promise<TodayView["groups"]> {
  const { live, paused } = ctx.workspace;
  return (await allRecords(ctx, "groups"))
    .filter(({ state }) => state !== "paused")
    .map(({ id, name }) => ({
      id,
      name: name ?? "",
      mode: paused.includes(id) ? "paused" : live.includes(id) ? "live" : "trial",
    }));
}

const KINDS: Record<string, readonly [string, string]> = {
  "record.create": ["在多维表格里新增一行", "a new row in the Base"],
  "record.update": ["改多维表格里的一行", "a change of a row in the Base"],
  "record.delete": ["删多维表格里的一行", "a row to be removed from the Base"],
  "message.update": ["更新一张已发出的卡片", "a change of a card already sent"],
  "event.sync": ["把日历改到和排期一致", "the calendar event"],
  "event.cancel": ["从日历里拿掉一场", "taking an event off the calendar"],
  "document.create": ["一份文档", "a document"],
  wake: ["一项定时工作", "a timed job"],
  changed: ["跟进一处改动", "what follows from a change"],
};

async function deliveriesOf(
  ctx: Ctx,
  todos: readonly Todo[],
  language: Language,
): Promise<Map<string, DeliveryView>> {
  const mine = todos.filter(({ kind }) => kind.startsWith("delivery-"));
  const keys = mine.map(({ detail }) => String(detail["effect"]));
  const rows =
    keys.length === 0
      ? []
      : await ctx.db
          .select()
          .from(outbox)
          .where(and(eq(outbox.workspace, ctx.workspace.id), inArray(outbox.key, keys)));
  const found = new Map<string, DeliveryView>();
  for (const { key, detail } of mine) {
    const row = rows.find((one) => one.key === detail["effect"]);
    const kind = row?.kind ?? String(detail["kind"]);
    const [zh, en] = KINDS[kind] ?? [kind, kind];
    const template = templateOf(row?.template ?? detail["template"]);
    const plain = language === "zh" ? zh : en;
    found.set(key, {
      what: template ? messageDefault(template).name[language] : plain,
      to: row?.person ? await nameOrNull(ctx, row.person) : null,
      triedAt: row?.firstTriedAt ?? null,
      attempts: row?.attempts ?? 0,
      why: String(detail["why"] ?? row?.error ?? ""),
    });
  }
  return found;
}

const templateOf = (value: unknown): TemplateId | null => templateIds.find((id) => id === value) ?? null;

/** A name is a help, not the matter: somebody Feishu does not show any more is left without. */
async function nameOrNull(ctx: Ctx, address: string): Promise<string | null> {
  try {
    return await nameOf(ctx, address.startsWith("oc_") ? { chat: address } : { person: address });
  } catch (error) {
    ctx.log.info({ error: String(error) }, "no name for an address of a delivery");
    return null;
  }
}
