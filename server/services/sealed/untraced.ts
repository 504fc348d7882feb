/**
 * Runs work on an anonymous answer. A database error carries the statement's parameters, and with them who answered what:
 * only the kind of failure leaves this place, for whoever catches it writes it to the log.
 */
export async function untraced<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`An anonymous answer was not kept (${kindOf(error)}). The person is asked to tap again.`);
  }
}

/** Name of the error and, of a database's, its SQLSTATE: both say nothing about the person. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  const code =
    cause instanceof Error && "code" in cause && typeof cause.code === "string" ? `, ${cause.code}` : "";
  return `${error.name}${code}`;
}
