import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../..");
const PLANTED = join(ROOT, "test/fixtures/planted");
const RULES = join(ROOT, ".dependency-cruiser.cjs");

const report = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** Judges the tree in `directory` by the repository's rules. */
async function cruise(directory: string) {
  const command = join(ROOT, "node_modules/.bin/depcruise");
  const child = spawn(command, [".", "--config", RULES, "--output-type", "json"], {
    cwd: directory,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  await new Promise((resolve) => child.once("close", resolve));
  const { totalCruised, violations } = report.parse(JSON.parse(text)).summary;
  return { judged: totalCruised, found: violations.map(({ from, rule }) => `${from}: ${rule.name}`) };
}

const names = (createRequire(import.meta.url)(RULES) as { forbidden: { name: string }[] }).forbidden.map(
  ({ name }) => name,
);

/** One breach of every rule; the files beside them break none. */
const BREACHES = [
  "automations/uses-engine.ts: automations-are-thin",
  "base/uses-server.ts: base-imports-domain",
  "cli/uses-plugin.ts: cli-imports",
  "domain/circle-a.ts: no-cycles",
  "domain/uses-base.ts: domain-is-alone",
  "domain/uses-node.ts: domain-no-node",
  "domain/uses-package.ts: domain-packages",
  "plugin/uses-base-sdk.ts: base-sdk-in-one-file",
  "plugin/uses-server.ts: plugin-imports",
  "sandbox/uses-base.ts: sandbox-imports-nothing-of-ours",
  "server/engine/uses-automation.ts: engine-is-given-automations",
  "server/feishu/uses-service.ts: gateway-knows-base",
  "server/services/uses-gateway.ts: services-know-no-gateway",
  "server/uses-sandbox.ts: nobody-imports-sandbox",
  "server/uses-sdk.ts: sdk-in-the-gateway-only",
  "server/uses-test.ts: nobody-imports-test",
];

test("every import rule finds the breach planted for it, and nothing else is taken for one", async () => {
  const { found } = await cruise(PLANTED);
  expect(found.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(BREACHES);
  const broken = new Set(BREACHES.map((line) => line.split(": ")[1]));
  expect(names.filter((name) => !broken.has(name))).toEqual([]);
});

test("the repository itself breaks none, and was looked at", async () => {
  const { judged, found } = await cruise(ROOT);
  expect(judged).toBeGreaterThan(300);
  expect(found).toEqual([]);
});
