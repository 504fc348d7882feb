import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { at, DAY } from "#sandbox/case/dates.ts";
import { company } from "#sandbox/case/generate.ts";
import { type Bases, postCalendars, postRows, setUp } from "#sandbox/case/load.ts";
import { participate } from "#sandbox/people/participant.ts";
import { People } from "#sandbox/people/people.ts";
import { Wire } from "#sandbox/people/wire.ts";
import { provisionOn } from "#test/server/base/workspace.ts";
import { onSandbox, type OnSandbox } from "#test/server/feishu/on-sandbox.ts";
import { startBot, type Bot } from "./bot.ts";

const of = company(1);
const person = (name: string) => of.org.people.find((entry) => entry.name === name) ?? fail(name);
const fail = (what: string): never => {
  throw new Error(`no ${what} in the company`);
};
let on: OnSandbox;
let wire: Wire;
let bases: Bases;
let bot: Bot;

beforeAll(async () => {
  on = await onSandbox({ appSecret: of.app.app_secret });
  wire = new Wire(on.sandbox.url);
  await wire.post("/sandbox/clock/set", { now: of.start });
  bases = await setUp(wire, of, () => undefined);
  await provisionOn(on, { appToken: bases.shared, adminAppToken: bases.admin });
  await postRows(wire, of, bases, () => undefined);
  await postCalendars(wire, of, () => undefined);
  bot = await startBot(on, of);
}, 240_000);
afterAll(async () => {
  await bot.close();
  await on.sandbox.close();
});

describe("the company in the sandbox", () => {
  test("its rows are in the tables that provisioning made, with links, people and files", async () => {
    const dump = await wire.dump(bases.shared);
    const count = (table: string) => dump.rows(table).length;
    expect([count("讲师群"), count("讲师"), count("主题"), count("学员需求")]).toEqual([2, 30, 25, 600]);
    expect(count("分享")).toBe(of.history.sessions.rows.length);
    const session = dump.rows("分享").find((row) => dump.text(row.fields["分享"]).endsWith("李建国"));
    expect(dump.linked(session?.fields["讲师"])).toEqual(["李建国"]);
    expect(dump.linked(session?.fields["讲师群"])).toEqual(["客户维护技巧"]);
    expect(dump.people(session?.fields["讲师账号"])).toEqual([person("李建国").open_id]);
    const files = dump.rows("素材库").filter((row) => Array.isArray(row.fields["文件"]));
    expect(files.length).toBeGreaterThan(20);
    expect(dump.rows("学员需求").every((row) => dump.text(row.fields["内容"]) !== "")).toBe(true);
  });

  test("posting added no option to any select, and nothing was refused", async () => {
    const { json } = await on.sandbox.lever("GET", "/traffic?refused=1");
    expect(json["entries"]).toEqual([]);
    await on.mark();
    const again = await provisionOn(on, { appToken: bases.shared, adminAppToken: bases.admin });
    expect(again.report.created).toEqual([]);
    expect(again.report.drift).toEqual([]);
  });
});

