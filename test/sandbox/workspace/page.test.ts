import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { built } from "#test/support/built.ts";
import { launchChromium, openPage, type WatchedPage } from "#test/support/chromium.ts";
import { APP_ID, type TestSandbox } from "#test/support/sandbox.ts";
import { type AppServer, startAppServer } from "../core/app-server.ts";
import { card, GROUP, LIN, pass, sender, START, startCompany, SU, text } from "../im/company.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let browser: Browser;
let sandbox: TestSandbox;
let app: AppServer;
let watched: WatchedPage;
let base: { app_token: string; default_table_id: string };

beforeAll(async () => {
  await built();
  browser = await launchChromium();
  sandbox = await startCompany({
    apps: [{ appId: APP_ID, name: "讲台", encryptKey: "k", redirectUris: ["http://127.0.0.1/signed-in"] }],
  });
  app = await startAppServer("k");
  await sandbox.lever("POST", "/apps", {
    appId: APP_ID,
    eventUrl: `${app.url}/events`,
    cardUrl: `${app.url}/cards`,
  });
  base = (await sandbox.lever("POST", "/bases", { name: "讲台", owner: LIN })).json as unknown as typeof base;
  const lever = { as: LIN, base: base.app_token, table: base.default_table_id };
  const create = Array.from({ length: 450 }, (_, at) => ({ fields: { 文本: `第 ${at + 1} 行` } }));
  await sandbox.lever("POST", "/act", { ...lever, create });
}, 240_000);
beforeEach(async () => {
  watched = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  return async () => {
    const { trouble } = watched;
    await watched.close();
    expect(trouble).toEqual([]);
  };
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await app.close();
});

/** Opens the page as somebody, at a place. */
async function open(as: string, place = "", query: Record<string, string> = {}) {
  const search = new URLSearchParams({ as, ...query });
  await watched.page.goto(`${sandbox.url}/sandbox/workspace/?${search.toString()}#/${place}`);
  return watched.page;
}

const cellOf = async (field: string, row: number) => {
  const dump = (await sandbox.lever("GET", `/bases/${base.app_token}/dump`)).json as unknown as {
    tables: { records: { fields: Record<string, unknown> }[] }[];
  };
  return dump.tables[0]?.records[row]?.fields[field];
};

test("acts as somebody, reads a card, presses its button: the server receives it, toast and new card show", async () => {
  const accept = {
    tag: "button",
    type: "primary",
    text: { tag: "plain_text", content: "可以,我来讲" },
    behaviors: [{ type: "callback", value: { do: "accept" } }],
  };
  const sent = card([{ tag: "markdown", content: "**下周三** 15:00 [看看](https://example.com/)" }, accept]);
  await sender(sandbox)(SU, "interactive", JSON.stringify(sent));
  app.state.answer = () => ({
    body: {
      toast: { type: "success", content: "已接受" },
      card: { type: "raw", data: card([{ tag: "markdown", content: "已确认" }]) },
    },
  });
  const page = await open(LIN, "chat");
  await page.getByRole("combobox", { name: "以谁的身份" }).click();
  await page.getByPlaceholder("搜索姓名、部门或职务").fill("苏晚晴");
  await page.getByRole("option", { name: /苏晚晴/ }).click();
  await page.getByRole("button", { name: /讲台.*分享邀请/ }).click();
  const drawn = page.getByRole("article");
  await expect.poll(() => drawn.innerText()).toContain("分享邀请");
  expect(await drawn.getByRole("link", { name: "看看" }).getAttribute("href")).toBe("https://example.com/");
  await drawn.getByRole("button", { name: "可以,我来讲" }).click();
  await page.getByText("已接受").waitFor();
  await drawn.getByText("已确认").waitFor();
  expect(app.events().at(-1)?.message).toMatchObject({
    event: { operator: { open_id: SU }, action: { value: { do: "accept" } } },
  });
});

test("a form of a card keeps what is required, and sends what was filled in", async () => {
  const form = {
    tag: "form",
    name: "thanks",
    elements: [
      { tag: "input", name: "words", required: true, placeholder: { tag: "plain_text", content: "哪一句?" } },
      {
        tag: "select_static",
        name: "topic",
        placeholder: { tag: "plain_text", content: "主题" },
        options: [{ text: { tag: "plain_text", content: "销售" }, value: "sales" }],
      },
      {
        tag: "button",
        name: "send",
        text: { tag: "plain_text", content: "提交" },
        form_action_type: "submit",
        behaviors: [{ type: "callback", value: { do: "thank" } }],
      },
    ],
  };
  await sender(sandbox)(LIN, "interactive", JSON.stringify(card([form])));
  app.state.answer = () => ({ body: { toast: { type: "success", content: "收到" } } });
  const page = await open(LIN, "chat");
  await page.getByRole("button", { name: /讲台.*分享邀请/ }).click();
  const count = app.events().length;
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByText("有必填项未填写").waitFor();
  expect(app.events().length).toBe(count);
  await page.getByLabel("哪一句?").fill("先听,再报价");
  await page.getByRole("combobox", { name: "主题" }).click();
  await page.getByRole("option", { name: "销售" }).click();
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByText("收到").waitFor();
  expect(app.events().at(-1)?.message).toMatchObject({
    event: { action: { form_value: { words: "先听,再报价", topic: "sales" } } },
  });
});

