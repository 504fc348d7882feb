import { afterAll, beforeAll, expect, test } from "vitest";
import { APP_ID, type TestSandbox } from "#test/support/sandbox.ts";
import { type AppServer, startAppServer } from "../core/app-server.ts";
import { card, GROUP, LIN, pass, sender, startCompany, SU, text } from "./company.ts";

let sandbox: TestSandbox;
let app: AppServer;
let send: ReturnType<typeof sender>;

beforeAll(async () => {
  sandbox = await startCompany({ apps: [{ appId: APP_ID, encryptKey: "k" }] });
  app = await startAppServer("k");
  await sandbox.lever("POST", "/apps", {
    appId: APP_ID,
    eventUrl: `${app.url}/events`,
    cardUrl: `${app.url}/cards`,
  });
  await sandbox.lever("PATCH", "/switches", { rates: false });
  send = sender(sandbox);
});
afterAll(async () => {
  await sandbox.close();
  await app.close();
});

const DAY = 86_400_000;
const label = (content: string) => ({ tag: "plain_text", content });
const button = (content: string, more: object = {}) => ({ tag: "button", text: label(content), ...more });
const calls = (value: object) => ({ behaviors: [{ type: "callback", value }] });
const sendCard = async (to: string, content: object) =>
  (await send(to, "interactive", JSON.stringify(content))).json.data.message_id as string;
const press = async (as: string, message_id: string, name: string, more: object = {}) =>
  (await sandbox.lever("POST", "/cards/press", { as, message_id, button: name, ...more }))
    .json as unknown as {
    ok: boolean;
    toast?: unknown;
    card?: { texts: string[] };
    code?: number;
    url?: string;
    error?: string;
  };
const last = () =>
  app.events().at(-1)?.message as {
    header: object;
    event: { token: string; action: Record<string, unknown> } & Record<string, unknown>;
  };
const answer = (body: unknown) => {
  app.state.answer = () => ({ body });
};
const textsOf = async (who: string, id: string) => {
  const { messages } = (await sandbox.lever("GET", `/people/${who}/inbox?chats=1`)).json as unknown as {
    messages: { message_id: string; texts: string[] }[];
  };
  return messages.find((message) => message.message_id === id)?.texts;
};

test("a press sends what Feishu sends and shows the toast", async () => {
  answer({ toast: { type: "success", content: "已接受" } });
  const id = await sendCard(LIN, card([button("接受", { name: "accept", ...calls({ do: "accept" }) })]));
  expect(await press(LIN, id, "接受")).toEqual({ ok: true, toast: { type: "success", content: "已接受" } });
  const { header, event } = last();
  expect(header).toMatchObject({ event_type: "card.action.trigger", app_id: APP_ID });
  expect(event).toMatchObject({
    operator: { open_id: LIN, union_id: "on_lin", user_id: "lin", tenant_key: sandbox.app.tenantKey },
    host: "im_message",
    context: { open_message_id: id },
    action: { value: { do: "accept" }, tag: "button", name: "accept" },
  });
  expect(event.token).toMatch(/^c-/);
  expect(event).not.toHaveProperty("delivery_type");
  expect((await press(LIN, id, "accept")).ok).toBe(true);
  expect((await press(LIN, id, "body.elements.0")).ok).toBe(true);
});

test("the answer's card takes the place of the old one, for everybody", async () => {
  const id = await sendCard(GROUP, card([button("收到", calls({ a: 1 }))]));
  answer({ card: { type: "raw", data: card([{ tag: "markdown", content: "已收到" }]) } });
  expect((await press(LIN, id, "收到")).card?.texts).toEqual(["分享邀请", "已收到"]);
  expect(await textsOf(SU, id)).toEqual(["分享邀请", "已收到"]);
  expect(await press(SU, id, "收到")).toMatchObject({ ok: false, error: expect.stringContaining("没有") });
});

test("an exclusive card of JSON 1.0 changes for the presser alone", async () => {
  const old = (words: string) => ({
    elements: [
      { tag: "div", text: { tag: "lark_md", content: words } },
      { tag: "action", actions: [button("好", { value: { a: 1 } })] },
    ],
  });
  const id = await sendCard(GROUP, old("旧"));
  answer({ card: { type: "raw", data: old("新") } });
  await press(LIN, id, "好");
  expect([await textsOf(LIN, id), await textsOf(SU, id)]).toEqual([["新"], ["旧"]]);
});

test("a wrong answer is shown as the client shows it, and the card stays", async () => {
  const id = await sendCard(LIN, card([button("好", calls({ a: 1 }))]));
  answer({ card: { type: "raw", data: card([{ tag: "note" }]) } });
  expect(await press(LIN, id, "好")).toMatchObject({ ok: false, code: 200673 });
  answer({ card: { type: "raw", data: { elements: [] } } });
  expect(await press(LIN, id, "好")).toMatchObject({ ok: false, code: 200830 });
  app.state.answer = () => ({ status: 500 });
  expect(await press(LIN, id, "好")).toMatchObject({ ok: false, code: 200671 });
  expect(await textsOf(LIN, id)).toEqual(["分享邀请"]);
});

