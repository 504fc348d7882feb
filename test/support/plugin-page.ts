import type { Page } from "playwright-core";
import { signInPlugin } from "./api.ts";
import type { Company } from "./company.ts";

/** The plugin in this page is signed in from the start, by tokens got the whole way (test/support/api.ts). */
export async function signInPage(page: Page, company: Company, as: string): Promise<void> {
  const { access, refresh, expiresAt } = await signInPlugin(company, as);
  await page.addInitScript(
    ([origin, tokens]) => {
      if (location.origin === origin && sessionStorage.getItem("lectern.tokens") === null)
        sessionStorage.setItem("lectern.tokens", tokens!);
    },
    [new URL(company.server.url).origin, JSON.stringify({ access, refresh, expiresAt })],
  );
}
