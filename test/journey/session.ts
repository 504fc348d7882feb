import { expect } from "vitest";
import { learner, LEARNERS_CHAT } from "#test/support/company.ts";
import { TITLE } from "./content.ts";
import type { Held, Stage } from "./stage.ts";

const COMMENT = "案例很实用，话术明天就能用";
const PRESENT = [1, 2, 3, 4, 5];

/** The bar's clock goes on an hour; the day's card has become the check-in: one by the card, one by the room's code. */
export async function checkIn({ company, at, read, leap, session }: Stage, own: Held): Promise<void> {
  await leap("2026-12-02T13:50:00");
  const { page } = await read(learner(1), /专业知识学员群/);
  await page.getByRole("button", { name: "+1 小时" }).click();
  await page.getByText(/到了 12月2日.* 14:50/).waitFor();
  const card = page.getByRole("article").filter({ hasText: `《${TITLE}》签到` });
  await card.getByRole("button", { name: "签到" }).click();
  await page.getByText("已签到,欢迎!").waitFor();
  const phone = await at.phone(learner(2), `/m/session/${own.id}/check-in`);
  await phone.page.getByRole("button", { name: "签到" }).click();
  await phone.page
    .getByText(/已签到/)
    .first()
    .waitFor();
  await phone.close();
  const message = (await company.toChat(LEARNERS_CHAT)).find(({ title }) => title === `《${TITLE}》签到`);
  for (const n of PRESENT.slice(2)) {
    const press = { as: learner(n), message_id: message!.message_id, button: "签到" };
    expect(await company.wire.press(press)).toMatchObject({ ok: true, toast: "已签到,欢迎!" });
  }
  await leap("2026-12-02T16:05:00");
  const { state, fields } = await session(own.id);
  expect({ state, people: fields["参加人数"] }).toEqual({ state: "已分享", people: PRESENT.length });
}

/** Five ratings: on the card in Messenger, on the phone's page, by others who press. Nothing is shown the same day. */
export async function rate({ company, at, read }: Stage, own: Held): Promise<void> {
  const { page } = await read(learner(1), /讲台/);
  const card = page.getByRole("article").last();
  await card.getByRole("button", { name: "5 很有用" }).click();
  await card.getByRole("textbox").first().fill(COMMENT);
  await card.getByRole("button", { name: "提交" }).click();
  await page.getByText("收到,谢谢!").last().waitFor();
  const phone = await at.phone(learner(2), `/m/session/${own.id}`);
  await phone.page.locator("input[name=score][value='4']").check();
  await phone.page.locator("form[action$='/rate'] button").click();
  await phone.page.waitForURL((url) => !url.pathname.endsWith(own.id));
  await phone.page.goto(`${company.server.url}/m/session/${own.id}`);
  await phone.page.locator("form[action$='/thanks'] textarea").fill("今天就用上了");
  await phone.page.locator("form[action$='/thanks'] button").click();
  await phone.page.waitForURL((url) => !url.pathname.endsWith(own.id));
  await phone.close();
  for (const n of PRESENT.slice(2)) {
    const asked = (await company.toPerson(learner(n))).find(
      ({ title }) => title === `《${TITLE}》对你有用吗?`,
    );
    const press = { as: learner(n), message_id: asked!.message_id, button: "5 很有用" };
    expect(await company.wire.press(press)).toMatchObject({ ok: true });
  }
  await company.advance(5 * 60_000);
  expect(await company.rows("评分")).toEqual([]);
}

/** Next workday at ten: one card, praise before points, and the same in the sidebar. */
export async function hearEcho({ company, leap, sit, titles, session }: Stage, own: Held): Promise<void> {
  await leap("2026-12-03T10:10:00");
  const echoes = (await titles(own.account)).filter((title) => title.endsWith("大家听进去了"));
  expect(echoes).toHaveLength(1);
  const card = (await company.toPerson(own.account)).find(({ title }) => title === echoes[0]);
  const words = card!.texts.join("\n");
  expect(words).toContain(`5 位同事来听了《${TITLE}》,1 位写了感谢`);
  expect(words).toContain("学员评分 4.8(5 人反馈)");
  expect(words.indexOf("今天就用上了")).toBeLessThan(words.indexOf("学员评分"));
  const { state } = await session(own.id);
  expect(state).toBe("已评价");
  const scores = (await company.rows("评分")).flatMap(
    ({ fields }) => (fields["评分"] as number | undefined) ?? [],
  );
  expect(scores.toSorted((a, b) => a - b)).toEqual([4, 5, 5, 5, 5]);
  const seat = await sit(own.account);
  await seat.open("学员的回响");
  await seat.plugin.getByText("4.8 · 5 人反馈").first().waitFor();
  await seat.plugin.getByText("今天就用上了").first().waitFor();
  await seat.plugin.getByText(COMMENT).first().waitFor();
}
