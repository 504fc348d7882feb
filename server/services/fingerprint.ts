import { createHash } from "node:crypto";

/** A short stable hash of a JSON value, for keys that must change when their matter changes. */
export function fingerprint(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
