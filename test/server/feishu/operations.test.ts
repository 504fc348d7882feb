import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { OPERATIONS } from "#server/feishu/operations.ts";
import type { Operation } from "#server/feishu/operations.ts";
import { startSandbox } from "#test/support/sandbox.ts";
import type { TestSandbox } from "#test/support/sandbox.ts";

const known = z.object({
  operations: z.array(z.object({ method: z.string(), path: z.string(), scopes: z.array(z.string()) })),
});
const shape = (path: string) => path.replace(/:[a-z_]+/g, ":x");

let sandbox: TestSandbox;
let operations: z.infer<typeof known>["operations"];
beforeAll(async () => {
  sandbox = await startSandbox();
  operations = known.parse((await sandbox.lever("GET", "/operations")).json).operations;
});
afterAll(() => sandbox.close());

test.each(Object.entries(OPERATIONS) as [string, Operation][])(
  "%s exists in the local Feishu and is granted by the scope we ask for",
  (_, operation) => {
    const theirs = operations.find(
      ({ method, path }) => method === operation.method && shape(path) === shape(operation.path),
    );
    expect(theirs).toBeDefined();
    if (theirs && theirs.scopes.length > 0) expect(theirs.scopes).toContain(operation.scopes[0]);
  },
);
