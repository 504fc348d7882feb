import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestSandbox } from "#test/support/sandbox.ts";
import { CHEN, GONE, GROUP, LIN, pass, sender, START, startCompany, SU, text } from "./company.ts";

let sandbox: TestSandbox;
let send: ReturnType<typeof sender>;
let now = START;

beforeAll(async () => {
  sandbox = await startCompany();
  send = sender(sandbox);
});
afterAll(() => sandbox.close());

const tick = async (ms = 1100) => {
  await pass(sandbox, ms);
  now += ms;
};
const codeOf = async (reply: ReturnType<typeof send>) => {
  const { json, status } = await reply;
  return [json.code, status];
};
const inboxOf = async (who: string, query = "") =>
  (await sandbox.lever("GET", `/people/${who}/inbox${query}`)).json;

test("§14.18 content must be a JSON text", async () => {
  for (const content of ["hello", '"hello"', "[]", "{", ""]) {
    expect(await codeOf(send(LIN, "text", content)), content).toEqual([230001, 400]);
  }
  expect(await codeOf(send(LIN, "text", text("")))).toEqual([230001, 400]);
  expect(await codeOf(send(LIN, "parcel", text("a")))).toEqual([230001, 400]);
  const asObject = await sandbox.api(
    "POST",
    "/im/v1/messages",
    { receive_id: LIN, msg_type: "text", content: { text: "a" } },
    { receive_id_type: "open_id" },
  );
  expect([asObject.json.code, asObject.status]).toEqual([230001, 400]);
  const sent = await send(LIN, "text", text("第一条"));
  expect(sent.json.data).toMatchObject({
    msg_type: "text",
    deleted: false,
    updated: false,
    create_time: String(now),
    sender: { id_type: "app_id", sender_type: "app" },
    body: { content: text("第一条") },
  });
  expect(sent.json.data.message_id).toMatch(/^om_/);
});

test("§14.18 a uuid sends once within the hour, again after it", async () => {
  await tick();
  const uuid = "a".repeat(50);
  const first = await send(SU, "text", text("甲"), { uuid });
  await tick(3_600_000 - 1);
  const second = await send(SU, "text", text("乙"), { uuid });
  expect(second.json.data.message_id).toBe(first.json.data.message_id);
  expect(second.json.data.body).toEqual({ content: text("甲") });
  await tick(1);
  const third = await send(SU, "text", text("丙"), { uuid });
  expect(third.json.data.message_id).not.toBe(first.json.data.message_id);
  const { messages } = (await inboxOf(SU)) as unknown as { messages: { texts: string[] }[] };
  expect(messages.map(({ texts }) => texts)).toEqual([["甲"], ["丙"]]);
  expect(await codeOf(send(SU, "text", text("丁"), { uuid: "a".repeat(51) }))).toEqual([230001, 400]);
});

test("§14.18 the same uuid while its message is under way: 230049, and only one arrives", async () => {
  await tick();
  const before = ((await inboxOf(SU)) as unknown as { messages: unknown[] }).messages.length;
  const replies = await Promise.all(
    Array.from({ length: 4 }, () => send(SU, "text", text("同时"), { uuid: "together" })),
  );
  const codes = replies.map(({ json }) => json.code);
  expect(codes.filter((code) => code !== 0 && code !== 230049)).toEqual([]);
  expect(new Set(replies.flatMap(({ json }) => (json.code === 0 ? [json.data.message_id] : []))).size).toBe(
    1,
  );
  expect(((await inboxOf(SU)) as unknown as { messages: unknown[] }).messages.length).toBe(before + 1);
});

test("§14.18 five messages a second for one person and one chat, the sixth 230020", async () => {
  for (const target of [CHEN, GROUP]) {
    await tick();
    for (let n = 0; n < 5; n += 1) expect(await codeOf(send(target, "text", text(`${n}`)))).toEqual([0, 200]);
    expect(await codeOf(send(target, "text", text("6")))).toEqual([230020, 400]);
    expect(await codeOf(send(target === CHEN ? GROUP : LIN, "text", text("other")))).toEqual([0, 200]);
    await tick(1000);
    expect(await codeOf(send(target, "text", text("7")))).toEqual([0, 200]);
  }
});

test("§14.18 sizes: 150 KB of text, 30 KB of post and card; one byte more is 230025", async () => {
  await tick();
  const fill = (limit: number, make: (words: string) => string) =>
    make("a".repeat(limit - Buffer.byteLength(make(""))));
  const post = (words: string) => JSON.stringify({ zh_cn: { title: words, content: [[]] } });
  const simple = (words: string) =>
    JSON.stringify({ schema: "2.0", body: { elements: [{ tag: "markdown", content: words }] } });
  for (const [type, limit, make] of [
    ["text", 150 * 1024, text],
    ["post", 30 * 1024, post],
    ["interactive", 30 * 1024, simple],
  ] as const) {
    expect(await codeOf(send(LIN, type, fill(limit, make))), type).toEqual([0, 200]);
    expect(await codeOf(send(LIN, type, fill(limit + 1, make))), type).toEqual([230025, 400]);
    await tick();
  }
});