test("a message one writes reaches the bot; what comes in shows by itself and counts as unread elsewhere", async () => {
  const page = await open(LIN, "chat");
  await page.getByRole("button", { name: /讲台/ }).first().click();
  await page.getByRole("textbox", { name: "发给 讲台" }).fill("你好");
  await page.keyboard.press("Enter");
  await page.getByRole("log").getByText("你好").waitFor();
  await expect
    .poll(() => JSON.stringify(app.events().at(-1)?.message))
    .toContain(String.raw`{\"text\":\"你好\"}`);
  await sender(sandbox)(GROUP, "text", text("下周见"));
  await page.getByRole("button", { name: /讲师群.*下周见/ }).waitFor();
  await page.getByRole("navigation").getByText("1", { exact: true }).waitFor();
});

test("a cell is edited in place; what the server writes shows by itself; far rows are read when they come into sight", async () => {
  const page = await open(LIN, "base");
  const grid = page.getByRole("grid");
  await grid.getByText("第 1 行", { exact: true }).dblclick();
  await grid.getByRole("textbox").fill("改过的一行");
  await page.keyboard.press("Enter");
  await grid.getByText("改过的一行").waitFor();
  expect(await cellOf("文本", 0)).toEqual([{ type: "text", text: "改过的一行" }]);
  const records = (await sandbox.lever("GET", `/bases/${base.app_token}/dump`)).json as unknown as {
    tables: { records: { record_id: string }[] }[];
  };
  const record_id = records.tables[0]?.records[1]?.record_id ?? "";
  await sandbox.api(
    "PUT",
    `/bitable/v1/apps/${base.app_token}/tables/${base.default_table_id}/records/${record_id}`,
    { fields: { 文本: "服务器写的" } },
    {},
    await sandbox.userToken(LIN),
  );
  await grid.getByText("服务器写的").waitFor();
  await grid.evaluate((node) => {
    node.scrollTop = node.scrollHeight;
  });
  await grid.getByText("第 450 行").waitFor();
});

test("the keyboard marks and edits; a record's card changes and deletes", async () => {
  const page = await open(LIN, "base");
  const grid = page.getByRole("grid");
  await grid.getByText("第 3 行", { exact: true }).click();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => grid.getByRole("textbox").inputValue()).toBe("第 4 行");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Space");
  const sheet = page.getByRole("dialog");
  await sheet.getByText("第 4 行").first().waitFor();
  await sheet.getByRole("button", { name: "删除记录" }).click();
  await page.getByRole("button", { name: "删除记录" }).last().click();
  await page.getByText("449 条记录").waitFor();
});

test("the clock goes a day on and says so; an invitation is accepted", async () => {
  const { calendar } = (await sandbox.api("POST", "/calendar/v4/calendars", { summary: "分享" })).json
    .data as { calendar: { calendar_id: string } };
  const path = `/calendar/v4/calendars/${calendar.calendar_id}/events`;
  const at = (ms: number) => ({ timestamp: String(ms / 1000), timezone: "Asia/Shanghai" });
  const made = await sandbox.api("POST", path, {
    summary: "林知远的分享",
    start_time: at(START + DAY + 6 * HOUR),
    end_time: at(START + DAY + 7 * HOUR),
  });
  const { event } = made.json.data as { event: { event_id: string } };
  await sandbox.api("POST", `${path}/${event.event_id}/attendees`, {
    attendees: [{ type: "user", user_id: LIN }],
  });
  const page = await open(LIN, "calendar");
  await page.getByRole("button", { name: "+1 天" }).click();
  await page.getByText("到了 1月6日周二 09:00").waitFor();
  await page.getByRole("button", { name: /林知远的分享/ }).click();
  await page.getByRole("button", { name: "接受", exact: true }).click();
  await page.getByText("已接受").waitFor();
  const { events } = (await sandbox.lever("GET", `/people/${LIN}/calendar`)).json as unknown as {
    events: { rsvp: string }[];
  };
  expect(events.map((one) => one.rsvp)).toEqual(["accept"]);
});

test("after 14 days a card answers as in Feishu, and nothing reaches the server", async () => {
  const button = {
    tag: "button",
    text: { tag: "plain_text", content: "打个分" },
    behaviors: [{ type: "callback", value: { do: "rate" } }],
  };
  await sender(sandbox)(SU, "interactive", JSON.stringify(card([button])));
  await pass(sandbox, 15 * DAY);
  const count = app.events().length;
  const page = await open(SU, "chat");
  await page.getByRole("button", { name: /讲台.*分享邀请/ }).click();
  await page.getByRole("button", { name: "打个分" }).click();
  await page.getByText(/超过 14 天/).waitFor();
  expect(app.events().length).toBe(count);
});

test("language, theme and person hold over a reload; the sign-in page offers who one acts as", async () => {
  const page = await open(SU, "docs", { lang: "en" });
  await page.getByRole("button", { name: "Dark" }).click();
  await page.reload();
  await page.getByRole("button", { name: "Light" }).waitFor();
  await page.getByText("No documents to read").waitFor();
  expect(await page.evaluate(() => document.body.getAttribute("theme-mode"))).toBe("dark");
  const authorize = new URLSearchParams({
    client_id: APP_ID,
    redirect_uri: sandbox.app.redirectUris[0] ?? "",
  });
  await page.goto(`${sandbox.url}/open-apis/authen/v1/authorize?${authorize.toString()}`);
  expect(await page.getByRole("combobox").inputValue()).toBe(SU);
});
