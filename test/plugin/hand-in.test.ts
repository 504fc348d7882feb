import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built } from "#test/support/built.ts";
import { launchChromium, openPage } from "#test/support/chromium.ts";
import {
  LEARNERS_CHAT,
  LECTURERS_CHAT,
  learner,
  lecturer,
  startCompany,
  type Company,
} from "#test/support/company.ts";
import { browserOf } from "#test/support/browser.ts";
import { setLive } from "#test/support/held.ts";
import { signInPage } from "#test/support/plugin-page.ts";

let company: Company;
let browser: Browser;
let session: string;
beforeAll(async () => {
  await built();
  browser = await launchChromium();
  company = await startCompany({ lecturers: 2, learners: 3 });
  await company.sandbox.lever("PATCH", "/workspace/settings", { plugin: `${company.server.url}/plugin/` });
  await setLive(company);
  [session] = (await company.add("分享", [
    {
      状态: "已确认",
      开始: Date.parse("2026-12-09T15:00:00+08:00"),
      "时长（分钟）": 45,
      讲师群: [company.group],
      讲师: [company.lecturers[0]],
    },
  ])) as [string];
  await company.advanceTo("2026-12-01T10:00:00+08:00");
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await company?.close();
});

const told = async (chat: string) =>
  (await company.messages()).filter(({ chat_id }) => chat_id === chat).map(({ title }) => title);

/** The plugin beside the Base in the workspace page, signed in: its real host, its real SDK. */
async function sidebar(person: string) {
  const opened = await openPage(browser, { locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  await signInPage(opened.page, company, person);
  const query = new URLSearchParams({ as: person, lang: "zh" });
  await opened.page.goto(`${company.sandbox.url}/sandbox/workspace/?${query}`);
  const plugin = opened.page.frameLocator("iframe");
  await plugin.getByRole("navigation").waitFor({ timeout: 60_000 });
  return { ...opened, plugin };
}

test("a file goes into the Base by the lecturer's own hand, is taken back, handed in anew, told in both chats, and opens for a learner", async () => {
  const { plugin, page, trouble, close } = await sidebar(lecturer(1));
  await plugin.getByRole("button", { name: "准备与上传" }).first().click();
  await plugin.getByLabel("标题").fill("把投诉变成口碑");
  const file = (name: string) => ({ name, mimeType: "application/pdf", buffer: Buffer.from(`讲义 ${name}`) });
  await plugin.getByLabel("文件", { exact: true }).setInputFiles(file("讲义.pdf"));
  await plugin.getByRole("button", { name: "上传材料" }).click();
  await plugin.getByText("已上传。").waitFor({ timeout: 60_000 });
  await company.advance(20_000);
  const row = () => company.rows("分享").then((rows) => rows.find(({ id }) => id === session)!.fields);
  expect(JSON.stringify((await row())["内容"])).toContain("讲义.pdf");
  await plugin.getByRole("button", { name: "撤回" }).click({ timeout: 60_000 });
  await plugin.getByText("学员没有收到通知").waitFor({ timeout: 60_000 });
  await company.advance(10 * 60_000);
  expect(await told(LEARNERS_CHAT)).toEqual([]);
  // The draft is gone: what was handed in stands in the title.
  await plugin.getByLabel("文件", { exact: true }).setInputFiles(file("讲义2.pdf"));
  await plugin.getByRole("button", { name: "换一个文件" }).click();
  await expect
    .poll(async () => JSON.stringify((await row())["内容"]), { timeout: 60_000 })
    .toContain("讲义2.pdf");
  await company.advance(10 * 60_000);
  for (const chat of [LEARNERS_CHAT, LECTURERS_CHAT])
    expect(await told(chat)).toEqual(["《把投诉变成口碑》可以提前看了"]);
  const phone = browserOf(company);
  await phone.signIn(learner(1));
  const links = [...(await phone.get(`/m/session/${session}`)).text.matchAll(/\/go\/rec\w+/g)];
  expect((await phone.get(links[0]![0])).text).toBe("讲义 讲义2.pdf");
  expect(page.url()).toContain("/sandbox/workspace/");
  expect(trouble).toEqual([]);
  const { refused } = (await company.wire.get("/sandbox/stats")) as { refused: number };
  expect(refused).toBe(0);
  await close();
}, 400_000);

test("times and months off are written into the lecturer's own row", async () => {
  const { plugin, trouble, close } = await sidebar(lecturer(2));
  await plugin.getByRole("button", { name: "我的偏好" }).click();
  await plugin.getByLabel("周三 下午").check();
  await plugin.getByLabel("出差和不排的月份").fill("2027-02; 随便写写");
  await plugin.getByText("「随便写写」看不懂").waitFor();
  await plugin.getByLabel("出差和不排的月份").fill("2027-02");
  await plugin.getByLabel("每月最多几次").fill("2");
  await plugin.getByRole("button", { name: "保存" }).first().click();
  await plugin.getByText("已保存").waitFor({ timeout: 60_000 });
  const own = (await company.rows("讲师")).find(({ id }) => id === company.lecturers[1])!.fields;
  expect(own).toMatchObject({ 可讲时段: ["周三下午"], 每月上限: 2 });
  expect(JSON.stringify(own["不排日期"])).toContain("2027-02");
  expect(trouble).toEqual([]);
  await close();
}, 300_000);