test("who cannot be reached: unknown, resigned, outside the availability, deaf to the bot", async () => {
  await tick();
  expect(await codeOf(send("ou_nobody", "text", text("a")))).toEqual([230034, 400]);
  expect(await codeOf(send("oc_nowhere", "text", text("a")))).toEqual([230034, 400]);
  expect(await codeOf(send(GONE, "text", text("a")))).toEqual([230029, 400]);
  sandbox.app.availability = [LIN, CHEN];
  expect(await codeOf(send(SU, "text", text("a")))).toEqual([230013, 400]);
  sandbox.app.availability = null;
  await sandbox.lever("PATCH", `/people/${SU}`, { bot_stopped: true });
  expect(await codeOf(send(SU, "text", text("a")))).toEqual([230053, 400]);
  await sandbox.lever("PATCH", `/people/${SU}`, { bot_stopped: false });
  expect(await codeOf(send(SU, "text", text("a")))).toEqual([0, 200]);
});

test("by mail address, union_id and user_id as well", async () => {
  await tick();
  for (const [type, id] of [
    ["email", "lin@example.com"],
    ["union_id", "on_lin"],
    ["user_id", "lin"],
  ] as const) {
    const { json } = await sandbox.api(
      "POST",
      "/im/v1/messages",
      { receive_id: id, msg_type: "text", content: text("x") },
      { receive_id_type: type },
    );
    expect(json.code, type).toBe(0);
  }
});

test("chats: bot outside 230002, speech forbidden 230018 and 230035, dissolved 232009", async () => {
  await tick();
  const { json } = await sandbox.lever("POST", "/chats", {
    name: "临时群",
    members: [LIN, SU],
    chat_id: "oc_temp",
    bots: [],
  });
  expect(json["bots"]).toEqual([]);
  expect(await codeOf(send("oc_temp", "text", text("a")))).toEqual([230002, 400]);
  await sandbox.lever("POST", "/chats/oc_temp/bots", { app_id: sandbox.app.appId });
  expect(await codeOf(send("oc_temp", "text", text("a")))).toEqual([0, 200]);
  await sandbox.lever("POST", "/chats/oc_temp/forbid", { what: "bots" });
  expect(await codeOf(send("oc_temp", "text", text("a")))).toEqual([230018, 400]);
  await sandbox.lever("POST", "/chats/oc_temp/forbid", { what: "speech" });
  expect(await codeOf(send("oc_temp", "text", text("a")))).toEqual([230035, 400]);
  await sandbox.lever("POST", "/chats/oc_temp/dissolve");
  expect(await codeOf(send("oc_temp", "text", text("a")))).toEqual([232009, 400]);
});

test("the history pages in both directions and holds still while new messages arrive", async () => {
  await tick();
  const ids: string[] = [];
  for (let n = 0; n < 7; n += 1) {
    await tick();
    ids.push((await send(GROUP, "text", text(`第${n}条`))).json.data.message_id as string);
  }
  const list = (query: Record<string, string>) =>
    sandbox.api("GET", "/im/v1/messages", undefined, {
      container_id_type: "chat",
      container_id: GROUP,
      ...query,
    });
  const start_time = String(Math.floor((now - 7 * 1100) / 1000));
  const seen: string[] = [];
  let page_token: string | undefined;
  do {
    const { json } = await list({
      sort_type: "ByCreateTimeDesc",
      page_size: "3",
      start_time,
      ...(page_token ? { page_token } : {}),
    });
    seen.push(...(json.data.items as { message_id: string }[]).map(({ message_id }) => message_id));
    page_token = json.data.page_token as string | undefined;
    expect(json.data.has_more).toBe(page_token !== undefined);
    if (seen.length === 3) await send(GROUP, "text", text("插队"));
  } while (page_token);
  expect(seen.slice(0, 7)).toEqual(ids.toReversed());
  const up = await list({ page_size: "50", start_time: String(Math.floor(now / 1000)) });
  expect((up.json.data.items as { body: { content: string } }[]).at(-1)?.body.content).toBe(text("插队"));
  expect((await list({ page_size: "51" })).json.code).toBe(230001);
  expect((await list({ page_size: "0" })).json.code).toBe(230001);
  expect((await list({ page_token: "not-ours" })).json.code).toBe(230001);
});

