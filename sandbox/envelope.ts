import { createCipheriv, createHash } from "node:crypto";
import type { App, Kernel } from "./kernel.ts";

/** The envelope of facts.md §10.1. Event headers carry ms (13 digits), card callbacks µs (16 digits). */
export function envelope(
  kernel: Kernel,
  app: App,
  type: string,
  event: Record<string, unknown>,
  options: { schema: "1.0" | "2.0"; micros: boolean },
): { id: string; text: string } {
  const now = kernel.now();
  const seconds = Math.floor(now / 1000);
  if (options.schema === "1.0") {
    const id = kernel.id("", 32);
    const ts = `${seconds}.${String(now % 1000).padStart(3, "0")}0000`;
    const inner = { app_id: app.appId, tenant_key: app.tenantKey, type, ...event };
    return {
      id,
      text: JSON.stringify({
        ts,
        uuid: id,
        token: app.verificationToken,
        type: "event_callback",
        event: inner,
      }),
    };
  }
  const id = kernel.id("", 32);
  const header = {
    event_id: id,
    event_type: type,
    create_time: options.micros ? `${now}000` : String(now),
    token: app.verificationToken,
    app_id: app.appId,
    tenant_key: app.tenantKey,
  };
  return { id, text: JSON.stringify({ schema: "2.0", header, event }) };
}

/** AES-256-CBC under sha256(encryptKey), the IV in front, base64 (facts.md §2.2). The IV is derived, so that a run repeats. */
export function encrypt(encryptKey: string, text: string, salt: string): string {
  const key = createHash("sha256").update(encryptKey).digest();
  const iv = createHash("sha256").update(`${salt}${encryptKey}`).digest().subarray(0, 16);
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final()]).toString("base64");
}

/** What goes over the wire: the very bytes that are signed. Without an encrypt key plain and unsigned. */
export function sealed(
  app: App,
  text: string,
  now: number,
  salt: string,
): { body: string; headers: Record<string, string> } {
  const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
  if (app.encryptKey === "") return { body: text, headers };
  const body = JSON.stringify({ encrypt: encrypt(app.encryptKey, text, salt) });
  const timestamp = String(Math.floor(now / 1000));
  const nonce = createHash("sha256").update(`nonce ${salt}`).digest("hex").slice(0, 16);
  headers["x-lark-request-timestamp"] = timestamp;
  headers["x-lark-request-nonce"] = nonce;
  headers["x-lark-signature"] = createHash("sha256")
    .update(timestamp + nonce + app.encryptKey + body)
    .digest("hex");
  return { body, headers };
}
