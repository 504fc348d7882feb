import type { Browser } from "playwright-core";
import { built } from "#test/support/built.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { startEmptyCompany, type JourneyCompany } from "./company.ts";
import { type Seat, seats, signIn, type Trouble } from "./seat.ts";

export const MINUTE = 60_000;

/** A session as the Base holds it. */
export interface Held {
  id: string;
  fields: Record<string, unknown>;
  state: string;
  start: number;
  /** The lecturer's account. */
  account: string;
}

export interface Stage {
  company: JourneyCompany;
  at: ReturnType<typeof seats>;
  /** Whatever went wrong in any window since the start. */
  trouble: Trouble;
  /** At the workspace page, the sidebar signed in. */
  sit: (as: string, more?: Record<string, string>) => Promise<Seat>;
  /** In Messenger, the conversation whose name matches open. */
  read: (as: string, conversation: string | RegExp) => Promise<Seat>;
  /** Hours or days pass. Everybody goes home first: after an hour a sidebar's sign-in has to be renewed. */
  leap: (to: string) => Promise<void>;
  /** By start, soonest first; imported ones of before are left out. */
  sessions: () => Promise<Held[]>;
  session: (id: string) => Promise<Held>;
  /** Titles of what a person got from the bot alone. */
  titles: (person: string) => Promise<string[]>;
  close: () => Promise<void>;
}

const LIVE = Date.parse("2026-11-30T00:00:00+08:00");

export async function openStage(): Promise<Stage> {
  await built();
  const browser: Browser = await launchChromium();
  const company = await startEmptyCompany();
  const trouble: Trouble = [];
  const at = seats(browser, company, trouble);
  const sitting = new Set<Seat>();
  const sessions = async () =>
    (await company.rows("分享"))
      .map(({ id, fields }): Held => ({
        id,
        fields,
        state: String(fields["状态"]),
        start: fields["开始"] as number,
        account: (fields["讲师账号"] as { id: string }[] | undefined)?.[0]?.id ?? "",
      }))
      .filter(({ start }) => start > LIVE)
      .toSorted((a, b) => a.start - b.start);
  const took = (seat: Seat): Seat => {
    sitting.add(seat);
    return seat;
  };
  return {
    company,
    at,
    trouble,
    async sit(as, more) {
      const seat = took(await at.desk(as, `base/${company.shared}`, more));
      await signIn(seat, as);
      await seat.plugin.locator("nav.tabs, main.screen").first().waitFor();
      return seat;
    },
    async read(as, conversation) {
      const seat = took(await at.desk(as, "chat"));
      await seat.page.locator(".pane-list").getByRole("button", { name: conversation }).first().click();
      await seat.page.getByRole("log").waitFor();
      return seat;
    },
    async leap(to) {
      for (const seat of sitting) await seat.close();
      sitting.clear();
      await company.advanceTo(to);
    },
    sessions,
    async session(id) {
      const found = (await sessions()).find((one) => one.id === id);
      if (!found) throw new Error(`分享 has no row ${id}`);
      return found;
    },
    titles: async (person) => (await company.toPerson(person)).map(({ title }) => title ?? ""),
    async close() {
      await browser.close();
      await company.close();
    },
  };
}
