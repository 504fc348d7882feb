import { expect } from "vitest";
import { ADMIN, learner, LEARNERS_CHAT } from "#test/support/company.ts";
import { cellText } from "./company.ts";
import type { Held, Stage } from "./stage.ts";

/** 0.5 → 0.8 for each share: said beforehand, stored as a row of the admin Base, in force from next month. */
export async function changeRule({ company, sit }: Stage): Promise<void> {
  const admin = await sit(ADMIN);
  await admin.open("奖励规则");
  const rule = admin.plugin.getByRole("region", { name: "每次分享" });
  await rule.getByRole("button", { name: "修改" }).click();
  await rule.getByLabel("积分", { exact: true }).fill("0.8");
  await rule.getByText("加 0.8 分").waitFor();
  await rule.getByText(/从.*1月1日起生效，之前的积分不变。/).waitFor();
  await rule.getByRole("button", { name: "保存" }).click();
  await admin.plugin.getByText("已保存", { exact: true }).waitFor();
  await company.advance(60_000);
  const points = (await company.rows("激励规则")).map(({ fields }) => fields["积分"]);
  expect(points).toContain(0.8);
}

/** December in figures, each of which can be counted again in the rows. */
export async function readReport({ company, leap, sit, sessions, titles }: Stage): Promise<void> {
  await leap("2027-01-04T10:15:00");
  expect((await titles(ADMIN)).filter((title) => title.startsWith("2026年12月内训月报"))).toHaveLength(1);
  const held = (await sessions()).filter(({ state }) => state === "已分享" || state === "已评价");
  const unprompted = held.filter(
    ({ fields }) => fields["提交时间"] !== undefined && (fields["人工催促次数"] ?? 0) === 0,
  );
  const scores = (await company.rows("评分")).flatMap(
    ({ fields }) => (fields["评分"] as number | undefined) ?? [],
  );
  const mean = scores.reduce((total, score) => total + score, 0) / scores.length;
  const admin = await sit(ADMIN);
  await admin.open("月报");
  const { plugin } = admin;
  await plugin.getByLabel("月份").selectOption({ label: "2026年12月" });
  const figure = (name: string) => plugin.getByRole("region", { name });
  await figure("主动分享率")
    .getByText(`${unprompted.length}/${held.length}`, { exact: true })
    .first()
    .waitFor();
  await figure("学员满意度").getByText(mean.toFixed(1), { exact: true }).first().waitFor();
  await figure("学员满意度").getByText(String(scores.length), { exact: true }).first().waitFor();
  const metrics = (await company.rows("指标")).find(({ fields }) => fields["学员满意度"] !== undefined);
  expect(metrics?.fields["学员满意度"]).toBeCloseTo(mean, 9);
}

/** A January session is held; at its month's end it counts by the new rule, December's by the old one. */
export async function seeEntries({ company, leap, sit, sessions }: Stage, december: Held): Promise<void> {
  const admin = await sit(ADMIN);
  await admin.open("排期");
  await admin.plugin.getByRole("button", { name: "生成排期" }).click();
  await admin.plugin.getByRole("button", { name: /^发布/ }).first().click();
  await admin.plugin.getByText(/^已发布，排好 \d+ 场。$/).waitFor();
  await company.advance(60_000);
  const next = (await sessions()).find(
    ({ start, account }) => start > Date.parse("2027-01-05T00:00:00+08:00") && account,
  );
  if (!next) throw new Error("nothing is planned in January");
  await leap(new Date(next.start + 8 * 3_600_000 + 5 * 60_000).toISOString().slice(0, 19));
  const card = (await company.toChat(LEARNERS_CHAT)).findLast(({ buttons }) =>
    buttons.some(({ text }) => text === "签到"),
  );
  const press = { as: learner(1), message_id: card!.message_id, button: "签到" };
  expect(await company.wire.press(press)).toMatchObject({ ok: true });
  await leap("2027-02-03T10:15:00");
  const entries = (await company.rows("积分流水")).map(({ fields }) => ({
    points: fields["积分"] as number,
    month: cellText(fields["周期"]),
  }));
  expect(entries).toContainEqual({ points: 0.5, month: "2026-12" });
  expect(entries).toContainEqual({ points: 0.8, month: "2027-01" });
  const seat = await sit(december.account);
  await seat.open("我的积分与称号");
  await seat.plugin.getByText("+0.5").first().waitFor();
  await seat.plugin.getByText("每讲一场加 0.5 分").first().waitFor();
}
