import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt } from "node:crypto";
import type { Seal } from "./context.ts";

const SLOT = 2048;

/**
 * Seals answers: AES-256-GCM over fixed-size slots in random order, so that neither length nor order tells one answer from
 * another; marks are keyed hashes. Without the key nothing joins a person with an answer (design.md §6).
 */
export function createSeal(key: Buffer): Seal {
  if (key.length !== 32) throw new Error(`The seal key has ${key.length} bytes, expected 32 (64 hex digits)`);
  const sealing = createHmac("sha256", key).update("lectern seal v1").digest();
  const marking = createHmac("sha256", key).update("lectern mark v1").digest();
  return {
    tag: (box, person) =>
      createHmac("sha256", marking).update(`${box}\n${person}`).digest("hex").slice(0, 32),
    close(answers) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce);
      const plain = Buffer.concat(shuffled(answers).map(slot));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(blob) {
      const decipher = createDecipheriv("aes-256-gcm", sealing, blob.subarray(0, 12));
      decipher.setAuthTag(blob.subarray(12, 28));
      const plain = Buffer.concat([decipher.update(blob.subarray(28)), decipher.final()]);
      const answers: unknown[] = [];
      for (let at = 0; at < plain.length; at += SLOT) {
        const length = plain.readUInt16BE(at);
        answers.push(JSON.parse(plain.subarray(at + 2, at + 2 + length).toString("utf8")));
      }
      return answers;
    },
  };
}

function slot(answer: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(answer), "utf8");
  if (text.length > SLOT - 2) throw new Error(`An answer has ${text.length} bytes, at most ${SLOT - 2} fit`);
  const padded = Buffer.alloc(SLOT);
  padded.writeUInt16BE(text.length, 0);
  text.copy(padded, 2);
  return padded;
}

function shuffled<T>(items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
