import type { App, Kernel } from "./kernel.ts";
import { core } from "./core-state.ts";
import { encrypt } from "./envelope.ts";
import { CHALLENGE_MS, post } from "./transport.ts";

export interface Verification {
  url: string;
  ok: boolean;
  reason: string;
}

/** Asks an address for the challenge: encrypted when the app has a key, never signed, answered within 1 s (facts.md §10.2). */
export async function verifyUrl(
  kernel: Kernel,
  app: App,
  slot: "eventUrl" | "cardUrl",
  url: string,
): Promise<Verification> {
  const challenge = kernel.id("", 36);
  const plain = JSON.stringify({ challenge, token: app.verificationToken, type: "url_verification" });
  const body =
    app.encryptKey === "" ? plain : JSON.stringify({ encrypt: encrypt(app.encryptKey, plain, challenge) });
  const posted = await post(url, body, { "content-type": "application/json; charset=utf-8" }, CHALLENGE_MS);
  const reason = judge(posted, challenge);
  const result = { url, ok: reason === "", reason };
  core(kernel.state).verification[`${app.appId} ${slot}`] = result;
  return result;
}

function judge(posted: Awaited<ReturnType<typeof post>>, challenge: string): string {
  if (posted.kind === "timeout") return "no answer within 1 s";
  if (posted.kind === "unreachable") return `not reachable: ${posted.why}`;
  if (posted.status !== 200) return `answered HTTP ${posted.status}`;
  return posted.text.includes(challenge) && answered(posted.text) === challenge
    ? ""
    : "the answer does not carry the challenge";
}

function answered(text: string): unknown {
  try {
    return (JSON.parse(text) as { challenge?: unknown } | null)?.challenge;
  } catch {
    return undefined;
  }
}
