import { createHash } from "node:crypto";

const digest = (purpose: string, key: string): Buffer =>
  createHash("sha256").update(`${purpose}\n${key}`).digest();

/** `uuid` of messages: at most 50 characters; one message an hour (facts.md §7.1). */
export function uuidFor(key: string): string {
  return digest("uuid", key).toString("hex").slice(0, 40);
}

/** `client_token` of record, field and block creation: shaped as a UUID v4, or Feishu answers 1254037 (facts.md §4.6). */
export function clientTokenFor(key: string): string {
  const bytes = digest("client_token", key).subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** `idempotency_key` of calendar events: 32–128 characters (facts.md §6.2). */
export function idempotencyKeyFor(key: string): string {
  return digest("idempotency_key", key).toString("hex");
}

/** PKCE: the S256 challenge of a verifier of 43–128 characters (facts.md §3.2). */
export function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}
