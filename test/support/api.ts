import { createHash, randomBytes } from "node:crypto";
import { hc } from "hono/client";
import type { ApiType } from "#server/routes/api.ts";
import type { Tokens } from "#server/services/sign-in/plugin-tokens.ts";
import { browserOf } from "./browser.ts";
import type { Company } from "./company.ts";

/** Signs a sidebar in as a person, the whole way: begin, Feishu's page, comparing the code, collecting by the verifier. */
export async function signInPlugin(company: Company, as: string): Promise<Tokens> {
  const verifier = randomBytes(48).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const client = hc<ApiType>(`${company.server.url}/api`);
  const begun = await (await client["sign-in"].begin.$post({ json: { challenge } })).json();
  const browser = browserOf(company);
  const { pathname } = new URL(begun.url);
  await browser.signIn(as, `${pathname}/confirm`);
  const page = await browser.get(`${pathname}/confirm`);
  if (!page.text.includes(begun.code)) throw new Error(`the page does not show ${begun.code}: ${page.text}`);
  await browser.post(`${pathname}/yes`, {});
  const { request } = begun;
  const got = await (await client["sign-in"].token.$post({ json: { request, verifier } })).json();
  if (got.state !== "done") throw new Error(`not signed in: ${JSON.stringify(got)}`);
  return got;
}

/** The API as the plugin of a person sees it: typed calls with their token, `api.me.$get()`. */
export async function apiOf(company: Company, as: string, base = company.shared) {
  const { access } = await signInPlugin(company, as);
  return hc<ApiType>(`${company.server.url}/api`, {
    headers: { authorization: `Bearer ${access}`, "x-lectern-base": base },
  });
}
