import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { apiRoutes } from "#server/routes/api.ts";
import type { ApiOptions } from "#server/routes/api/env.ts";
import { pluginRoutes } from "#server/routes/plugin.ts";

let files: string;
beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), "lectern-plugin-"));
  await mkdir(join(files, "assets"));
  await writeFile(join(files, "index.html"), "<!doctype html>");
  await writeFile(join(files, "assets/index-abc.js"), "let x;".repeat(500));
  await writeFile(join(files, "secret.txt"), "no");
});
afterAll(() => rm(files, { recursive: true, force: true }));

const app = () =>
  new Hono().route("/plugin", pluginRoutes({ files, hosts: ["https://*.feishu.cn"], origins: [] }));

test("the page may be framed by the client and by nobody else, and is asked for anew each time", async () => {
  const page = await app().request("/plugin/");
  expect(page.status).toBe(200);
  expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'self' https://*.feishu.cn");
  expect(page.headers.get("content-security-policy")).not.toMatch(/script-src[^;]*unsafe/);
  expect(page.headers.get("x-frame-options")).toBeNull();
  expect(page.headers.get("cache-control")).toBe("no-cache");
  const bare = await app().request("/plugin");
  expect([bare.status, bare.headers.get("location")]).toEqual([302, "/plugin/"]);
});

test("built files go out packed and are kept for ever; nothing else of the folder goes out", async () => {
  const file = await app().request("/plugin/assets/index-abc.js", {
    headers: { "accept-encoding": "br, gzip" },
  });
  expect(file.headers.get("cache-control")).toContain("immutable");
  expect(file.headers.get("content-encoding")).toBe("gzip");
  expect((await file.arrayBuffer()).byteLength).toBeLessThan(500);
  const plain = await app().request("/plugin/assets/index-abc.js");
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(await plain.text()).toBe("let x;".repeat(500));
  for (const path of ["assets/gone.js", "assets/..%2fsecret.txt", "assets/../secret.txt", "secret.txt"])
    expect(await (await app().request(`/plugin/${path}`)).text(), path).not.toContain("no\n");
  expect((await app().request("/plugin/assets/gone.js")).status).toBe(404);
  expect((await app().request("/plugin/assets/..%2fsecret.txt")).status).toBe(404);
});

test("a plugin that is not built says what to do", async () => {
  const empty = new Hono().route(
    "/plugin",
    pluginRoutes({ files: join(files, "none"), hosts: [], origins: [] }),
  );
  const page = await empty.request("/plugin/");
  expect(page.status).toBe(503);
  expect(await page.text()).toContain("npm run build");
});

test("origins that are named may call, others may not", async () => {
  const options = {
    pluginOrigins: ["https://plugins.example"],
    clock: { now: () => 0 },
    wake: () => undefined,
  };
  const api = apiRoutes(options as unknown as ApiOptions);
  const ask = async (origin: string) => {
    const headers = {
      origin,
      "access-control-request-method": "GET",
      "access-control-request-headers": "authorization",
    };
    const reply = await api.request("/me", { method: "OPTIONS", headers });
    return reply.headers.get("access-control-allow-origin");
  };
  expect(await ask("https://plugins.example")).toBe("https://plugins.example");
  expect(await ask("https://evil.example")).toBeNull();
});

test("hosts and origins are read from the environment, and a wrong one is named", () => {
  const env = {
    FEISHU_APP_ID: "cli_a",
    FEISHU_APP_SECRET: "s",
    FEISHU_ENCRYPT_KEY: "k",
    FEISHU_VERIFICATION_TOKEN: "v",
  };
  expect(readConfig(env).plugin.origins).toEqual([]);
  expect(readConfig(env).plugin.hosts).toContain("https://*.feishu.cn");
  expect(readConfig({ ...env, FEISHU_HOST: "http://127.0.0.1:3001" }).plugin.hosts).toEqual([
    "http://127.0.0.1:3001",
    "http://localhost:3001",
  ]);
  const set = { ...env, PLUGIN_HOSTS: "https://a.example, https://*.b.example" };
  expect(readConfig(set).plugin.hosts).toEqual(["https://a.example", "https://*.b.example"]);
  expect(() => readConfig({ ...env, PLUGIN_ORIGINS: "*" })).toThrow(/PLUGIN_ORIGINS.*got \*/);
});
