import { expect } from "vitest";
import { ADMIN, lecturer, MANAGER } from "#test/support/company.ts";
import { cellText, nameOf } from "./company.ts";
import { CARED } from "./set-up.ts";
import { type Held, MINUTE, type Stage } from "./stage.ts";

/** 可以,我来讲 on the card in Messenger. */
export async function acceptByCard({ company, read, session, titles }: Stage, own: Held): Promise<void> {
  const { page } = await read(own.account, /讲台/);
  const card = page.getByRole("article").filter({ hasText: "想请您来分享" });
  await card.getByRole("button", { name: "可以,我来讲" }).click();
  await page
    .getByText(/已确认:/)
    .first()
    .waitFor();
  await company.advance(MINUTE);
  expect((await session(own.id)).state).toBe("已确认");
  const events = await company.calendarOf(own.account);
  expect(events.map(({ from, deleted }) => ({ from, deleted }))).toEqual([
    { from: own.start, deleted: false },
  ]);
  expect((await titles(own.account)).filter((title) => title.includes("想请您来分享"))).toEqual([]);
}

/** 换个时间 in the sidebar: five dates, one of them taken; the calendar follows. */
export async function takeAnotherDate({ company, sit, session }: Stage, own: Held): Promise<void> {
  const seat = await sit(own.account);
  await seat.open("我的下一场");
  await seat.plugin.getByRole("button", { name: "换个时间" }).click();
  const dates = seat.plugin.locator(".panel .acts").first().getByRole("button");
  await dates.first().waitFor();
  expect(await dates.count()).toBe(5);
  await dates.nth(2).click();
  await seat.plugin.getByText("换到哪一天合适").waitFor({ state: "detached" });
  await company.advance(MINUTE);
  const { start, account } = await session(own.id);
  expect(account).toBe(own.account);
  expect(start).toBeGreaterThan(own.start);
  const events = (await company.calendarOf(own.account)).filter(({ deleted }) => !deleted);
  expect(events.map(({ from }) => from)).toEqual([start]);
}

/** 讲师 by the admin's choice; she cannot this time and says so on the card. */
export async function declineByCard({ company, sit, read, sessions }: Stage, other: Held): Promise<void> {
  const admin = await sit(ADMIN);
  const { plugin } = admin;
  await admin.open("消息与提醒");
  await plugin.getByLabel("找消息").fill("关怀");
  await plugin.getByRole("switch", { name: /关怀/ }).first().click();
  await plugin.getByRole("switch", { name: /关怀/, checked: true }).first().waitFor();
  await company.advance(MINUTE);
  // In the table, by hand: the Base is the signal.
  const her = (await company.rows("讲师")).find(({ fields }) => cellText(fields["姓名"]) === nameOf(CARED))!;
  await company.wire.write(ADMIN, company.shared, "分享", other.id, { 讲师: [her.id] });
  await company.advance(15 * MINUTE);
  const mine = (await sessions()).find(({ id }) => id === other.id);
  expect(mine?.account).toBe(lecturer(CARED));
  const { page } = await read(lecturer(CARED), /讲台/);
  const card = page.getByRole("article").filter({ hasText: "想请您来分享" }).last();
  await card.getByRole("button", { name: "这次不行" }).click();
  await page.getByRole("button", { name: "最近太忙" }).click();
  await page
    .getByText(/收到|知道了|谢谢/)
    .last()
    .waitFor();
  await company.advance(MINUTE);
}

/** Next morning: the manager is told why, sends the sentence, and the lecturer gets it without the reasons. */
export async function careIsTaken({ company, sit, titles }: Stage): Promise<void> {
  expect((await titles(MANAGER)).filter((title) => title.includes("可以关心一下"))).toHaveLength(1);
  const seat = await sit(MANAGER);
  const { plugin } = seat;
  await seat.open("关怀提醒");
  await plugin.getByText(/评分从4\.5到3\.8/).waitFor();
  expect((await titles(lecturer(CARED))).filter((title) => title.includes("聊聊"))).toEqual([]);
  await plugin.getByRole("button", { name: "发给 TA" }).click();
  await plugin.getByText("聊过之后有帮助吗？").waitFor();
  await company.advance(5 * MINUTE);
  const word = (await company.toPerson(lecturer(CARED))).find(({ title }) => title?.includes("聊聊"));
  expect(word?.title).toContain("赵经理");
  expect(word?.texts.join()).not.toContain("评分");
  const notes = await company.rows("关怀提醒");
  expect(notes.map(({ fields }) => fields["状态"])).toEqual(["已沟通"]);
}
