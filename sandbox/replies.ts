import { FeishuError, type Violation } from "./kernel.ts";

export function success(data: unknown): Response {
  return Response.json({ code: 0, msg: "success", data: data ?? {} });
}

export function refused(error: FeishuError, logId: string): Response {
  const body = { code: error.code, msg: error.message, error: { log_id: logId, ...error.more } };
  return Response.json(body, { status: error.status });
}

/** The generic code for a request that breaks the contract; it names each field. */
export function contractBroken(violations: Violation[]): FeishuError {
  const field_violations = violations.map(({ field, value, description }) => ({ field, value, description }));
  return new FeishuError(99992402, 400, "field validation failed", { field_violations });
}

/** A fault of the sandbox itself: shown as Feishu's internal error, with what broke, so that nobody looks elsewhere. */
export function internalError(error: unknown): FeishuError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new FeishuError(2200, 500, "internal error", { sandbox: text });
}

/** Contract or permission: not the server's own failure, nor what may meet a caller who does everything right. */
export function isRefusal(code: number, status: number): boolean {
  return code > 0 && status < 500 && code !== 2200 && !BLAMELESS.has(code);
}

const RATES = [
  99991400, 99991403, 1254290, 230020, 11232, 11233, 11247, 90217, 90235, 190004, 190005, 190010,
];
const TRY_AGAIN = [1254291, 1061045, 230049];
const OUT_OF_REACH = [230013, 230029, 230053];
const GONE = [
  230011, 232009, 1254040, 1254041, 1254042, 1254043, 193001, 193003, 191000, 191003, 1061003, 1061007,
];

/** Codes of facts.md §1.3, §4.12, §5.1, §6.7, §7.2 that are nobody's mistake. */
const BLAMELESS = new Set([RATES, TRY_AGAIN, OUT_OF_REACH, GONE].flat());
