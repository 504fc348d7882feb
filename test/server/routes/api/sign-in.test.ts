import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "#server/db/client.ts";
import { renewPluginTokens, type Tokens } from "#server/services/sign-in/plugin-tokens.ts";
import { apiOf, signInPlugin } from "#test/support/api.ts";
import { browserOf } from "#test/support/browser.ts";
import { ADMIN, learner, lecturer, MANAGER, startCompany, type Company } from "#test/support/company.ts";

let company: Company;
beforeAll(async () => {
  company = await startCompany();
}, 180_000);
afterAll(() => company?.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${company.server.url}/api/sign-in/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const me = (access: string | null, base: string | null = company.shared, path = "me") =>
  fetch(`${company.server.url}/api/${path}`, {
    headers: {
      ...(access === null ? {} : { authorization: `Bearer ${access}` }),
      ...(base === null ? {} : { "x-lectern-base": base }),
    },
  });

async function begin() {
  const verifier = randomBytes(48).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const begun = (await (await post("begin", { challenge })).json()) as {
    request: string;
    code: string;
    url: string;
  };
  return { ...begun, verifier, path: new URL(begun.url).pathname };
}

async function confirm(path: string, as: string) {
  const browser = browserOf(company);
  await browser.signIn(as, `${path}/confirm`);
  return { browser, page: await browser.post(`${path}/yes`, {}) };
}

test("a person confirms in the browser, and the sidebar becomes them, with the roles of the records", async () => {
  const asked = await begin();
  expect(asked.code).toMatch(/^[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}$/);
  expect(await (await post("token", asked)).json()).toEqual({ state: "waiting" });
  await confirm(asked.path, lecturer(1));
  const got = (await (await post("token", asked)).json()) as { state: string; access: string };
  expect(got.state).toBe("done");
  const who = (await (await me(got.access)).json()) as Record<string, unknown>;
  expect(who).toMatchObject({
    name: "张三",
    roles: { admin: false, manager: false, lecturer: company.lecturers[0] },
    workspace: { timezone: "Asia/Shanghai", shared: company.shared, admin: null },
    groups: { trial: 1, live: 0, paused: 0 },
  });
  expect(Number((await me(got.access)).headers.get("x-lectern-now"))).toBe(await company.now());
  const admin = await apiOf(company, ADMIN);
  expect(await (await admin.me.$get()).json()).toMatchObject({
    roles: { admin: true, manager: false, lecturer: null },
    workspace: { admin: company.admin },
  });
  const manager = await apiOf(company, MANAGER);
  expect(await (await manager.me.$get()).json()).toMatchObject({ roles: { admin: false, manager: true } });
});

test("tokens are given once, to whoever has the verifier", async () => {
  const asked = await begin();
  await confirm(asked.path, lecturer(1));
  const forged = await post("token", { request: asked.request, verifier: "x".repeat(64) });
  expect(forged.status).toBe(404);
  expect((await post("token", asked)).status).toBe(200);
  expect((await post("token", asked)).status).toBe(404);
});

test("five wrong verifiers end a request", async () => {
  const asked = await begin();
  for (let n = 0; n < 5; n += 1) await post("token", { request: asked.request, verifier: `${n}`.repeat(64) });
  expect((await post("token", asked)).status).toBe(404);
});

test("a request ends after ten minutes, by 「不是我的」, and is confirmed once only", async () => {
  const late = await begin();
  await company.advance(10 * 60_000);
  expect((await post("token", late)).status).toBe(404);
  expect((await browserOf(company).get(late.path)).status).toBe(410);

  const refused = await begin();
  const browser = browserOf(company);
  await browser.signIn(lecturer(1), `${refused.path}/confirm`);
  await browser.post(`${refused.path}/no`, {});
  expect((await post("token", refused)).status).toBe(404);

  const once = await begin();
  await confirm(once.path, lecturer(1));
  expect((await confirm(once.path, lecturer(2))).page.status).toBe(410);
  const got = (await (await post("token", once)).json()) as { access: string };
  expect(await (await me(got.access)).json()).toMatchObject({ name: "张三" });
});

test("only a sign-in made for this request confirms it, and only by a form of that browser", async () => {
  const browser = browserOf(company);
  await browser.signIn(lecturer(1));
  await company.advance(60_000);
  const asked = await begin();
  // Signed in here before: the person is sent to Feishu again.
  expect((await browser.get(`${asked.path}/confirm`)).location).toBe(asked.path);
  expect((await browser.post(`${asked.path}/yes`, {})).status).toBe(410);
  expect((await browser.get(asked.path)).location).toContain("/sign-in?go=");
  await browser.signIn(lecturer(1), `${asked.path}/confirm`);
  expect((await browser.get(`${asked.path}/confirm`)).text).toContain(asked.code);
  expect((await browser.post(`${asked.path}/yes`, {}, { csrf: "made elsewhere" })).status).toBe(410);
  expect(await (await post("token", asked)).json()).toEqual({ state: "waiting" });
});

test("a token lasts an hour, is renewed silently, and a refresh token used twice ends them all", async () => {
  const first = await signInPlugin(company, lecturer(1));
  await company.advance(3_600_000);
  expect((await me(first.access)).status).toBe(401);
  const second = (await (await post("refresh", first)).json()) as typeof first;
  expect((await me(second.access)).status).toBe(200);
  expect((await post("refresh", first)).status).toBe(401);
  expect((await me(second.access)).status).toBe(401);
  expect((await post("refresh", second)).status).toBe(401);
});

test("however often it is renewed, after a week the person confirms again", async () => {
  const database = await openDatabase(company.config.databaseUrl!);
  const start = await company.now();
  let held: Tokens | null = await signInPlugin(company, lecturer(1));
  for (let half = 1; half <= 14; half += 1) {
    held = await renewPluginTokens(database.db, start + half * 11.9 * 3_600_000, held!.refresh);
    expect(held, `after ${half * 11.9} h`).not.toBeNull();
  }
  expect(held!.expiresAt).toBeLessThanOrEqual((await company.now()) + 7 * 24 * 3_600_000);
  expect(await renewPluginTokens(database.db, start + 7 * 24 * 3_600_000 + 60_000, held!.refresh)).toBeNull();
  await database.close();
});

test("signing out ends the tokens, and so does leaving the company", async () => {
  const out = await signInPlugin(company, lecturer(2));
  expect((await post("out", out)).status).toBe(200);
  expect((await me(out.access)).status).toBe(401);
  expect((await post("refresh", out)).status).toBe(401);

  const leaver = await signInPlugin(company, lecturer(3));
  const asked = await begin();
  await confirm(asked.path, lecturer(3));
  await company.wire.post(`/sandbox/people/${lecturer(3)}/resign`, {});
  await company.advance(60_000);
  expect((await me(leaver.access)).status).toBe(401);
  expect((await post("refresh", leaver)).status).toBe(401);
  expect((await post("token", asked)).status).toBe(404);
});

test("nobody without a token, a role or a workspace gets in", async () => {
  expect((await me(null)).status).toBe(401);
  expect((await me("x".repeat(43))).status).toBe(401);
  expect((await me(null, company.shared, "no/such/thing")).status).toBe(401);
  const { refresh } = await signInPlugin(company, lecturer(1));
  expect((await me(refresh)).status).toBe(401);
  const { access } = await signInPlugin(company, learner(1));
  const refused = await me(access);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ error: { code: "no_role" } });
  const held = await signInPlugin(company, lecturer(1));
  expect(await (await me(held.access, "bascnUnknown")).json()).toEqual({ setUp: false });
  // Without a hint: their only workspace.
  expect((await me(held.access, null)).status).toBe(200);
  const english = await fetch(`${company.server.url}/api/me`, { headers: { "accept-language": "en" } });
  expect(await english.json()).toEqual({
    error: { code: "signed_out", message: "Your sign-in has ended. Please sign in again." },
  });
});

test("lecturers learn nothing of the admin Base", async () => {
  const tablesOf = async (who: string) =>
    Object.keys(await (await (await apiOf(company, who)).mapping.$get()).json());
  expect(await tablesOf(lecturer(1))).not.toContain("rules");
  expect(await tablesOf(lecturer(1))).toContain("sessions");
  expect(await tablesOf(ADMIN)).toContain("rules");
});

test("no page of another origin may call, and a body that is no JSON is refused in words", async () => {
  const { headers } = await post("begin", {}, { origin: "https://evil.example" });
  expect(headers.get("access-control-allow-origin")).toBeNull();
  const broken = await fetch(`${company.server.url}/api/sign-in/begin`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{",
  });
  expect(broken.status).toBe(400);
  expect(await broken.json()).toMatchObject({ error: { code: "invalid_input" } });
});
