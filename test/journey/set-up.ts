import { expect } from "vitest";
import { ADMIN, LEARNERS_CHAT, lecturer } from "#test/support/company.ts";
import { LECTURERS, lecturersSheet, nameOf } from "./company.ts";
import { MOST_MS, type Seat } from "./seat.ts";
import { MINUTE, type Stage } from "./stage.ts";

/** Who was rated less and less, and has not spoken since September. */
export const CARED = 3;

/** Two empty Bases, the app added to both by hand: the rest is done in the sidebar. */
export async function makeTables({ company, sit }: Stage): Promise<Seat> {
  const admin = await sit(ADMIN);
  const { plugin } = admin;
  await plugin.getByRole("heading", { name: "这张多维表格还没有启用讲台" }).waitFor();
  const link = `${company.sandbox.url}/base/${company.admin}`;
  await plugin.getByLabel(/「讲台·管理」那一张的链接/).fill(link);
  await plugin.getByRole("button", { name: "检查一下" }).click();
  await plugin.getByRole("button", { name: "开始建表" }).click();
  await plugin.getByRole("heading", { name: "正在建表" }).waitFor();
  const done = plugin.getByRole("heading", { name: "表都建好了" }).waitFor({ timeout: 2 * MOST_MS });
  await company.whileTimePasses(done);
  expect(await company.rows("讲师")).toEqual([]);
  expect((await company.rows("激励规则")).length).toBeGreaterThan(0);
  await plugin.getByRole("button", { name: "三步开始" }).click();
  await plugin.getByRole("heading", { name: "三步开始" }).waitFor();
  return admin;
}

export async function chooseChats({ company }: Stage, { plugin }: Seat): Promise<void> {
  await plugin.getByRole("button", { name: "选群" }).click();
  await plugin.getByLabel("讲师群聊").selectOption({ label: "专业知识讲师群" });
  await plugin.getByLabel("专业知识学员群").check();
  await plugin.getByLabel("周四").check();
  await plugin.getByLabel("地点").fill("3 楼会议室");
  await plugin.getByRole("button", { name: "加上" }).click();
  await plugin.getByText("已加上「专业知识」").waitFor();
  await company.whileTimePasses(plugin.getByLabel("讲师：从表格").waitFor());
  expect(await company.rows("讲师群")).toHaveLength(1);
}

/** Thirty lecturers from an XLSX, then what one of them gave before, pasted. */
export async function bringPeopleIn({ company }: Stage, { plugin }: Seat): Promise<void> {
  await plugin.getByLabel("讲师：从表格").check();
  await plugin.getByLabel(/或者选一个文件/).setInputFiles({
    name: "讲师名单.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: await lecturersSheet(),
  });
  await plugin.getByRole("button", { name: "先看看" }).click();
  await plugin.getByText(`会导入：讲师 ${LECTURERS} 位`).waitFor();
  await plugin.getByRole("button", { name: "导入", exact: true }).click();
  await company.whileTimePasses(plugin.getByText(`已有 ${LECTURERS} 位讲师`).waitFor());
  expect(await company.rows("讲师")).toHaveLength(LECTURERS);
  await plugin.getByText("再导入一些：讲师、过去的场次、评分、基线").click();
  await plugin.getByLabel("过去的场次").check();
  await plugin.getByLabel(/从表格粘贴/).fill(pastSheet());
  await plugin.getByRole("button", { name: "先看看" }).click();
  await plugin.getByText("会导入：场次 6 场").waitFor();
  await plugin.getByRole("button", { name: "导入", exact: true }).click();
  await company.whileTimePasses(plugin.getByText("过去的场次导入了 6 场").waitFor());
}

function pastSheet(): string {
  const held = ["03-11", "04-15", "05-13", "06-17", "08-12", "09-16"];
  const rows = held.map((day, n) => [
    `2026-${day}`,
    "专业知识",
    nameOf(CARED),
    "12",
    n < 4 ? "4.5" : "3.8",
    "8",
  ]);
  const header = ["日期", "讲师群", "讲师", "参加人数", "评分", "评分数"];
  return [header, ...rows].map((row) => row.join("\t")).join("\n");
}

/** Looked at, published; in trial everything goes to the admin, marked. */
export async function firstSchedule(stage: Stage, { plugin }: Seat): Promise<void> {
  const { company } = stage;
  await plugin.getByRole("button", { name: "看排期" }).click();
  await plugin.getByRole("button", { name: "生成排期" }).click();
  await plugin.getByText(/^排好 \d+ 场，空 0 场。还没有通知任何人。$/).waitFor();
  expect(await stage.sessions()).toEqual([]);
  await plugin.getByRole("button", { name: /^发布/ }).click();
  await plugin.getByText(/^已发布，排好 \d+ 场。$/).waitFor();
  await company.advance(MINUTE);
  expect((await stage.sessions()).length).toBeGreaterThanOrEqual(8);
  // Past the minutes in which it can be taken back, within which nobody is told.
  await stage.leap("2026-11-30T10:00:00");
  const trial = (await company.toPerson(ADMIN)).filter(({ texts }) =>
    texts.some((text) => text.startsWith("试运行 ·")),
  );
  expect(trial.map(({ title }) => title)).toContainEqual(expect.stringContaining("想请您来分享"));
  for (let n = 1; n <= LECTURERS; n++) expect(await company.toPerson(lecturer(n))).toEqual([]);
  expect(await company.toChat(LEARNERS_CHAT)).toEqual([]);
}

/** Who will get what is shown first; then each is invited once, calendar included. */
export async function goLive(stage: Stage): Promise<void> {
  const { company, sit, sessions, titles } = stage;
  const admin = await sit(ADMIN);
  const { plugin } = admin;
  await admin.open("三步开始");
  await plugin.getByRole("button", { name: "正式启用" }).click();
  await plugin.getByText("启用后，接下来 7 天：").waitFor();
  await plugin
    .getByText(/邀请 → /)
    .first()
    .waitFor();
  await plugin.getByRole("button", { name: "正式启用" }).click();
  await plugin.getByText("「专业知识」已正式启用").waitFor();
  await company.advance(15 * MINUTE);
  const invited = (await sessions()).slice(0, 4);
  for (const { account, start } of invited) {
    const got = (await titles(account)).filter((title) => title.includes("想请您来分享"));
    expect(got).toHaveLength(1);
    expect((await company.calendarOf(account)).map(({ from }) => from)).toEqual([start]);
  }
  expect((await company.toPerson(ADMIN)).filter(({ title }) => title === "请您来分享")).toEqual([]);
}
