import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestSandbox } from "#test/support/sandbox.ts";
import { CHEN, GONE, GROUP, LIN, pass, sender, startCompany, SU } from "./company.ts";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startCompany();
});
afterAll(() => sandbox.close());

const call = (method: string, path: string, body?: unknown, query?: Record<string, string>, token?: string) =>
  sandbox.api(method, `/im/v1${path}`, body, query, token);
const code = async (reply: ReturnType<typeof call>) => {
  const { json, status } = await reply;
  return `${json.code} ${status}`;
};
const create = (body: object = { name: "新群" }, query: Record<string, string> = {}) =>
  call("POST", "/chats", body, query);

test("a chat's uuid makes one group in ten hours", async () => {
  const first = await create({ name: "甲", user_id_list: [LIN] }, { uuid: "u-1" });
  await pass(sandbox, 10 * 3_600_000 - 1);
  expect((await create({ name: "乙" }, { uuid: "u-1" })).json.data.chat_id).toBe(first.json.data.chat_id);
  await pass(sandbox, 1);
  expect((await create({ name: "乙" }, { uuid: "u-1" })).json.data.chat_id).not.toBe(first.json.data.chat_id);
});

test("50 people and 5 bots at most; resigned and unknown ones stop it", async () => {
  const many = (count: number, id: string) => Array.from({ length: count }, () => id);
  expect(await code(create({ user_id_list: many(50, LIN) }))).toBe("0 200");
  expect(await code(create({ user_id_list: many(51, LIN) }))).toBe("232001 400");
  expect(await code(create({ bot_id_list: many(5, sandbox.app.appId) }))).toBe("0 200");
  expect(await code(create({ bot_id_list: many(6, sandbox.app.appId) }))).toBe("232001 400");
  expect(await code(create({ user_id_list: [GONE] }))).toBe("232022 400");
  expect(await code(create({ user_id_list: ["ou_nobody"] }))).toBe("99992351 400");
});

test("the list holds groups the bot is in, never direct chats", async () => {
  const direct = (await sender(sandbox)(LIN, "text", JSON.stringify({ text: "a" }))).json.data
    .chat_id as string;
  await sandbox.lever("POST", "/chats", { chat_id: "oc_other", name: "别的群", members: [LIN], bots: [] });
  const seen: string[] = [];
  let page_token = "";
  do {
    const { json } = await call("GET", "/chats", undefined, {
      page_size: "2",
      ...(page_token ? { page_token } : {}),
    });
    seen.push(...(json.data.items as { chat_id: string }[]).map(({ chat_id }) => chat_id));
    page_token = (json.data.page_token as string | undefined) ?? "";
  } while (page_token);
  expect(seen).toContain(GROUP);
  expect(seen).not.toContain("oc_other");
  expect(seen).not.toContain(direct);
  expect(await code(call("GET", "/chats", undefined, { page_size: "101" }))).toBe("232001 400");
  expect(await code(call("GET", "/chats/oc_other"))).toBe("232011 400");
  expect(await code(call("GET", "/chats/oc_none"))).toBe("232006 400");
  expect((await call("GET", `/chats/${GROUP}`)).json.data).toMatchObject({
    name: "专业知识讲师群",
    owner_id: LIN,
    chat_mode: "group",
    user_count: "3",
    bot_count: "1",
    chat_status: "normal",
  });
});

test("members: bots left out, pages of at most 100, ids as asked", async () => {
  const { json } = await call("GET", `/chats/${GROUP}/members`, undefined, {
    page_size: "2",
    member_id_type: "union_id",
  });
  expect(json.data).toMatchObject({
    items: [{ member_id: "on_lin", member_id_type: "union_id", name: "林知远" }, { member_id: "on_su" }],
    has_more: true,
    member_total: 3,
  });
  expect(await code(call("GET", `/chats/${GROUP}/members`, undefined, { page_size: "101" }))).toBe(
    "232001 400",
  );
  expect((await call("GET", `/chats/${GROUP}/members/is_in_chat`)).json.data).toEqual({ is_in_chat: true });
  expect((await call("GET", "/chats/oc_other/members/is_in_chat")).json.data).toEqual({ is_in_chat: false });
  expect(await code(call("PATCH", "/chats/oc_other/members/me_join"))).toBe("232008 400");
});

