import { expect, test } from "vitest";
import { modules } from "#sandbox/api/index.ts";
import { contractOf } from "#sandbox/contract/requests.ts";
import { createValidator } from "#sandbox/contract/validate.ts";

const operations = modules.flatMap((module) => module.operations);

test("every operation has a contract: the official schema, or one by hand", () => {
  const without = operations.filter(
    ({ method, path, schema }) => schema === undefined && contractOf(method, path) === null,
  );
  expect(without.map(({ method, path }) => `${method} ${path}`)).toEqual([
    // Pages for a browser: the page itself says what is wrong with its address.
    "GET /open-apis/authen/v1/authorize",
    "GET /open-apis/authen/v1/index",
  ]);
});

test("every schema compiles, open and closed", () => {
  for (const operation of operations) {
    const validator = createValidator(operation);
    for (const refuseUnknown of [true, false]) {
      for (const multipart of [true, false]) {
        expect(() => {
          validator.path({});
          validator.query({});
          validator.body({}, { refuseUnknown, multipart, given: true });
        }, `${operation.method} ${operation.path}`).not.toThrow();
      }
    }
  }
});

test("no operation is declared twice", () => {
  const keys = operations.map(({ method, path }) => `${method} ${path}`);
  expect(keys.length).toBe(new Set(keys).size);
});

test("parts that a schema repeats are judged at each place", () => {
  const path = "/open-apis/docx/v1/documents/:document_id/blocks/:block_id/children";
  const found = operations.find((operation) => operation.method === "POST" && operation.path === path);
  expect(found).toBeDefined();
  if (!found) return;
  const body = {
    children: [
      { block_type: 2, text: { elements: [{ text_run: { content: 5 } }] } },
      { block_type: 3, heading1: { elements: [{ text_run: { content: "a", contnet: "b" } }] } },
      { block_type: 4, heading2: { elements: [{ text_run: {} }] } },
      { block_type: 5, heading3: { elements: [{ text_run: { content: "good" } }] } },
    ],
  };
  const violations = createValidator(found).body(body, {
    refuseUnknown: true,
    multipart: false,
    given: true,
  });
  expect(violations.map(({ field }) => field).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "children.0.text.elements.0.text_run.content",
    "children.1.heading1.elements.0.text_run.contnet",
    "children.2.heading2.elements.0.text_run.content",
  ]);
});
