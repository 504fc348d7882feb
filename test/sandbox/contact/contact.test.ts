import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestSandbox } from "#test/support/sandbox.ts";
import { CHEN, GONE, LIN, startCompany, SU } from "../im/company.ts";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startCompany();
});
afterAll(() => sandbox.close());

const get = (path: string, query: Record<string, string | string[]> = {}, token?: string) =>
  sandbox.api("GET", `/contact/v3${path}`, undefined, query, token);
const code = async (reply: ReturnType<typeof get>) => {
  const { json, status } = await reply;
  return `${json.code} ${status}`;
};
const lookUp = async (body: object, query: Record<string, string> = {}) =>
  (await sandbox.api("POST", "/contact/v3/users/batch_get_id", body, query)).json;

test("§14.24 an unknown address comes back without user_id and without an error", async () => {
  const { data } = await lookUp({
    emails: ["lin@example.com", "nobody@example.com"],
    mobiles: ["13800000002", "13900000000"],
  });
  expect(data.user_list).toMatchObject([
    { user_id: LIN, email: "lin@example.com", status: { is_resigned: false, is_activated: true } },
    { email: "nobody@example.com" },
    { user_id: SU, mobile: "13800000002" },
    { mobile: "13900000000" },
  ]);
  expect((data.user_list as object[])[1]).toEqual({ email: "nobody@example.com" });
  expect((await lookUp({ emails: ["gone@example.com"] })).data.user_list).toEqual([
    { email: "gone@example.com" },
  ]);
  expect(
    (await lookUp({ emails: ["gone@example.com"], include_resigned: true })).data.user_list,
  ).toMatchObject([{ user_id: GONE }]);
  expect(
    (await lookUp({ emails: ["lin@example.com"] }, { user_id_type: "union_id" })).data.user_list,
  ).toMatchObject([{ user_id: "on_lin" }]);
});

test("§14.24 fifty addresses of each kind, no more", async () => {
  const emails = (count: number) => Array.from({ length: count }, (_, n) => `p${n}@example.com`);
  expect((await lookUp({ emails: emails(50), mobiles: emails(50) })).code).toBe(0);
  expect((await lookUp({ emails: emails(51) })).code).toBe(99992402);
  expect((await lookUp({ mobiles: emails(51) })).code).toBe(99992402);
});

test("a user by any id, outside the contact range 41050, unknown 99992351", async () => {
  const { json } = await get(`/users/${SU}`);
  expect(json.data.user).toMatchObject({
    open_id: SU,
    union_id: "on_su",
    user_id: "su",
    name: "苏晚晴",
    email: "su@example.com",
    leader_user_id: LIN,
    department_ids: ["od-sales"],
    status: { is_resigned: false },
  });
  expect(json.data.user).not.toHaveProperty("department_path");
  expect((await get("/users/on_su", { user_id_type: "union_id" })).json.data.user).toMatchObject({
    open_id: SU,
    leader_user_id: "on_lin",
  });
  expect(await code(get("/users/ou_nobody"))).toBe("99992351 400");
  expect(await code(get("/users/on_nobody", { user_id_type: "union_id" }))).toBe("99992352 400");
  expect(await code(get("/users/nobody", { user_id_type: "user_id" }))).toBe("99992360 400");
  expect(await code(get(`/users/${GONE}`))).toBe("41050 400");
  sandbox.app.availability = [LIN];
  expect(await code(get(`/users/${SU}`))).toBe("41050 400");
  expect(await code(get(`/users/${LIN}`))).toBe("0 200");
  expect((await get("/users/batch", { user_ids: [LIN, SU] })).json.data.items).toMatchObject([
    { open_id: LIN },
  ]);
  expect((await lookUp({ emails: ["su@example.com"] })).data.user_list).toEqual([
    { email: "su@example.com" },
  ]);
  expect(await code(get("/users/find_by_department", { department_id: "0" }))).toBe("40004 403");
  expect((await get("/scopes")).json.data).toMatchObject({
    user_ids: [LIN],
    department_ids: [],
    has_more: false,
  });
  sandbox.app.availability = null;
});

