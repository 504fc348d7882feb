import { z } from "zod";
import type { Refusal } from "./errors.ts";
import type { FileReply, Outcome, Silence } from "./transport.ts";

export interface Done {
  kind: "done";
  body: unknown;
}

export interface Refused {
  kind: "refused";
  refusal: Refusal;
  /** `x-ogw-ratelimit-reset`, in seconds. */
  resetSeconds: number | null;
}

export type Verdict = Done | FileReply | Refused | Silence;

const envelope = z.object({
  code: z.number(),
  msg: z.string().nullish(),
  error_description: z.string().nullish(),
  error: z
    .union([
      z.string(),
      z.object({
        log_id: z.string().nullish(),
        permission_violations: z.array(z.object({ subject: z.string().nullish() })).nullish(),
      }),
    ])
    .nullish()
    .catch(null),
});

function scopesIn(msg: string, violations: { subject?: string | null }[]): string[] {
  const named = violations.flatMap((violation) => (violation.subject ? [violation.subject] : []));
  const listed = /\[([^\]]*)\]/.exec(msg)?.[1]?.split(/[,，\s]+/) ?? [];
  return [...new Set([...named, ...listed])].filter((scope) => scope.includes(":"));
}

function secondsOf(header: string | undefined): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

/** What a reply means: done only with code 0, whatever the HTTP status (facts.md §2.1). */
export function judge(operation: string, outcome: Outcome): Verdict {
  if (outcome.kind !== "json") return outcome;
  const { status, headers, body } = outcome;
  const parsed = envelope.safeParse(body);
  if (!parsed.success && status < 400) return { kind: "unknown", detail: `HTTP ${status} without a code` };
  const reply = parsed.data ?? { code: -1, msg: "no code in the reply" };
  if (reply.code === 0 && status < 400) return { kind: "done", body };
  const detail = typeof reply.error === "object" ? reply.error : null;
  const msg = reply.error_description ?? reply.msg ?? (typeof reply.error === "string" ? reply.error : "");
  return {
    kind: "refused",
    resetSeconds: secondsOf(headers["x-ogw-ratelimit-reset"]),
    refusal: {
      operation,
      status,
      code: reply.code,
      msg,
      logId: outcome.logId ?? detail?.log_id ?? null,
      scopes: scopesIn(msg, detail?.permission_violations ?? []),
    },
  };
}
