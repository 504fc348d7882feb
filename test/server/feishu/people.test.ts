import { afterAll, beforeAll, expect, test } from "vitest";
import { wikiNodes } from "#sandbox/api/wiki.ts";
import { NotFoundError, TokenError } from "#server/errors.ts";
import { createGateway } from "#server/feishu/gateway.ts";
import { APP_ID } from "#test/support/sandbox.ts";
import { colleague, onSandbox } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";

let on: OnSandbox;
beforeAll(async () => {
  on = await onSandbox();
});
afterAll(() => on.sandbox.close());

const REDIRECT = "http://127.0.0.1/signed-in";
const VERIFIER = "v".repeat(64);

async function codeFor(openId: string, scope: string[] = []): Promise<string> {
  const url = on.gateway.oauth.authorizeUrl({
    redirectUri: REDIRECT,
    state: "st4te",
    codeVerifier: VERIFIER,
    scope,
  });
  expect(url.startsWith(`${on.sandbox.url}/open-apis/authen/v1/authorize?`)).toBe(true);
  const query = Object.fromEntries(new URL(url).searchParams);
  const { json } = await on.sandbox.lever("POST", "/oauth/confirm", { query, open_id: openId, allow: true });
  const back = new URL(json["location"] as string);
  expect(back.searchParams.get("state")).toBe("st4te");
  return back.searchParams.get("code") ?? "";
}

const grant = (code: string, codeVerifier = VERIFIER) => ({ code, redirectUri: REDIRECT, codeVerifier });

test("signing in: code, token, who it is", async () => {
  const openId = colleague(on.sandbox, "ou_sign", "张伟");
  const tokens = await on.gateway.oauth.exchange(grant(await codeFor(openId)));
  expect(tokens.expiresAt).toBeGreaterThan(on.clock.now());
  expect(await on.gateway.oauth.userInfo(tokens.accessToken)).toMatchObject({ openId, name: "张伟" });
});

test("a code works once, and only with its verifier", async () => {
  const openId = colleague(on.sandbox, "ou_code", "李娜");
  const code = await codeFor(openId);
  await on.gateway.oauth.exchange(grant(code));
  await expect(on.gateway.oauth.exchange(grant(code))).rejects.toBeInstanceOf(TokenError);
  await expect(
    on.gateway.oauth.exchange(grant(await codeFor(openId), "w".repeat(64))),
  ).rejects.toBeInstanceOf(TokenError);
});

test("a refresh token is used up by its use", async () => {
  const openId = colleague(on.sandbox, "ou_refresh", "赵敏");
  const tokens = await on.gateway.oauth.exchange(grant(await codeFor(openId, ["offline_access"])));
  const next = await on.gateway.oauth.refresh(tokens.refreshToken ?? "");
  expect(next.refreshToken).not.toBe(tokens.refreshToken);
  await expect(on.gateway.oauth.refresh(tokens.refreshToken ?? "")).rejects.toBeInstanceOf(TokenError);
});

test("people by id, by e-mail, by department", async () => {
  const { contact } = on.gateway;
  const ids = Array.from({ length: 60 }, (_, n) => colleague(on.sandbox, `ou_p${n}`, `同事 ${n}`));
  expect((await contact.users(ids)).map((person) => person.name)).toEqual(ids.map((_, n) => `同事 ${n}`));
  expect(await contact.user("ou_p7")).toMatchObject({ openId: "ou_p7", name: "同事 7" });
  const found = await contact.batchGetId({ emails: ["P7@example.com", "nobody@example.com"] });
  expect([...found.emails]).toEqual([
    ["P7@example.com", "ou_p7"],
    ["nobody@example.com", null],
  ]);
  expect(await contact.usersOf("0")).toEqual(
    expect.arrayContaining([expect.objectContaining({ openId: "ou_p59" })]),
  );
  expect(await contact.children("0", { deep: true })).toEqual([]);
});

test("leaves of many people, as written by the attendance app", async () => {
  const people = Array.from({ length: 55 }, (_, n) => colleague(on.sandbox, `ou_leave${n}`, `讲师 ${n}`));
  const { app } = on.sandbox;
  app.tenantScopes = [...app.tenantScopes, "attendance:task"];
  const day = new Date(on.clock.now()).toISOString().slice(0, 10);
  const written = await on.sandbox.api(
    "POST",
    "/attendance/v1/user_approvals",
    {
      user_approval: {
        user_id: "ou_leave54",
        date: day.replaceAll("-", ""),
        leaves: [
          {
            uniq_id: "1",
            unit: 1,
            interval: 28_800,
            start_time: `${day} 09:00:00`,
            end_time: `${day} 18:00:00`,
            i18n_names: { ch: "年假" },
            default_locale: "ch",
            reason: "家里有事",
          },
        ],
      },
    },
    { employee_type: "open_id" },
  );
  expect(written.json.msg).toBe("success");
  const today = Number(day.replaceAll("-", ""));
  expect(await on.gateway.attendance.approvals(people, today, today)).toMatchObject([
    { openId: "ou_leave54", kind: "leave", name: "年假", start: `${day} 09:00:00`, end: `${day} 18:00:00` },
  ]);
});

test("a wiki link leads to its Base", async () => {
  const { appToken } = await on.gateway.bases.createApp({ name: "知识库里的表" });
  const node = { node_token: "wikcn1", space_id: "7001", obj_token: appToken, created: on.clock.now() };
  wikiNodes(on.sandbox.kernel.state)["wikcn1"] = node;
  expect(await on.gateway.wiki.getNode("wikcn1")).toMatchObject({
    objToken: appToken,
    objType: "bitable",
    title: "知识库里的表",
  });
  await expect(on.gateway.wiki.getNode("wikcn2")).rejects.toBeInstanceOf(NotFoundError);
});

test("health: good with the right secret, and with a wrong one it says what to do", async () => {
  expect(await on.gateway.health()).toMatchObject({ ok: true, problem: null });
  const wrong = createGateway({
    appId: APP_ID,
    appSecret: "wrong",
    domain: on.sandbox.url,
    clock: on.clock,
    log: { debug: () => undefined, warn: () => undefined },
  });
  const health = await wrong.health();
  expect(health).toMatchObject({ ok: false, tokenExpiresAt: null });
  expect(health.nextStep?.zh).toContain("App Secret");
});