test("a form sends its values by name, choices by label, and stops when something required is empty", async () => {
  const option = (content: string, value: string) => ({ text: label(content), value });
  const id = await sendCard(
    LIN,
    card([
      {
        tag: "form",
        name: "dates",
        elements: [
          { tag: "input", name: "why", required: true, label: label("原因") },
          {
            tag: "select_static",
            name: "day",
            options: [option("周三", "wed"), option("周五", "fri")],
            initial_option: "wed",
          },
          { tag: "date_picker", name: "date" },
          button("提交", { name: "go", form_action_type: "submit", ...calls({ do: "move" }) }),
          button("清空", { name: "clear", form_action_type: "reset" }),
        ],
      },
    ]),
  );
  answer({});
  const before = app.events().length;
  expect(await press(LIN, id, "提交", { form: { day: "周五" } })).toMatchObject({
    ok: false,
    error: "有必填项未填写",
  });
  expect(await press(LIN, id, "提交", { form: { why: "出差", when: "x" } })).toMatchObject({ ok: false });
  expect(await press(LIN, id, "提交", { form: { why: "出差", day: "周六" } })).toMatchObject({ ok: false });
  expect((await press(LIN, id, "清空")).ok).toBe(true);
  expect(app.events().length).toBe(before);
  expect((await press(LIN, id, "提交", { form: { why: "出差", day: "周五", date: "2026-01-09" } })).ok).toBe(
    true,
  );
  expect(last().event.action).toEqual({
    value: { do: "move" },
    tag: "button",
    name: "go",
    form_value: { why: "出差", day: "fri", date: "2026-01-09 +0800" },
    timezone: "Asia/Shanghai",
  });
});

test("links open, alone or beside a callback; disabled buttons and foreign cards do nothing", async () => {
  answer({ toast: { type: "info", content: "看" } });
  const link = { type: "open_url", default_url: "https://example.com/go" };
  const id = await sendCard(
    LIN,
    card([
      button("打开", { behaviors: [link] }),
      button("打开并记下", { behaviors: [link, { type: "callback", value: { a: 1 } }] }),
      button("停用", { disabled: true, ...calls({}) }),
    ]),
  );
  const before = app.events().length;
  expect(await press(LIN, id, "打开")).toEqual({ ok: true, url: "https://example.com/go" });
  expect(app.events().length).toBe(before);
  expect(await press(LIN, id, "打开并记下")).toMatchObject({
    ok: true,
    url: "https://example.com/go",
    toast: { content: "看" },
  });
  expect(app.events().length).toBe(before + 1);
  expect((await press(LIN, id, "停用")).ok).toBe(false);
  expect((await press(SU, id, "打开")).ok).toBe(false);
  expect(app.events().length).toBe(before + 1);
});

test("inputs outside forms report by themselves", async () => {
  const id = await sendCard(
    LIN,
    card([
      {
        tag: "select_static",
        name: "star",
        options: [{ text: label("五星"), value: "5" }],
        ...calls({ q: 1 }),
      },
      { tag: "checker", name: "done", text: label("做完了"), ...calls({ q: 2 }) },
      { tag: "input", name: "note", ...calls({ q: 3 }) },
    ]),
  );
  answer({});
  await press(LIN, id, "star", { option: "五星" });
  expect(last().event.action).toMatchObject({ tag: "select_static", option: "5", value: { q: 1 } });
  await press(LIN, id, "done", { checked: true });
  expect(last().event.action).toMatchObject({ tag: "checker", checked: true });
  await press(LIN, id, "note", { input: "很好" });
  expect(last().event.action).toMatchObject({ tag: "input", input_value: "很好" });
});

const delayed = (token: string, content: object) =>
  sandbox.api("POST", "/interactive/v1/card/update", { token, card: content });

test("the delayed update: only after the answer, twice, within 30 minutes", async () => {
  const id = await sendCard(LIN, card([button("好", calls({ a: 1 }))]));
  const during: number[] = [];
  app.state.answer = (received) => {
    const { token } = (received.message as { event: { token: string } }).event;
    void delayed(token, card([])).then(({ json }) => during.push(json.code));
    return { delayMs: 300 };
  };
  await press(LIN, id, "好");
  expect(during).toEqual([300030]);
  const { token } = last().event;
  const done = card([{ tag: "markdown", content: "后来" }]);
  expect((await delayed("x-1", done)).json.code).toBe(300020);
  expect((await delayed("c-unknown", done)).json.code).toBe(300030);
  expect((await delayed(token, card([{ tag: "note" }]))).json.code).toBe(11311);
  expect((await delayed(token, { elements: [] })).json.code).toBe(11311);
  expect((await delayed(token, done)).json.code).toBe(0);
  expect(await textsOf(LIN, id)).toEqual(["分享邀请", "后来"]);
  expect((await delayed(token, card([button("再来", calls({ a: 2 }))]))).json.code).toBe(0);
  expect((await delayed(token, done)).json.code).toBe(300040);
  answer({});
  await press(LIN, id, "再来");
  const late = last().event.token;
  await pass(sandbox, 30 * 60_000);
  expect((await delayed(late, done)).json.code).toBe(300030);
});