test("fields appear only with their scopes", async () => {
  const before = sandbox.app.tenantScopes;
  sandbox.app.tenantScopes = ["contact:contact.base:readonly", "contact:user.email:readonly"];
  expect((await get(`/users/${LIN}`)).json.data.user).toEqual({
    open_id: LIN,
    union_id: "on_lin",
    email: "lin@example.com",
  });
  sandbox.app.tenantScopes = [
    "contact:contact.base:readonly",
    "contact:user.base:readonly",
    "contact:user.employee_id:readonly",
  ];
  expect(Object.keys((await get(`/users/${LIN}`)).json.data.user as object).toSorted()).toEqual([
    "avatar",
    "en_name",
    "name",
    "nickname",
    "open_id",
    "union_id",
    "user_id",
  ]);
  sandbox.app.tenantScopes = before;
  const token = await sandbox.userToken(LIN, [
    "contact:contact.base:readonly",
    "contact:user.department_path:readonly",
    "contact:user.department:readonly",
  ]);
  expect((await get(`/users/${CHEN}`, {}, token)).json.data.user).toMatchObject({
    department_path: [{ department_id: "od-sales" }, { department_id: "od-east" }],
  });
});

test("batch takes 1 to 50 ids, as repeats and as brackets", async () => {
  expect((await get("/users/batch", { user_ids: [LIN, SU, "ou_nobody"] })).json.data.items).toMatchObject([
    { open_id: LIN },
    { open_id: SU },
  ]);
  expect((await get("/users/batch", { "user_ids[]": [LIN] })).json.data.items).toMatchObject([
    { open_id: LIN },
  ]);
  expect(await code(get("/users/batch", { user_ids: Array.from({ length: 50 }, () => LIN) }))).toBe("0 200");
  expect(await code(get("/users/batch", { user_ids: Array.from({ length: 51 }, () => LIN) }))).toBe(
    "40001 400",
  );
});

test("people of a department page by 1 to 50; children come deep or direct", async () => {
  const people = async (query: Record<string, string>) =>
    (await get("/users/find_by_department", { department_id: "od-sales", ...query })).json;
  const first = await people({ page_size: "1" });
  expect([first.data.has_more, (first.data.items as object[]).length]).toEqual([true, 1]);
  const second = await people({ page_size: "1", page_token: first.data.page_token as string });
  expect([second.data.has_more, "page_token" in second.data]).toEqual([false, false]);
  expect((await people({ page_size: "51" })).code).toBe(40011);
  expect((await people({ page_size: "0" })).code).toBe(40011);
  expect((await people({ page_token: "odd" })).code).toBe(40012);
  expect(await code(get("/users/find_by_department", { department_id: "od-none" }))).toBe("40008 400");
  expect((await get("/departments/0/children", { fetch_child: "true" })).json.data.items).toMatchObject([
    { name: "销售部", member_count: 3, parent_department_id: "0" },
    { name: "销售一组", member_count: 1, parent_department_id: "od-sales" },
  ]);
  expect((await get("/departments/0/children")).json.data.items).toMatchObject([{ name: "销售部" }]);
  expect((await get("/departments/od-east")).json.data.department).toMatchObject({
    open_department_id: "od-east",
  });
  expect(
    (await get("/departments/batch", { department_ids: ["od-east", "od-sales"] })).json.data.items,
  ).toMatchObject([{ name: "销售一组" }, { name: "销售部" }]);
  expect((await get("/departments/parent", { department_id: "od-east" })).json.data.items).toMatchObject([
    { name: "销售部" },
  ]);
});

test("a token of the wrong kind is refused", async () => {
  const token = await sandbox.userToken(LIN);
  const { status, json } = await get("/scopes", {}, token);
  expect([status, json.code]).toEqual([400, 99991668]);
});
