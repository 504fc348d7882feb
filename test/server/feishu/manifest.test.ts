import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { CALLBACKS, EVENTS } from "#server/feishu/events.ts";
import type { SubscribedEvent } from "#server/feishu/events.ts";
import { OPERATIONS } from "#server/feishu/operations.ts";
import type { Operation } from "#server/feishu/operations.ts";

const manifest = z
  .object({
    scopes: z.object({
      tenant: z.array(z.string()),
      user: z.array(z.string()),
      optional: z.array(z.object({ scope: z.string(), zh_cn: z.string(), en_us: z.string() })),
    }),
    events: z.array(z.string()),
    callbacks: z.array(z.string()),
    redirectPath: z.string(),
  })
  .parse(JSON.parse(readFileSync(new URL("../../../manifest.json", import.meta.url), "utf8")));

const operations = Object.entries(OPERATIONS) as [string, Operation][];
const events = Object.entries(EVENTS) as [string, SubscribedEvent][];

const needed = new Set(
  [
    ...operations.flatMap(([, operation]) => [operation.scopes[0], ...(operation.fieldScopes ?? [])]),
    ...events.map(([, event]) => event.scopes[0]),
  ].filter((scope) => scope !== undefined),
);

test.each(operations)("%s has its scope in the manifest, and the table says from where", (_, operation) => {
  const scopes = [...operation.scopes.slice(0, 1), ...(operation.fieldScopes ?? [])];
  for (const scope of scopes) expect(manifest.scopes.tenant).toContain(scope);
  if (operation.source === "none needed") expect(operation.scopes).toEqual([]);
  else expect(operation.scopes.length).toBeGreaterThan(0);
});

test("nothing is asked for in excess", () => {
  expect(manifest.scopes.tenant).toEqual([...needed].toSorted());
  expect(manifest.scopes.user).toEqual([...new Set(events.flatMap(([, event]) => event.userScopes ?? []))]);
  for (const { scope } of manifest.scopes.optional) expect(needed).not.toContain(scope);
});

test("every event and callback handled is listed, and no other", () => {
  expect(manifest.events).toEqual(Object.keys(EVENTS).toSorted());
  expect(manifest.callbacks).toEqual([...CALLBACKS]);
});

test("a token of Feishu is named wherever a repetition after an unknown outcome relies on it", () => {
  for (const [name, operation] of operations) {
    if (operation.idempotency !== "none") expect(operation.retry, name).toBe("idempotent");
    if (operation.method === "GET") expect(operation.retry, name).toBe("read");
  }
});
