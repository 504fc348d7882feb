import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { EffectKind } from "#domain/effects.ts";
import { OPERATIONS, TOKEN_WINDOW_MS, type Operation } from "#server/feishu/operations.ts";

const ROOT = join(import.meta.dirname, "../..");
const operations: Record<string, Operation> = OPERATIONS;
/** All that go outside; a new kind does not compile until it is here, and then wants its row. */
const KINDS: Record<Exclude<EffectKind, "wake">, true> = {
  message: true,
  "message.update": true,
  "record.create": true,
  "record.update": true,
  "record.delete": true,
  "event.sync": true,
  "event.cancel": true,
  "document.create": true,
};

const rows = readFileSync(join(ROOT, "docs/once.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| [a-z]+(\.[a-z]+)? \|/u.test(line))
  .slice(1)
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  .map(([effect = "", operation = "", token = "", lookUp = "", code = ""]) => ({
    effect,
    operation,
    token,
    lookUp,
    code,
  }));

/** The token cell as the table of operations has it. */
function tokenOf({ idempotency, retry }: Operation): string {
  if (idempotency === "none") return retry === "never" ? "no token" : "sets a state";
  const window = TOKEN_WINDOW_MS[idempotency];
  return `\`${idempotency}\`, ${window === Infinity ? "no end" : `${window / 60_000} min`}`;
}

/** Operations of the gateway that a file calls: `feishu.calendar.createEvent(` → `calendar.createEvent`. */
function called(code: string): string[] {
  const text = readFileSync(join(ROOT, code), "utf8");
  const names = [...text.matchAll(/\bfeishu\.(\w+)\.(\w+)\(/gu)].map(([, group, verb]) =>
    renamed(`${group}.${verb}`),
  );
  return [...new Set(names)].filter((name) => !NO_CALL.has(name));
}
/** Works out an address and asks Feishu nothing. */
const NO_CALL = new Set(["docs.link"]);
/** The one method whose operation has a shorter name. */
const renamed = (name: string) =>
  ({ "messages.patchCard": "messages.patch", "docs.createDocument": "docs.create" })[name] ?? name;

test("docs/once.md has a row for every effect that goes outside", () => {
  expect([...new Set(rows.map(({ effect }) => effect))]).toEqual(Object.keys(KINDS));
});

test.each(rows)(
  "$effect, $operation: token, window and look-up are those of the code",
  ({ operation, token, lookUp, code }) => {
    expect(operations[operation], operation).toBeDefined();
    expect(token).toBe(tokenOf(operations[operation]!));
    const calls = called(code);
    expect(calls).toContain(operation);
    const [by] = /^[a-z]+\.[A-Za-z]+(?=:)/u.exec(lookUp) ?? [];
    if (by) expect(calls).toContain(by);
    else expect(lookUp).toMatch(/^none (needed|exists)/u);
  },
);

test("every write of the deliveries has its row", () => {
  const files = [...new Set(rows.map(({ code }) => code))];
  const writes = files.flatMap(called).filter((name) => operations[name]?.retry !== "read");
  expect(new Set(rows.map(({ operation }) => operation))).toEqual(new Set(writes));
});
