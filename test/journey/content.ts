import { expect } from "vitest";
import { learner, LEARNERS_CHAT, LECTURERS_CHAT } from "#test/support/company.ts";
import { cellText } from "./company.ts";
import { MOST_MS } from "./seat.ts";
import { type Held, MINUTE, type Stage } from "./stage.ts";

export const TITLE = "把投诉变成口碑";
const file = (name: string) => ({ name, mimeType: "application/pdf", buffer: Buffer.from(`讲义 ${name}`) });

/** Uploaded, taken back before anyone is told, uploaded anew: told once in each chat. */
export async function handIn({ company, sit, session, leap }: Stage, own: Held): Promise<void> {
  const seat = await sit(own.account);
  const { plugin } = seat;
  await seat.open("准备与上传");
  await plugin.getByLabel("标题").fill(TITLE);
  await plugin.getByLabel("文件", { exact: true }).setInputFiles(file("讲义.pdf"));
  await plugin.getByRole("button", { name: "上传材料" }).click();
  await plugin.getByText("已上传。").waitFor();
  await company.advance(20_000);
  expect(JSON.stringify((await session(own.id)).fields["内容"])).toContain("讲义.pdf");
  await plugin.getByRole("button", { name: "撤回" }).click();
  await plugin.getByText("学员没有收到通知").waitFor();
  await company.advance(10 * MINUTE);
  expect(await announced(company)).toEqual([0, 0]);
  await plugin.getByLabel("文件", { exact: true }).setInputFiles(file("讲义2.pdf"));
  await plugin.getByRole("button", { name: "换一个文件" }).click();
  const content = async () => JSON.stringify((await session(own.id)).fields["内容"]);
  await expect.poll(content, { timeout: MOST_MS }).toContain("讲义2.pdf");
  await company.advance(10 * MINUTE);
  expect(await announced(company)).toEqual([1, 1]);
  await leap("2026-12-01T14:00:00");
  expect(await announced(company)).toEqual([1, 1]);
  const { state, fields } = await session(own.id);
  expect(state).toBe("已提交");
  expect(cellText(fields["标题"])).toBe(TITLE);
}

async function announced(company: Stage["company"]): Promise<number[]> {
  const chats = await Promise.all([LEARNERS_CHAT, LECTURERS_CHAT].map((id) => company.toChat(id)));
  return chats.map((all) => all.filter(({ title }) => title === `《${TITLE}》可以提前看了`).length);
}

/** A learner with no right in any Base follows the card's link on a phone and has the file. */
export async function openAsLearner({ company, at }: Stage): Promise<void> {
  const card = (await company.toChat(LEARNERS_CHAT)).find(({ title }) => title?.includes(TITLE));
  const url = card?.buttons.find(({ text }) => text === "先看看")?.url;
  if (!url) throw new Error(`the announcement has no link 先看看: ${JSON.stringify(card?.buttons)}`);
  const bases = (await company.wire.get(`/sandbox/people/${learner(1)}/bases`)) as { bases: unknown[] };
  expect(bases.bases).toEqual([]);
  const { page, close } = await at.phone(learner(1), url);
  const link = page.locator("a[href*='/go/']").first();
  const href = new URL((await link.getAttribute("href"))!, company.server.url).href;
  // With the cookies of that phone, as a tap on the link would.
  expect(await (await page.request.get(href)).text()).toBe("讲义 讲义2.pdf");
  await close();
}
