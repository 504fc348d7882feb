import { afterAll, beforeAll, expect, test } from "vitest";
import { ownPath } from "#server/services/sign-in/own-path.ts";
import { browserOf } from "#test/support/browser.ts";
import { ADMIN, learner, startCompany, type Company } from "#test/support/company.ts";

let company: Company;
beforeAll(async () => {
  company = await startCompany({ logLevel: "silent" });
}, 180_000);
afterAll(() => company?.close());

test("whoever is not signed in is sent to Feishu, and comes back to where they wanted to go", async () => {
  const browser = browserOf(company);
  const first = await browser.get("/m/how");
  expect(first.status).toBe(302);
  expect(first.location).toBe("/sign-in?go=%2Fm%2Fhow");
  const back = await browser.signIn(learner(1), "/m/how");
  expect(back.location).toBe("/m/how");
  const cookie = back.headers.getSetCookie().find((line) => line.startsWith("lectern="));
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  expect((await browser.get("/m/how")).text).toContain("学员1");
});

test("only paths of our own are returned to", async () => {
  for (const bad of [
    "https://evil.example/",
    "//evil.example/m",
    "/\\evil.example",
    "/%09/evil.example\t",
    "javascript:alert(1)",
    "m",
    "/sign-in?go=/m",
    "",
  ])
    expect(new URL(ownPath(bad), "http://here.invalid").host, bad).toBe("here.invalid");
  expect(ownPath("/m/session/rec1?tab=material")).toBe("/m/session/rec1?tab=material");
  const browser = browserOf(company);
  expect((await browser.signIn(learner(1), "https://evil.example/")).location).toBe("/m");
  expect((await browser.signIn(learner(1), "//evil.example/m")).location).toBe("/m");
});

test("a state counts once, and only in the browser that began", async () => {
  const browser = browserOf(company);
  const started = await browser.get("/sign-in");
  const query = Object.fromEntries(new URL(started.location ?? "").searchParams);
  expect(query["code_challenge_method"]).toBe("S256");
  await browser.signIn(learner(2));
  const { location } = (await company.wire.post("/sandbox/oauth/confirm", {
    query,
    open_id: learner(1),
    allow: true,
  })) as { location: string };
  const { pathname, search } = new URL(location);
  const other = await browserOf(company).get(pathname + search);
  expect(other.status).toBe(400);
  expect((await browser.get(pathname + search)).location).toBe("/m");
  expect((await browser.get(pathname + search)).status).toBe(400);
});

test("who says no gets a page with one thing to do", async () => {
  const browser = browserOf(company);
  const page = await browser.signIn(learner(1), "/m/points", false);
  expect(page.status).toBe(403);
  expect(page.text.match(/class="button main"/g)).toHaveLength(1);
  expect(page.text).toContain("/sign-in?go=%2Fm%2Fpoints");
});

test("a forged cookie is nobody's, and a sign-in ends after twelve hours of the deployment's clock", async () => {
  const forged = browserOf(company);
  forged.cookies.set("lectern", "x".repeat(43));
  expect((await forged.get("/m")).status).toBe(302);
  const browser = browserOf(company);
  await browser.signIn(ADMIN);
  expect((await browser.get("/m/todo")).status).toBe(200);
  await company.advance(12 * 3_600_000 - 60_000);
  expect((await browser.get("/m/todo")).status).toBe(200);
  await company.advance(60_000);
  expect((await browser.get("/m/todo")).status).toBe(302);
});

test("pages run no script, and a form made elsewhere changes nothing", async () => {
  const browser = browserOf(company);
  await browser.signIn(learner(1));
  const page = await browser.get("/m");
  expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'/);
  expect(page.headers.get("content-security-policy")).not.toMatch(/unsafe|script-src/);
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(page.text).not.toMatch(/<script|style="|onclick/);
  const action = /action="(\/m\/ask\/[^"]+)"/.exec(page.text)![1]!;
  expect((await browser.post(action, { text: "想听怎么谈价格" }, { csrf: "made-elsewhere" })).status).toBe(
    403,
  );
  expect((await company.rows("学员需求")).length).toBe(0);
  expect((await browser.post(action, { text: "想听怎么谈价格" })).status).toBe(200);
  const [row] = await company.rows("学员需求");
  expect(row!.fields).toMatchObject({ 来源: "提问" });
  expect(JSON.stringify(row!.fields)).toContain(learner(1));
  await browser.post("/sign-out", {});
  expect((await browser.get("/m")).status).toBe(302);
});
