import { createDecipheriv, createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { RefusedEnvelopeError } from "../errors.ts";
import { CALLBACKS } from "./events.ts";

/** What a request to `/feishu/events` or `/feishu/cards` turned out to be. */
export type Envelope =
  | { kind: "challenge"; challenge: string }
  | {
      kind: "event" | "card";
      /** `event_id`, or `uuid` of a v1.0 event: the key against doubles. */
      id: string;
      type: string;
      createTimeMs: number;
      event: Record<string, unknown>;
      header: { appId: string; tenantKey: string; schema: "1.0" | "2.0" };
    };

export interface VerifyOptions {
  encryptKey: string;
  verificationToken: string;
  /** ms, the deployment's clock. */
  now: number;
}

/**
 * Card presses older than this are refused: Feishu never pushes them again, so an old one is a replay. Events have no such
 * limit: retries come up to 6 h 21 min later (facts.md §10.2), nothing says whether they carry a new timestamp, and a replay
 * falls on the inbox's unique event id. A timestamp ahead of our clock is never refused.
 */
const CARD_TOLERANCE_MS = 60 * 60_000;

const encrypted = z.object({ encrypt: z.string().min(1) });
const challengeBody = z.object({
  type: z.literal("url_verification"),
  challenge: z.string(),
  token: z.string(),
});
const v2 = z.object({
  schema: z.literal("2.0"),
  header: z.object({
    event_id: z.string().min(1),
    event_type: z.string().min(1),
    create_time: z.string(),
    token: z.string(),
    app_id: z.string(),
    tenant_key: z.string(),
  }),
  event: z.record(z.string(), z.unknown()),
});
const v1 = z.object({
  type: z.literal("event_callback"),
  ts: z.string(),
  uuid: z.string().min(1),
  token: z.string(),
  event: z.looseObject({ type: z.string(), app_id: z.string(), tenant_key: z.string() }),
});

function refuse(code: string, why: string): never {
  throw new RefusedEnvelopeError(code, why, {
    nextStep: {
      zh: "请核对开发者后台「事件与回调」里的 Encrypt Key 和 Verification Token 与本服务的配置一致。",
      en: "Compare Encrypt Key and Verification Token under Events & callbacks with this server's configuration.",
    },
  });
}

const sha256 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Compares without telling by its duration where two texts differ. */
function equal(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

/** sha256hex(timestamp + nonce + encryptKey + raw body), over the very bytes that came (facts.md §10.2). */
export function signatureOf(timestamp: string, nonce: string, encryptKey: string, body: Uint8Array): string {
  return sha256(timestamp, nonce, encryptKey, body).toString("hex");
}

/** Answers the signed timestamp (ms), or null for an unsigned body. */
function verifySignature(raw: Uint8Array, headers: HeadersLike, encryptKey: string): number | null {
  const signature = headers.get("x-lark-signature");
  if (!signature) return null;
  const timestamp = headers.get("x-lark-request-timestamp") ?? "";
  const nonce = headers.get("x-lark-request-nonce") ?? "";
  if (!equal(signature, signatureOf(timestamp, nonce, encryptKey, raw)))
    refuse("feishu_signature", "The signature does not fit the body.");
  return instantOf(timestamp);
}

/** AES-256-CBC, key sha256(encryptKey), the first 16 bytes being the IV (facts.md §2.2). */
export function decrypt(encryptKey: string, cipherText: string): string {
  const bytes = Buffer.from(cipherText, "base64");
  const decipher = createDecipheriv("aes-256-cbc", sha256(encryptKey), bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString("utf8");
}

function parseJson(what: string, read: () => string): unknown {
  try {
    return JSON.parse(read());
  } catch {
    return refuse("feishu_body", `The ${what} cannot be read.`);
  }
}

/** s (also with a fraction), ms or µs by its length: Feishu's pages show all three (facts.md §10.2, §15.7). */
export function instantOf(time: string): number {
  const whole = time.split(".")[0] ?? "";
  const value = Number(time);
  if (!/^\d+$/.test(whole) || !Number.isFinite(value))
    return refuse("feishu_body", `The time "${time.slice(0, 40)}" is none.`);
  if (whole.length >= 16) return Math.floor(value / 1000);
  return whole.length >= 13 ? Math.floor(value) : Math.floor(value * 1000);
}

function eventOf(body: unknown, verificationToken: string): Exclude<Envelope, { kind: "challenge" }> {
  const modern = v2.safeParse(body);
  if (modern.success) {
    const { header, event } = modern.data;
    if (!equal(header.token, verificationToken)) refuse("feishu_token", "The verification token is another.");
    return {
      kind: CALLBACKS.some((type) => type === header.event_type) ? "card" : "event",
      id: header.event_id,
      type: header.event_type,
      createTimeMs: instantOf(header.create_time),
      event,
      header: { appId: header.app_id, tenantKey: header.tenant_key, schema: "2.0" },
    };
  }
  const old = v1.safeParse(body);
  if (!old.success) return refuse("feishu_body", "The body is neither an event of schema 2.0 nor of 1.0.");
  const { uuid, ts, token, event } = old.data;
  if (!equal(token, verificationToken)) refuse("feishu_token", "The verification token is another.");
  return {
    kind: "event",
    id: uuid,
    type: event.type,
    createTimeMs: instantOf(ts),
    event,
    header: { appId: event.app_id, tenantKey: event.tenant_key, schema: "1.0" },
  };
}

/** `Headers` fits. */
export interface HeadersLike {
  get(name: string): string | null | undefined;
}

/**
 * Opens what Feishu sent, or throws RefusedEnvelopeError. Signature first, over the raw bytes; then decryption; then the token.
 * Only `url_verification` may be unsigned, and it must be encrypted with our key (facts.md §10.2).
 */
export function openEnvelope(raw: Uint8Array, headers: HeadersLike, options: VerifyOptions): Envelope {
  const { encryptKey, verificationToken, now } = options;
  if (encryptKey === "" || verificationToken === "")
    refuse("feishu_unconfigured", "Without encrypt key and verification token nothing can be verified.");
  const signedAt = verifySignature(raw, headers, encryptKey);
  const outer = encrypted.safeParse(parseJson("body", () => Buffer.from(raw).toString("utf8")));
  if (!outer.success) return refuse("feishu_plain", "The body is not encrypted.");
  const body = parseJson("encrypted body", () => decrypt(encryptKey, outer.data.encrypt));
  const challenge = challengeBody.safeParse(body);
  if (challenge.success) {
    if (!equal(challenge.data.token, verificationToken))
      refuse("feishu_token", "The verification token is another.");
    return { kind: "challenge", challenge: challenge.data.challenge };
  }
  if (signedAt === null) return refuse("feishu_unsigned", "The body is not signed.");
  const envelope = eventOf(body, verificationToken);
  if (envelope.kind === "card" && signedAt < now - CARD_TOLERANCE_MS)
    refuse("feishu_replay", `The card press ${envelope.id} was signed more than an hour ago.`);
  return envelope;
}
