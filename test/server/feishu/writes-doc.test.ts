import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { OPERATIONS, TOKEN_WINDOW_MS } from "#server/feishu/operations.ts";
import type { Operation } from "#server/feishu/operations.ts";

/** The row of docs/writes.md that says what the table of operations says. */
function row([name, operation]: [string, Operation]): string {
  const identity = operation.user ? "user" : "app";
  const scope = operation.scopes[0] ? `\`${operation.scopes[0]}\`` : "–";
  const window = TOKEN_WINDOW_MS[operation.idempotency];
  const token =
    operation.idempotency === "none"
      ? "–"
      : `\`${operation.idempotency}\`, ${window === Infinity ? "no end" : `${window / 60_000} min`}`;
  const after = operation.retry === "never" ? "looked up" : "sent again";
  return `| ${name} | ${operation.method} | ${identity} | ${scope} | ${token} | ${after} |`;
}

test("docs/writes.md has every write with identity, scope and token, as the code has them", () => {
  const doc = readFileSync(new URL("../../../docs/writes.md", import.meta.url), "utf8");
  const writes = (Object.entries(OPERATIONS) as [string, Operation][]).filter(
    ([, operation]) => operation.retry !== "read",
  );
  const rows = doc.split("\n").filter((line) => /^\| [a-z]+\.[A-Za-z]+ \|/.test(line));
  expect(rows).toEqual(writes.map(row));
});
