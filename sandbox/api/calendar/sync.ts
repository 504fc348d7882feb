/** Sync tokens: the number of the last change seen, and when; good for 90 days. */
import type { Call, FeishuError } from "../../kernel.ts";
import { calendar } from "./state.ts";

const LIFE = 90 * 86_400_000;

export function syncToken(call: Call, kind: string): string {
  return Buffer.from(`${kind}|${calendar(call.state).seq}|${call.now()}`).toString("base64url");
}

/** The change number of a token, or the refusal. */
export function readSync(call: Call, kind: string, token: string, bad: () => FeishuError): number {
  const [name, seq, at] = Buffer.from(token, "base64url").toString().split("|");
  if (name !== kind || !/^\d+$/.test(seq ?? "") || !/^\d+$/.test(at ?? "") || call.now() - Number(at) > LIFE)
    throw bad();
  return Number(seq);
}