test("adding and removing: unknown ids by succeed_type, the owner stays", async () => {
  const id = (await create({ name: "丙", owner_id: LIN })).json.data.chat_id as string;
  const add = (id_list: string[], succeed_type?: string) =>
    call("POST", `/chats/${id}/members`, { id_list }, succeed_type ? { succeed_type } : {});
  expect((await add([SU])).json.data).toMatchObject({ invalid_id_list: [], not_existed_id_list: [] });
  expect(await code(add([CHEN, "ou_nobody"]))).toBe("232043 400");
  expect((await add([CHEN, "ou_nobody", GONE], "1")).json.data).toMatchObject({
    invalid_id_list: [GONE],
    not_existed_id_list: ["ou_nobody"],
  });
  expect(await code(add([GONE], "2"))).toBe("232043 400");
  expect(await code(add([]))).toBe("232027 400");
  expect(await code(add(Array.from({ length: 51 }, () => SU)))).toBe("232001 400");
  const remove = (id_list: string[]) => call("DELETE", `/chats/${id}/members`, { id_list });
  expect(await code(remove([LIN]))).toBe("232076 400");
  expect(await code(remove([SU]))).toBe("0 200");
  expect((await call("GET", `/chats/${id}/members`)).json.data).toMatchObject({ member_total: 2 });
  expect(await code(call("DELETE", `/chats/${id}`, {}))).toBe("232017 400");
  const own = (await create({ name: "丁" })).json.data.chat_id as string;
  expect(await code(call("PUT", `/chats/${own}`, { name: "丁二" }))).toBe("0 200");
  expect((await call("GET", `/chats/${own}`)).json.data.name).toBe("丁二");
  expect(await code(call("DELETE", `/chats/${own}`, {}))).toBe("0 200");
  expect(await code(call("POST", `/chats/${own}/members`, { id_list: [SU] }))).toBe("232009 400");
  expect((await call("GET", `/chats/${own}`)).json.data.chat_status).toBe("dissolved");
});

const PNG = Buffer.from("89504e470d0a1a0a", "hex");
const upload = async (path: string, parts: Record<string, string | Blob>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) form.set(name, value);
  const reply = await fetch(`${sandbox.url}/open-apis/im/v1/${path}`, {
    method: "POST",
    body: form,
    headers: { authorization: `Bearer ${await sandbox.tenantToken()}` },
  });
  return {
    status: reply.status,
    json: (await reply.json()) as { code: number; data: Record<string, string> },
  };
};

test("images: 10 MB of something that is an image; files: 30 MB of a known type", async () => {
  const image = (bytes: Uint8Array<ArrayBuffer>, image_type = "message") =>
    upload("images", { image_type, image: new Blob([bytes]) });
  const filled = (size: number) => Buffer.concat([PNG, Buffer.alloc(size - PNG.length)]);
  expect((await image(filled(10 * 1024 * 1024))).json.code).toBe(0);
  expect((await image(filled(10 * 1024 * 1024 + 1))).json.code).toBe(234006);
  expect((await image(Buffer.from("no image"))).json.code).toBe(234011);
  expect((await image(Buffer.alloc(0))).json.code).toBe(234010);
  expect((await image(filled(20), "poster")).json.code).toBe(234001);
  const file = (size: number, more: object = {}) =>
    upload("files", {
      file_type: "pdf",
      file_name: "讲义.pdf",
      file: new Blob([Buffer.alloc(size, 1)]),
      ...more,
    });
  expect((await file(30 * 1024 * 1024)).json.code).toBe(0);
  expect((await file(30 * 1024 * 1024 + 1)).json.code).toBe(234006);
  expect((await file(0)).json.code).toBe(234010);
  expect((await file(9, { file_type: "exe" })).json.code).toBe(234001);
});

test("a message carries one's own upload of its kind, and gives it back as a resource", async () => {
  await pass(sandbox, 1000);
  const send = sender(sandbox);
  const file =
    (
      await upload("files", {
        file_type: "pdf",
        file_name: "讲义.pdf",
        file: new Blob([Buffer.from("slides")]),
      })
    ).json.data.file_key ?? "";
  const image =
    (await upload("images", { image_type: "message", image: new Blob([PNG]) })).json.data.image_key ?? "";
  const { json } = await send(LIN, "file", JSON.stringify({ file_key: file }));
  expect(json.code).toBe(0);
  expect((await send(LIN, "media", JSON.stringify({ file_key: file }))).json.code).toBe(230055);
  expect((await send(LIN, "file", JSON.stringify({ file_key: "file_none" }))).json.code).toBe(230001);
  expect((await send(LIN, "image", JSON.stringify({ image_key: image }))).json.code).toBe(0);
  expect(
    (
      await send(
        LIN,
        "interactive",
        JSON.stringify({ schema: "2.0", body: { elements: [{ tag: "img", img_key: image }] } }),
      )
    ).json.code,
  ).toBe(0);
  const headers = { authorization: `Bearer ${await sandbox.tenantToken()}` };
  const resource = (key: string, type: string) =>
    fetch(
      `${sandbox.url}/open-apis/im/v1/messages/${json.data.message_id as string}/resources/${key}?type=${type}`,
      { headers },
    );
  expect(await (await resource(file, "file")).text()).toBe("slides");
  expect(await (await resource(image, "image")).json()).toMatchObject({ code: 234003 });
});
