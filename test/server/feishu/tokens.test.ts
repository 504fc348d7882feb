import fc from "fast-check";
import { expect, test } from "vitest";
import { adler32 } from "#server/feishu/drive.ts";
import { blocksOf } from "#server/feishu/outline.ts";
import { challengeOf, clientTokenFor, idempotencyKeyFor, uuidFor } from "#server/feishu/tokens.ts";

test("tokens have Feishu's forms, the same for the same key and different for different keys", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(uuidFor(one)).toMatch(/^[0-9a-f]{40}$/);
      expect(clientTokenFor(one)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      expect(idempotencyKeyFor(one)).toMatch(/^[0-9a-f]{64}$/);
      for (const token of [uuidFor, clientTokenFor, idempotencyKeyFor])
        expect(token(one) === token(other)).toBe(one === other);
    }),
  );
});

test("PKCE challenge (RFC 7636, appendix B)", () => {
  expect(challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  );
});

test("Adler-32", () => {
  expect(adler32(Buffer.from("Wikipedia"))).toBe(0x11e60398);
  expect(adler32(new Uint8Array())).toBe(1);
});

test("an outline becomes blocks, line by line", () => {
  const blocks = blocksOf(
    "# 客户维护技巧\n\n- 三个**要点**\n1. 先听\n[x] 材料\n> 反馈\n---\n见[模板](https://a.cn/x?y=1)",
  );
  expect(blocks.map((block) => block.block_type)).toEqual([3, 12, 13, 17, 15, 22, 2]);
  expect(blocks[1]).toEqual({
    block_type: 12,
    bullet: {
      elements: [
        { text_run: { content: "三个" } },
        { text_run: { content: "要点", text_element_style: { bold: true } } },
      ],
    },
  });
  expect(blocks[3]).toMatchObject({ todo: { style: { done: true } } });
  expect(JSON.stringify(blocks[6])).toContain("https%3A%2F%2Fa.cn%2Fx%3Fy%3D1");
});
