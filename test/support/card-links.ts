import { expect } from "vitest";
import { plain } from "#sandbox/people/reading.ts";
import { browserOf, type Browser } from "./browser.ts";
import type { Company } from "./company.ts";

const LINK = /^(?:打开页面|Open the page)$/;
const CONTROLS = /<(button|a|summary|label)\b[^>]*>([\s\S]*?)<\/\1\s*>/g;

/**
 * The newest card with this button that a person has: its plain link opens a page for them, and whatever can be pressed on the card
 * can be chosen there by the same words, for on the day the card has died nothing else is left (texts.md rule 8).
 */
export async function expectPlainLink(company: Company, person: string, button: string): Promise<void> {
  const cards = (await company.wire.get(`/sandbox/people/${person}/inbox?since=0&chats=1`)) as {
    messages: {
      title?: string | null;
      links: { text: string; url: string }[];
      buttons: { text: string; callback?: boolean | null }[];
    }[];
  };
  const card = cards.messages.findLast((one) => one.buttons.some(({ text }) => text === button));
  const named = `${person}, ${button}`;
  expect(
    card,
    `${named}: no such card among ${cards.messages.map((one) => one.title).join(" | ")}`,
  ).toBeDefined();
  const link = card!.links.find(({ text }) => LINK.test(text))?.url;
  expect(link, `${named}: no plain link`).toBeDefined();
  const { pathname, search } = new URL(link!);
  const page = await (await signedIn(company, person)).get(pathname + search);
  expect(page.status, `${named}: ${pathname}`).toBe(200);
  const offered = [...page.text.matchAll(CONTROLS)].map(([, , inner]) =>
    plain((inner ?? "").replace(/<[^>]*>/g, "")),
  );
  for (const { text, callback } of card!.buttons)
    if (callback)
      expect(
        offered.some((one) => one.includes(plain(text))),
        `${named}: 「${text}」 is not among ${offered.join(" | ")} on ${pathname}`,
      ).toBe(true);
}

const browsers = new WeakMap<Company, Map<string, Browser>>();

async function signedIn(company: Company, person: string): Promise<Browser> {
  const known = browsers.get(company) ?? new Map<string, Browser>();
  browsers.set(company, known);
  const browser = known.get(person) ?? browserOf(company);
  known.set(person, browser);
  if ((await browser.get("/m")).status !== 200) await browser.signIn(person);
  return browser;
}
