import { expect } from "vitest";
import { ADMIN, learner } from "#test/support/company.ts";
import type { Seat } from "./seat.ts";
import type { Held, Stage } from "./stage.ts";

const ADMIN_SCREENS = {
  "To do today": "To do today",
  Schedule: "Schedule",
  "Lecturers & groups": "Lecturers & groups",
  "What learners ask for": "What learners ask for",
  "Reward rules": "Reward rules",
  Messages: "Messages",
  "Monthly report": "Monthly report",
  Settings: "Settings",
};
const LECTURER_SCREENS = ["我的下一场", "准备与上传", "学员的回响", "我的积分与称号", "我的偏好"];

/** The frame's own width, and how wide what is in it would like to be. */
async function overflow(seat: Seat): Promise<number> {
  const frame = await (await seat.page.waitForSelector("iframe")).contentFrame();
  return frame!.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function narrow({ page }: Seat): Promise<void> {
  await page.getByRole("button", { name: /^(拖动调整侧栏宽度|Drag to resize the sidebar)$/ }).focus();
  for (let n = 0; n < 8; n++) await page.keyboard.press("ArrowRight");
  expect((await page.locator("iframe").boundingBox())?.width).toBeLessThanOrEqual(280);
}

/** English, dark, 280 px: all of the admin's screens; 280 px and Chinese: all of a lecturer's. */
export async function lookAround({ sit }: Stage, own: Held): Promise<void> {
  const admin = await sit(ADMIN, { lang: "en" });
  await admin.page.getByRole("button", { name: "Dark" }).click();
  await expect.poll(() => admin.plugin.locator("body").getAttribute("theme-mode")).toBe("dark");
  await narrow(admin);
  for (const [tab, title] of Object.entries(ADMIN_SCREENS)) {
    await admin.open(tab);
    await admin.plugin.getByRole("heading", { level: 1, name: title }).waitFor();
    await admin.plugin.locator(".loading").first().waitFor({ state: "detached" });
    expect({ tab, over: await overflow(admin) }).toEqual({ tab, over: 0 });
  }
  const lecturer = await sit(own.account);
  await narrow(lecturer);
  for (const screen of LECTURER_SCREENS) {
    await lecturer.open(screen);
    await lecturer.plugin.getByRole("heading", { level: 1, name: screen }).waitFor();
    await lecturer.plugin.locator(".loading").first().waitFor({ state: "detached" });
    expect({ screen, over: await overflow(lecturer) }).toEqual({ screen, over: 0 });
  }
}

/** /m at 390 × 844, as a learner and as the lecturer. */
export async function lookAtPhone({ at, company }: Stage, own: Held): Promise<void> {
  for (const [person, paths] of [
    [learner(1), ["/m", `/m/session/${own.id}`, "/m/how"]],
    [own.account, ["/m", "/m/echo", "/m/points", "/m/preference"]],
  ] as const) {
    const { page, close } = await at.phone(person, "/m");
    await page.getByRole("heading").first().waitFor();
    for (const path of paths) {
      await page.goto(company.server.url + path);
      expect({ path, wide: await page.evaluate(() => document.documentElement.scrollWidth) }).toEqual({
        path,
        wide: 390,
      });
    }
    await close();
  }
}