test("the interaction window: 14 days for 2.0, 30 for 1.0; after it no callback leaves", async () => {
  answer({
    card: {
      type: "raw",
      data: { config: { update_multi: true }, elements: [{ tag: "markdown", content: "新" }] },
    },
  });
  const v2 = await sendCard(LIN, card([button("好", calls({ a: 1 }))]));
  const v1 = await sendCard(LIN, {
    config: { update_multi: true },
    elements: [
      { tag: "markdown", content: "旧" },
      { tag: "action", actions: [button("好", { value: {} })] },
    ],
  });
  await pass(sandbox, 14 * DAY + 1);
  const before = app.events().length;
  expect(await press(LIN, v2, "好")).toMatchObject({ ok: false, error: expect.stringContaining("14 天") });
  expect(app.events().length).toBe(before);
  expect((await press(LIN, v1, "好")).ok).toBe(true);
  // Between the 14th and the 30th day a 1.0 card still calls, but its update has no effect.
  expect(await textsOf(LIN, v1)).toEqual(["旧"]);
  await pass(sandbox, 16 * DAY);
  expect(await press(LIN, v1, "好")).toMatchObject({ ok: false, error: expect.stringContaining("30 天") });
});

test("what people write reaches the bot: directly always, in a group when mentioned", async () => {
  answer({});
  const heard = () =>
    app
      .events()
      .map(
        ({ message }) =>
          message as {
            header: { event_type: string };
            event: { message?: { content: string; chat_type: string; mentions?: object[] } };
          },
      )
      .filter(({ header }) => header.event_type === "im.message.receive_v1");
  await sandbox.lever("POST", `/people/${LIN}/say`, { text: "还要我讲吗" });
  await pass(sandbox, 1);
  expect(heard().at(-1)?.event).toMatchObject({
    sender: { sender_id: { open_id: LIN, union_id: "on_lin", user_id: "lin" }, sender_type: "user" },
    message: { chat_type: "p2p", message_type: "text", content: text("还要我讲吗") },
  });
  const count = heard().length;
  sandbox.app.tenantScopes = sandbox.app.tenantScopes.filter((scope) => scope !== "im:message.group_msg");
  await sandbox.lever("POST", `/people/${SU}/say`, { chat_id: GROUP, text: "中午吃什么" });
  await pass(sandbox, 1);
  expect(heard().length).toBe(count);
  await sandbox.lever("POST", `/people/${SU}/say`, { chat_id: GROUP, text: `@${sandbox.app.name} 下周谁讲` });
  await pass(sandbox, 1);
  expect(heard().at(-1)?.event.message).toMatchObject({
    chat_type: "group",
    content: text("@_user_1 下周谁讲"),
    mentions: [{ key: "@_user_1", id: { open_id: sandbox.app.botOpenId }, name: sandbox.app.name }],
  });
});

test("changes of chats and people are told", async () => {
  const told = (type: string) =>
    app
      .events()
      .map(({ message }) => message as { header: { event_type: string }; event: Record<string, unknown> })
      .findLast(({ header }) => header.event_type === type)?.event;
  await sandbox.lever("POST", "/chats", {
    chat_id: "oc_told",
    name: "学员群",
    owner: LIN,
    members: [LIN, SU],
    bots: [],
  });
  await sandbox.lever("POST", "/chats/oc_told/bots", { app_id: APP_ID });
  await sandbox.lever("POST", "/chats/oc_told/members", { remove: [SU] });
  await sandbox.lever("POST", "/chats/oc_told/bots", { app_id: APP_ID, in: false });
  await sandbox.lever("POST", `/chats/${GROUP}/dissolve`);
  await sandbox.lever("PATCH", `/people/${SU}`, { name: "苏晚晴晴", leader: "" });
  await sandbox.lever("POST", `/people/${LIN}/resign`);
  await pass(sandbox, 1);
  expect(told("im.chat.member.bot.added_v1")).toMatchObject({
    chat_id: "oc_told",
    name: "学员群",
    operator_id: { open_id: LIN },
  });
  expect(told("im.chat.member.bot.deleted_v1")).toMatchObject({ chat_id: "oc_told" });
  expect(told("im.chat.disbanded_v1")).toMatchObject({ chat_id: GROUP });
  expect(told("contact.user.updated_v3")).toMatchObject({
    object: { open_id: SU, name: "苏晚晴晴" },
    old_object: { name: "苏晚晴", leader_user_id: LIN },
  });
  expect(told("contact.user.deleted_v3")).toMatchObject({
    object: { open_id: LIN, status: { is_resigned: true } },
  });
});
