/** Codes of the SDK: 10200000 + (scope % 100) * 1000 + detail. */
export const CODE = {
  tableNotFound: 10212998,
  recordTooMany: 10214001,
  recordDenied: 10214997,
  recordUnknown: 10214999,
  cellUnknown: 10216999,
  notRegistered: 10299997,
} as const;

/** A call that failed, as the plugin will see it. */
export class HostError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The element of a response by which the SDK makes one call of a batch reject. */
export function errorElement(error: unknown): Record<string, unknown> {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof HostError ? error.code : CODE.recordUnknown;
  return { e: "bte", msg: message, message, code };
}
