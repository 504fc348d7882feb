import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestSandbox } from "#test/support/sandbox.ts";
import { card, LIN, pass, sender, startCompany, SU } from "./company.ts";

let sandbox: TestSandbox;
let send: ReturnType<typeof sender>;

beforeAll(async () => {
  sandbox = await startCompany();
  await sandbox.lever("PATCH", "/switches", { rates: false });
  send = sender(sandbox);
});
afterAll(() => sandbox.close());

const DAY = 86_400_000;
const sendCard = (content: object) => send(LIN, "interactive", JSON.stringify(content));
const words = (content: string) => ({ tag: "markdown", content });
const button = (more: object = {}) => ({
  tag: "button",
  text: { tag: "plain_text", content: "接受" },
  ...more,
});
const refusal = async (content: object) => {
  const { json, status } = await sendCard(content);
  return `${json.code} ${status} ${/ErrCode: (\d+)/.exec(json.msg)?.[1] ?? ""}`;
};

test("a card of every documented component is taken", async () => {
  const option = { text: { tag: "plain_text", content: "周三" }, value: "wed" };
  const placeholder = { tag: "plain_text", content: "请选择" };
  const elements = [
    words("**你好** <at id=ou_lin></at>"),
    {
      tag: "div",
      text: { tag: "plain_text", content: "提示", text_size: "notation", text_color: "grey" },
      icon: { tag: "standard_icon", token: "info_outlined" },
    },
    { tag: "hr", margin: "4px 0px 4px 0px", element_id: "line_1" },
    {
      tag: "column_set",
      flex_mode: "none",
      columns: [
        {
          tag: "column",
          width: "weighted",
          weight: 1,
          elements: [
            button({
              behaviors: [
                { type: "open_url", default_url: "https://example.com" },
                { type: "callback", value: { a: 1 } },
              ],
            }),
          ],
        },
      ],
    },
    {
      tag: "form",
      name: "form",
      elements: [
        { tag: "input", name: "why", required: true, label: placeholder, max_length: 100 },
        { tag: "select_static", name: "day", placeholder, options: [option] },
        { tag: "multi_select_static", name: "days", placeholder, options: [option] },
        { tag: "date_picker", name: "date", placeholder },
        { tag: "picker_time", name: "time" },
        { tag: "picker_datetime", name: "at" },
        { tag: "select_person", name: "who", options: [{ value: LIN }] },
        { tag: "checker", name: "ok", text: placeholder },
        button({
          name: "go",
          form_action_type: "submit",
          confirm: { title: placeholder, text: placeholder },
        }),
      ],
    },
    { tag: "collapsible_panel", header: { title: words("细节") }, elements: [words("里面")] },
    {
      tag: "interactive_container",
      behaviors: [{ type: "callback", value: { b: 2 } }],
      elements: [words("整块")],
    },
    { tag: "person", user_id: LIN },
    { tag: "person_list", persons: [{ id: LIN }, { id: SU }] },
    { tag: "overflow", options: [option] },
    { tag: "table", columns: [{ name: "a", display_name: "姓名", data_type: "text" }], rows: [{ a: "林" }] },
    { tag: "chart", chart_spec: { type: "bar" } },
  ];
  const { json } = await sendCard(
    card(elements, { config: { update_multi: true, summary: { content: "邀请" } } }),
  );
  expect(json).toMatchObject({ code: 0 });
});

test("JSON 2.0 refuses what it does not know: tags, properties, old structure, half forms", async () => {
  expect(await refusal(card([{ tag: "note", elements: [] }]))).toBe("230099 400 200861");
  expect(await refusal(card([{ tag: "action", actions: [button()] }]))).toBe("230099 400 200861");
  expect(await refusal(card([{ tag: "marquee" }]))).toBe("230099 400 200861");
  expect(await refusal(card([{ ...words("a"), href: {} }]))).toBe("230099 400 200621");
  expect(await refusal(card([button({ value: { a: 1 } })]))).toBe("230099 400 200621");
  expect(await refusal(card([button({ toString: 1 })]))).toBe("230099 400 200621");
  expect(await refusal(card([button({ disabled: "yes" })]))).toBe("230099 400 200621");
  expect(await refusal(card([], { elements: [] }))).toBe("230099 400 200621");
  expect(await refusal(card([], { i18n_elements: {} }))).toBe("230099 400 200621");
  expect(await refusal(card([], { config: { wide_screen_mode: true } }))).toBe("230099 400 200621");
  expect(await refusal(card([], { config: { update_multi: false } }))).toBe("230099 400 200861");
  const submit = button({ name: "go", form_action_type: "submit" });
  expect(await refusal(card([{ tag: "form", name: "f", elements: [{ tag: "input", name: "a" }] }]))).toBe(
    "230099 400 200621",
  );
  expect(await refusal(card([{ tag: "form", name: "f", elements: [{ tag: "input" }, submit] }]))).toBe(
    "230099 400 200621",
  );
  expect(
    await refusal(card([{ tag: "form", name: "f", elements: [{ tag: "input", name: "go" }, submit] }])),
  ).toBe("230099 400 200621");
  expect(
    await refusal(
      card([
        {
          tag: "column_set",
          columns: [{ tag: "column", elements: [{ tag: "form", name: "f", elements: [submit] }] }],
        },
      ]),
    ),
  ).toBe("230099 400 200621");
  expect(await refusal(card([{ ...words("a"), element_id: "1a" }]))).toBe("230099 400 200621");
  expect(
    await refusal(
      card([
        { ...words("a"), element_id: "x" },
        { tag: "hr", element_id: "x" },
      ]),
    ),
  ).toBe("230099 400 200621");
  expect(await refusal(card([{ tag: "img", img_key: "img_nowhere" }]))).toBe("230099 400 200570");
  expect(await refusal(card([words("<at id=ou_nobody></at>")]))).toBe("230099 400 100290");
  expect(await refusal({ type: "template", data: { template_id: "AAq1" } })).toBe("230099 400 200380");
});

