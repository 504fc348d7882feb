import type { Context } from "hono";
import { setTimeout as sleep } from "node:timers/promises";
import { callerGone, cut } from "./connection.ts";
import type { FaultRule } from "./faults.ts";
import type { Instants } from "./instants.ts";
import { FeishuError, type Operation } from "./kernel.ts";
import { limited } from "./limits.ts";

/** How long a silent line is kept, when the rule does not say; real ms. */
const SILENCE_MS = 60_000;

/** The connection is to end without a reply. */
export class Cut extends Error {
  readonly end: () => Response | Promise<Response>;
  constructor(end: () => Response | Promise<Response>) {
    super("connection cut by an injected fault");
    this.end = end;
  }
}

/** The fault's part before the effect. `headers` receives those of a rate refusal. */
export async function beforeEffect(
  c: Context,
  rule: FaultRule,
  operation: Operation,
  headers: Record<string, string>,
): Promise<void> {
  if (rule.kind === "500") throw new FeishuError(2200, 500, "internal error");
  if (rule.kind === "conflict") throw new FeishuError(1254291, 200, "Write conflict");
  if (rule.kind === "slow") await sleep(rule.ms ?? 500);
  if (rule.kind === "drop-before") throw new Cut(() => cut(c));
  if (rule.kind === "timeout") throw new Cut(() => silence(c, rule));
  if (rule.kind === "rateLimit") {
    const refusal = limited(operation, operation.rate?.perSecond ?? operation.rate?.perMinute ?? 50, 1);
    Object.assign(headers, refusal.headers);
    throw refusal.error;
  }
}

/** The fault's part between the effect and the reply. */
export async function afterEffect(
  c: Context,
  rule: FaultRule,
  call: { operation: string; logId: string },
  instants: Instants,
): Promise<void> {
  if (rule.kind === "drop-after") throw new Cut(() => cut(c));
  if (rule.kind === "reply-loss") throw new Cut(() => silence(c, rule));
  if (rule.kind === "announce") {
    await instants.hold(call.operation, call.logId, callerGone(c, rule.ms ?? SILENCE_MS));
  }
}

async function silence(c: Context, rule: FaultRule): Promise<Response> {
  await callerGone(c, rule.ms ?? SILENCE_MS);
  return cut(c);
}