test("reply, edit, recall: a reply hangs on its message, twenty edits, nothing after the recall", async () => {
  await tick();
  const first = (await send(LIN, "text", text("原文"))).json.data.message_id as string;
  const reply = await sandbox.api("POST", `/im/v1/messages/${first}/reply`, {
    msg_type: "text",
    content: text("答"),
  });
  expect(reply.json.data).toMatchObject({ root_id: first, parent_id: first });
  const edit = (words: string) =>
    sandbox.api("PUT", `/im/v1/messages/${first}`, { msg_type: "text", content: text(words) });
  for (let n = 0; n < 20; n += 1) expect((await edit(`改${n}`)).json.code).toBe(0);
  expect((await edit("二十一")).json).toMatchObject({ code: 230072 });
  const got = await sandbox.api("GET", `/im/v1/messages/${first}`);
  expect(got.json.data.items).toMatchObject([{ updated: true, body: { content: text("改19") } }]);
  expect((await sandbox.api("DELETE", `/im/v1/messages/${first}`, {})).json.code).toBe(0);
  expect((await sandbox.api("DELETE", `/im/v1/messages/${first}`, {})).json.code).toBe(230110);
  expect((await edit("晚了")).json.code).toBe(230011);
  expect((await sandbox.api("GET", `/im/v1/messages/${first}`)).json.data.items).toMatchObject([
    { deleted: true, body: { content: "This message was recalled" } },
  ]);
  expect((await sandbox.api("GET", "/im/v1/messages/om_none")).json.code).toBe(99992354);
});

test("urgent: own messages, 200 people at most; who is not in the chat comes back", async () => {
  await tick();
  const id = (await send(LIN, "text", text("急"))).json.data.message_id as string;
  const urge = (list: string[]) =>
    sandbox.api(
      "PATCH",
      `/im/v1/messages/${id}/urgent_app`,
      { user_id_list: list },
      { user_id_type: "open_id" },
    );
  expect((await urge([LIN, SU, "ou_nobody"])).json.data).toEqual({ invalid_user_id_list: [SU, "ou_nobody"] });
  expect((await urge(Array.from({ length: 200 }, () => LIN))).json.code).toBe(0);
  expect((await urge(Array.from({ length: 201 }, () => LIN))).json.code).toBe(230001);
});

test("batch_send takes objects, 200 ids a list, and its messages cannot be changed", async () => {
  await tick();
  const batch = (body: object) => sandbox.api("POST", "/message/v4/batch_send/", body);
  const { json } = await batch({ open_ids: [LIN, "ou_nobody"], msg_type: "text", content: { text: "通知" } });
  expect(json.data).toMatchObject({ invalid_open_ids: ["ou_nobody"] });
  expect(json.data.message_id).toMatch(/^bm-/);
  expect((await batch({ open_ids: [LIN], msg_type: "text", content: text("通知") })).json.code).toBe(230001);
  expect(
    (
      await batch({
        open_ids: Array.from({ length: 200 }, () => LIN),
        msg_type: "text",
        content: { text: "a" },
      })
    ).json.code,
  ).toBe(0);
  expect(
    (
      await batch({
        open_ids: Array.from({ length: 201 }, () => LIN),
        msg_type: "text",
        content: { text: "a" },
      })
    ).json.code,
  ).toBe(230001);
  const { messages } = (await inboxOf(LIN)) as unknown as {
    messages: { message_id: string; batch?: string }[];
  };
  const sent = messages.find((message) => message.batch === json.data.message_id)?.message_id ?? "";
  expect(
    (await sandbox.api("PUT", `/im/v1/messages/${sent}`, { msg_type: "text", content: text("改") })).json
      .code,
  ).toBe(230054);
});

test("mentions become keys, as the API reads them back", async () => {
  await tick();
  const { json } = await send(GROUP, "text", text(`<at user_id="${LIN}">林</at> 明天见`));
  expect(json.data.body).toEqual({ content: text("@_user_1 明天见") });
  expect(json.data.mentions).toMatchObject([{ key: "@_user_1", id: LIN, name: "林知远" }]);
  const { messages } = (await inboxOf(LIN, "?chats=1")) as unknown as { messages: { texts: string[] }[] };
  expect(messages.at(-1)?.texts).toEqual(["@林知远 明天见"]);
});

test("an inbox answers only what is new since a change number, each message once with its last state", async () => {
  await tick();
  const all = async (since: number | string) =>
    (await sandbox.lever("GET", `/inbox/all?since=${since}`)).json as unknown as {
      messages: { n: number; message_id: string; to: string[]; texts: string[]; p2p: boolean }[];
    };
  const last = (await all(0)).messages.at(-1)?.n ?? 0;
  expect((await all(last)).messages).toEqual([]);
  const id = (await send(CHEN, "text", text("一"))).json.data.message_id as string;
  await sandbox.api("PUT", `/im/v1/messages/${id}`, { msg_type: "text", content: text("二") });
  expect((await all(last)).messages).toMatchObject([
    { n: last + 2, message_id: id, to: [CHEN], texts: ["二"], p2p: true },
  ]);
  expect((await all(now - 1)).messages.map(({ message_id }) => message_id)).toContain(id);
  expect((await all(now)).messages).toEqual([]);
});