describe("people living by their cards", () => {
  let people: People;
  const leaving = new AbortController();
  let present: Promise<void>;

  beforeAll(async () => {
    people = new People(of, wire, bases);
    present = participate(wire, "people", (now) => people.pass(now), leaving.signal);
    await wire.post("/sandbox/clock/expect", { participants: 1 });
  });
  afterAll(async () => {
    leaving.abort();
    await present;
  });
  const until = (time: number) => wire.post("/sandbox/clock/advance", { until: time });

  test("a lecturer says yes on the card, and material comes into the table by hand before the day", async () => {
    const lecturers = of.org.people
      .filter((entry) => entry.role === "lecturer" && entry.groups.includes("专业知识"))
      .slice(0, 8);
    const start = at("2026-12-09", "15:00");
    for (const lecturer of lecturers) {
      await wire.post("/sandbox/act", {
        as: of.admin,
        base: bases.shared,
        table: "分享",
        create: [
          {
            fields: {
              分享: `x ${lecturer.name}`,
              状态: "已安排",
              开始: start,
              讲师账号: [{ id: lecturer.open_id }],
            },
          },
        ],
      });
      await bot.send(
        lecturer.open_id,
        "下周三(12月9日)15:00–15:45,想请您来分享",
        ["「专业知识」轮到您"],
        ["可以,我来讲", "换个时间", "这次不行"],
      );
    }
    await until(of.start + 3 * DAY);
    const answers = people.log.filter((act) => act.intent.do === "press" && act.intent.card === "invite");
    expect(answers.length).toBeGreaterThan(4);
    expect(answers.every((act) => act.result === "done")).toBe(true);
    expect(bot.pressed("可以,我来讲").length).toBe(
      answers.filter((act) => act.intent.do === "press" && act.intent.words[0] === "可以,我来讲").length,
    );
    for (const lecturer of lecturers)
      await bot.send(
        lecturer.open_id,
        "您下周三需分享,素材帮您找好了",
        ["您下周三需分享,主题建议为‘设备故障排查’(基于学员最近100条反馈)。"],
        ["用模板开始", "上传材料", "换主题"],
      );
    await until(start - DAY / 2);
    const uploads = people.log.filter((act) => act.intent.do === "upload" && act.result === "done");
    expect(uploads.length).toBeGreaterThan(3);
    const rows = (await wire.dump(bases.shared))
      .rows("分享")
      .filter((row) => Number(row.fields["开始"]) === start);
    const filled = rows.filter(
      (row) => Array.isArray(row.fields["内容"]) || row.fields["内容链接"] !== undefined,
    );
    expect(filled).toHaveLength(uploads.length);
  });

  test("learners check in on the chat's card once it is there, rate what they heard and sign thanks", async () => {
    const start = at("2026-12-11", "15:00");
    const chat =
      of.chats.find((entry) => entry.audience === "learners" && entry.group === "专业知识")?.chat_id ?? "";
    await until(at("2026-12-11", "09:30"));
    const card = await bot.send(
      chat,
      "今天 15:00,张三讲《报警代码速查》",
      ["15:00准时开始分享,记得参与哦~"],
      ["进入会议", "有事来不了"],
    );
    await until(start - 10 * 60_000);
    await bot.change(card, "《报警代码速查》签到", ["点一下就好。"], ["签到"]);
    await until(start + 20 * 60_000);
    const there = [...new Set(bot.pressed("签到"))];
    expect(there.length).toBeGreaterThan(8);
    expect(bot.pressed("签到")).toHaveLength(there.length);
    const asked = of.org.people.filter((entry) => entry.role === "learner").slice(0, 80);
    for (const [index, { open_id: who }] of asked.entries()) {
      // Fifty messages a second is all an app may send.
      if (index % 40 === 0) await until(start + 21 * 60_000 + index * 1000);
      await bot.send(
        who,
        "《报警代码速查》对你有用吗?",
        [],
        ["5 很有用", "4 有用", "3 一般", "2 不太有用", "1 没帮助"],
      );
    }
    await until(start + 5 * DAY);
    const ratings = people.log.filter(
      (act) => act.intent.do === "press" && act.intent.card === "rating" && act.result === "done",
    );
    expect(ratings.length).toBeGreaterThan(asked.length * 0.5);
    expect(ratings.length).toBeLessThan(asked.length * 0.75);
    const words = bot.written();
    expect(words.length).toBeGreaterThan(5);
    expect(words.every((text) => /[\u4e00-\u9fff]{4}/.test(text))).toBe(true);
    expect(people.log.filter((act) => act.result === "failed" || act.result === "unsure")).toEqual([]);
    const wishes = people.log.filter((act) => act.intent.do === "ask" && act.result === "done").length;
    expect(wishes).toBeGreaterThan(4);
    expect((await wire.dump(bases.shared)).rows("学员需求")).toHaveLength(600 + wishes);
  });
});