test("200 elements at most, counting texts inside components", async () => {
  const headers = 1;
  const filled = (count: number) => card(Array.from({ length: count - headers }, () => words("a")));
  expect(await refusal(filled(200))).toBe("0 200 ");
  expect(await refusal(filled(201))).toBe("230099 400 11310");
});

test("containers nest five deep and no deeper", async () => {
  const nested = (depth: number): object =>
    depth === 0
      ? words("底")
      : { tag: "column_set", columns: [{ tag: "column", elements: [nested(depth - 1)] }] };
  expect(await refusal(card([nested(5)]))).toBe("0 200 ");
  expect(await refusal(card([nested(6)]))).toBe("230099 400 200621");
});

test("JSON 1.0 is lax: unknown properties pass", async () => {
  expect(
    await refusal({
      config: { odd: 1 },
      elements: [
        { tag: "div", text: { tag: "lark_md", content: "a" }, odd: true },
        { tag: "note", elements: [{ tag: "plain_text", content: "注" }] },
      ],
    }),
  ).toBe("0 200 ");
  expect(await refusal({})).toBe("0 200 ");
});

const update = (id: string, content: object) =>
  sandbox.api("PATCH", `/im/v1/messages/${id}`, { content: JSON.stringify(content) });
const idOf = async (content: object) => (await sendCard(content)).json.data.message_id as string;
const v1 = (update_multi?: boolean) => ({
  config: update_multi === undefined ? {} : { update_multi },
  elements: [words("旧")],
});

test("§14.19 PATCH: own cards with update_multi before and after", async () => {
  const shared = await idOf(card([words("一")]));
  expect((await update(shared, card([words("二")]))).json.code).toBe(0);
  const got = await sandbox.api("GET", `/im/v1/messages/${shared}`, undefined, {
    card_msg_content_type: "user_card_content",
  });
  expect(got.json.data.items).toMatchObject([
    { updated: true, body: { content: JSON.stringify(card([words("二")])) } },
  ]);
  expect((await update(shared, card([{ tag: "note" }]))).json.code).toBe(230099);
  expect((await update(shared, v1(true))).json.msg).toContain("200830");
  const old = await idOf(v1(true));
  expect((await update(old, v1(true))).json.code).toBe(0);
  expect((await update(old, v1())).json.code).toBe(230001);
  expect((await update(await idOf(v1()), v1(true))).json.code).toBe(230001);
  const plain = (await send(LIN, "text", JSON.stringify({ text: "a" }))).json.data.message_id as string;
  expect((await update(plain, card([]))).json.code).toBe(230001);
  const theirs = (await sandbox.lever("POST", `/people/${LIN}/say`, { text: "你好" })).json[
    "message_id"
  ] as string;
  expect((await update(theirs, card([]))).json.code).toBe(230012);
  await sandbox.api("DELETE", `/im/v1/messages/${shared}`, {});
  expect((await update(shared, card([]))).json.code).toBe(230011);
});

test("§14.19 PATCH: five a second for one message", async () => {
  await sandbox.lever("PATCH", "/switches", { rates: true });
  const id = await idOf(card([words("一")]));
  for (let n = 0; n < 5; n += 1) expect((await update(id, card([words(`${n}`)]))).json.code).toBe(0);
  expect((await update(id, card([words("六")]))).json.code).toBe(230020);
  await sandbox.lever("PATCH", "/switches", { rates: false });
});

test("§14.19 PATCH: on the fourteenth day still, a millisecond later 230031", async () => {
  const id = await idOf(card([words("一")]));
  await pass(sandbox, 14 * DAY);
  expect((await update(id, card([words("二")]))).json.code).toBe(0);
  await pass(sandbox, 1);
  expect((await update(id, card([words("三")]))).json.code).toBe(230031);
});

test("read back without asking for the card itself: title, lines, links with where they lead", async () => {
  const id = await idOf(
    card([
      words("**周三** 15:00，[看议程](https://example.com/a?k=1)\n&#42;不是强调&#42; 1 &lt; 2"),
      button(),
    ]),
  );
  const { json } = await sandbox.api("GET", `/im/v1/messages/${id}`);
  const [item] = json.data.items as { body: { content: string } }[];
  expect(JSON.parse(item?.body.content ?? "")).toEqual({
    title: "分享邀请",
    elements: [
      [
        { tag: "text", text: "周三 15:00，" },
        { tag: "a", href: "https://example.com/a?k=1", text: "看议程" },
      ],
      [{ tag: "text", text: "*不是强调* 1 < 2" }],
      [{ tag: "button", text: "接受", type: "default" }],
    ],
  });
  const { messages } = (await sandbox.lever("GET", `/people/${LIN}/inbox`)).json as unknown as {
    messages: { message_id: string; texts: string[]; links: object[] }[];
  };
  expect(messages.find((message) => message.message_id === id)).toMatchObject({
    texts: ["分享邀请", "周三 15:00，看议程", "*不是强调* 1 < 2"],
    links: [{ text: "看议程", url: "https://example.com/a?k=1" }],
  });
});
