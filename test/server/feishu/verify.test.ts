import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { RefusedEnvelopeError } from "#server/errors.ts";
import { decrypt, instantOf, openEnvelope, signatureOf } from "#server/feishu/verify.ts";

const KEY = "encrypt-key-of-a-test";
const TOKEN = "verification-token";
const NOW = Date.UTC(2026, 9, 12, 1);
const options = { encryptKey: KEY, verificationToken: TOKEN, now: NOW };

function seal(body: unknown, key = KEY): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", createHash("sha256").update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(JSON.stringify(body)), cipher.final()]).toString("base64");
}

function signed(text: string, at = NOW): [Uint8Array, Headers] {
  const raw = Buffer.from(text);
  const timestamp = String(Math.floor(at / 1000));
  const signature = signatureOf(timestamp, "nonce", KEY, raw);
  const headers = {
    "X-Lark-Request-Timestamp": timestamp,
    "X-Lark-Request-Nonce": "nonce",
    "X-Lark-Signature": signature,
  };
  return [raw, new Headers(headers)];
}

const header = {
  event_id: "ev-1",
  event_type: "im.message.receive_v1",
  create_time: "1791767400000",
  token: TOKEN,
  app_id: "cli_1",
  tenant_key: "t1",
};
const event = { schema: "2.0", header, event: { message: { message_id: "om_1" } } };
const outer = (body: unknown) => JSON.stringify({ encrypt: seal(body) });
const open = ([raw, headers]: [Uint8Array, Headers]) => openEnvelope(raw, headers, options);

const refusal = (code: string) => expect.objectContaining({ code }) as RefusedEnvelopeError;

test("Feishu's own test vector", () => {
  expect(decrypt("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=")).toBe("hello world");
});

describe("an event", () => {
  test("signed and encrypted is opened", () => {
    expect(open(signed(outer(event)))).toEqual({
      kind: "event",
      id: "ev-1",
      type: "im.message.receive_v1",
      createTimeMs: 1791767400000,
      event: event.event,
      header: { appId: "cli_1", tenantKey: "t1", schema: "2.0" },
    });
  });

  test("the very bytes count: a pretty-printed body with its own signature is as good", () => {
    const pretty = JSON.stringify({ encrypt: seal(event) }, null, 2);
    expect(open(signed(pretty))).toMatchObject({ id: "ev-1" });
  });

  test("the signature of the compact form does not fit the pretty one", () => {
    const compact = outer(event);
    const [, headers] = signed(compact);
    const raw = Buffer.from(JSON.stringify(JSON.parse(compact), null, 2));
    expect(() => open([raw, headers])).toThrow(refusal("feishu_signature"));
  });

  test("every tampered byte is noticed before anything is parsed", () => {
    const [raw, headers] = signed(outer(event));
    for (let at = 0; at < raw.length; at += 7) {
      const changed = Buffer.from(raw);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => open([changed, headers])).toThrow(refusal("feishu_signature"));
    }
  });

  test("another key's signature, an unsigned, a plain and a garbled body are refused", () => {
    const [raw, headers] = signed(outer(event));
    expect(() => openEnvelope(raw, headers, { ...options, encryptKey: "other" })).toThrow(
      RefusedEnvelopeError,
    );
    expect(() => open([raw, new Headers()])).toThrow(refusal("feishu_unsigned"));
    expect(() => open(signed(JSON.stringify(event)))).toThrow(refusal("feishu_plain"));
    expect(() => open(signed("not json"))).toThrow(refusal("feishu_body"));
    expect(() => open(signed(JSON.stringify({ encrypt: "AAAA" })))).toThrow(refusal("feishu_body"));
    expect(() => open(signed(JSON.stringify({ encrypt: seal(event, "other") })))).toThrow(
      RefusedEnvelopeError,
    );
  });

  test("a wrong verification token is refused", () => {
    const body = { ...event, header: { ...header, token: "else" } };
    expect(() => open(signed(outer(body)))).toThrow(refusal("feishu_token"));
  });

  test("six hours late it is still taken: Feishu retries that long", () => {
    expect(open(signed(outer(event), NOW - 7 * 3_600_000))).toMatchObject({ id: "ev-1" });
  });

  test("schema 1.0 has its uuid as id", () => {
    const old = {
      ts: "1791767400.7171419",
      uuid: "uuid-1",
      token: TOKEN,
      type: "event_callback",
      event: { app_id: "cli_1", tenant_key: "t1", type: "leave_approval", open_id: "ou_zhang" },
    };
    expect(open(signed(outer(old)))).toMatchObject({
      kind: "event",
      id: "uuid-1",
      type: "leave_approval",
      createTimeMs: 1791767400717,
      header: { schema: "1.0" },
      event: { open_id: "ou_zhang" },
    });
    expect(() => open(signed(outer({ ...old, token: "else" })))).toThrow(refusal("feishu_token"));
  });
});

describe("a card press", () => {
  const press = {
    schema: "2.0",
    header: { ...header, event_type: "card.action.trigger", create_time: "1791767400123456" },
    event: { token: "c-1", operator: { open_id: "ou_zhang" } },
  };

  test("keeps the event's own token apart from the verification token", () => {
    expect(open(signed(outer(press)))).toMatchObject({
      kind: "card",
      createTimeMs: 1791767400123,
      event: { token: "c-1" },
    });
  });

  test("more than an hour old it is a replay; ahead of our clock it is not", () => {
    expect(() => open(signed(outer(press), NOW - 61 * 60_000))).toThrow(refusal("feishu_replay"));
    expect(open(signed(outer(press), NOW + 86_400_000))).toMatchObject({ kind: "card" });
  });
});

describe("url_verification", () => {
  const challenge = { type: "url_verification", challenge: "abc", token: TOKEN };
  const unsigned = (text: string): [Uint8Array, Headers] => [Buffer.from(text), new Headers()];

  test("unsigned but encrypted with our key it is answered", () => {
    expect(open(unsigned(outer(challenge)))).toEqual({ kind: "challenge", challenge: "abc" });
  });

  test("in plain text, under another key or with another token it is refused", () => {
    expect(() => open(unsigned(JSON.stringify(challenge)))).toThrow(refusal("feishu_plain"));
    expect(() => open(unsigned(JSON.stringify({ encrypt: seal(challenge, "other") })))).toThrow(
      RefusedEnvelopeError,
    );
    expect(() => open(unsigned(outer({ ...challenge, token: "else" })))).toThrow(refusal("feishu_token"));
  });
});

test.each([
  ["1791767400", 1791767400000],
  ["1791767400.5", 1791767400500],
  ["1791767400123", 1791767400123],
  ["1791767400123456", 1791767400123],
])("time %s", (time, ms) => {
  expect(instantOf(time)).toBe(ms);
});
