import { createHash } from "node:crypto";

/** 16 hex digits of an effect's key: enough to find the card in a chat's history, nothing anyone could read. */
export function hiddenKey(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 16);
}
