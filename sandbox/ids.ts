import { createHash } from "node:crypto";

const BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * The next id of a prefix: random to look at, equal for an equal course of events. `ou_`, `oc-` and the like get hex as
 * Feishu's do, others letters and digits. `length` counts the part after the prefix.
 */
export function nextId(counters: Record<string, number>, prefix: string, length?: number): string {
  const n = (counters[prefix] ?? 0) + 1;
  counters[prefix] = n;
  const hex = /[_-]$/.test(prefix);
  const size = length ?? (hex ? 32 : 10);
  return prefix + (hex ? hexDigits(`${prefix}#${n}`, size) : letters(`${prefix}#${n}`, size));
}

function hexDigits(seed: string, size: number): string {
  let out = "";
  for (let block = 0; out.length < size; block += 1) out += sha(`${seed}/${block}`).toString("hex");
  return out.slice(0, size);
}

function letters(seed: string, size: number): string {
  let out = "";
  for (let block = 0; out.length < size; block += 1) {
    for (const byte of sha(`${seed}/${block}`)) out += BASE62.charAt(byte % BASE62.length);
  }
  return out.slice(0, size);
}

function sha(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** A number in [0, 1) that depends only on its seed: the sandbox's only chance. */
export function chance(seed: string): number {
  return sha(seed).readUInt32BE(0) / 2 ** 32;
}
