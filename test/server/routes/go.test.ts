import { afterAll, beforeAll, expect, test } from "vitest";
import { browserOf } from "#test/support/browser.ts";
import {
  ADMIN,
  learner,
  lecturer,
  LEARNERS_CHAT,
  startCompany,
  type Company,
} from "#test/support/company.ts";

const BYTES = "讲义内容".repeat(500);
let company: Company;
let material: string;
let session: string;
let link: string;

beforeAll(async () => {
  company = await startCompany({ logLevel: "silent" });
  const { file_token } = (await company.wire.post("/sandbox/act/upload", {
    as: ADMIN,
    base: company.shared,
    name: "客户维护 100%.pdf",
    text: BYTES,
  })) as { file_token: string };
  const file = [{ file_token }];
  [session] = (await company.add("分享", [
    {
      状态: "已确认",
      开始: Date.parse("2026-12-09T15:00:00+08:00"),
      "时长（分钟）": 45,
      讲师群: [company.group],
      讲师: [company.lecturers[0]],
      讲师账号: [{ id: lecturer(1) }],
      标题: "客户维护",
    },
  ])) as [string];
  [material, link] = (await company.add("素材库", [
    { 标题: "客户维护", 文件: file, 分享: [session] },
    { 标题: "行业文章", 链接: { text: "文章", link: "https://example.com/a" }, 分享: [session] },
  ])) as [string, string];
  await company.wire.post("/sandbox/org", {
    departments: [],
    people: [{ open_id: "ou_stranger", name: "路人" }],
    chats: [],
  });
  await company.advance(60_000);
}, 180_000);
afterAll(() => company?.close());

const opens = async () =>
  (await company.rows("素材库")).find(({ id }) => id === material)!.fields["打开人数"];

test("a learner without any right to a Base opens the file, and is counted once", async () => {
  const browser = browserOf(company);
  expect((await browser.get(`/go/${material}`)).location).toBe(
    `/sign-in?go=${encodeURIComponent(`/go/${material}`)}`,
  );
  expect((await browser.signIn(learner(1), `/go/${material}`)).location).toBe(`/go/${material}`);
  const page = await browser.get(`/go/${material}`);
  expect(page.status).toBe(200);
  expect(page.text).toBe(BYTES);
  expect(page.headers.get("content-type")).toBe("application/pdf");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(page.headers.get("content-disposition")).toBe(
    `inline; filename="____ 100_.pdf"; filename*=UTF-8''${encodeURIComponent("客户维护 100%.pdf")}`,
  );
  await browser.get(`/go/${material}`);
  await company.advance(20 * 60_000);
  expect(await opens()).toBe(1);
  const second = browserOf(company);
  await second.signIn(learner(2));
  await second.get(`/go/${material}`);
  const own = browserOf(company);
  await own.signIn(lecturer(1));
  expect((await own.get(`/go/${material}`)).status).toBe(200);
  await company.advance(20 * 60_000);
  expect(await opens()).toBe(2);
});

test("a part of the file is given on request", async () => {
  const browser = browserOf(company);
  await browser.signIn(learner(1));
  const part = await browser.get(`/go/${material}`, { range: "bytes=0-11" });
  expect(part.status).toBe(206);
  expect(part.text).toBe("讲义内容");
  expect(part.headers.get("content-range")).toBe(`bytes 0-11/${Buffer.byteLength(BYTES)}`);
  expect((await browser.get(`/go/${material}`, { range: "bytes=999999-" })).status).toBe(416);
});

test("a stranger is told whom to ask, and leaves no trace", async () => {
  const browser = browserOf(company);
  await browser.signIn("ou_stranger");
  const page = await browser.get(`/go/${material}`);
  expect(page.status).toBe(403);
  expect(page.text).toContain("小陈");
  expect(page.text).not.toContain("讲义内容");
  expect((await browser.get(`/m/session/${session}`)).status).toBe(403);
  expect((await browser.get("/go/recNothing")).status).toBe(404);
  await company.advance(20 * 60_000);
  expect(await opens()).toBe(2);
  await company.wire.post(`/sandbox/chats/${LEARNERS_CHAT}/members`, { add: ["ou_stranger"] });
  await company.advance(6 * 60_000);
  expect((await browser.get(`/go/${material}`)).status).toBe(200);
});

test("the session's page leads to its material; a link opens as a link", async () => {
  const browser = browserOf(company);
  await browser.signIn(learner(1));
  const page = await browser.get(`/m/session/${session}?tab=material`);
  expect(page.status).toBe(200);
  expect(page.text).toContain(`/go/${material}`);
  expect((await browser.get(`/go/${link}`)).location).toBe("https://example.com/a");
});

test("a removed file is said to be gone, and the admin has one notice", async () => {
  const row = (await company.rows("素材库")).find(({ id }) => id === material)!;
  const [{ file_token }] = row.fields["文件"] as [{ file_token: string }];
  await fetch(`${company.sandbox.url}/sandbox/files/${file_token}`, { method: "DELETE" });
  const browser = browserOf(company);
  await browser.signIn(learner(3));
  expect((await browser.get(`/go/${material}`)).status).toBe(410);
  expect((await browser.get(`/go/${material}`)).text).toContain("客户维护");
  const admin = browserOf(company);
  await admin.signIn(ADMIN);
  const todo = (await admin.get("/m/todo")).text;
  expect(todo.match(/文件「客户维护 100%\.pdf」已经不在了/g)).toHaveLength(1);
});
