/** Answers are awaited for 3 s of real time, a url_verification for 1 s (facts.md §10.2). */
export const ANSWER_MS = 3000;
export const CHALLENGE_MS = 1000;

export type Posted =
  | { kind: "answer"; status: number; text: string }
  | { kind: "timeout" }
  | { kind: "unreachable"; why: string };

/** Posts to an app's address; redirects are not followed. */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  limitMs = ANSWER_MS,
): Promise<Posted> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(limitMs),
    });
    return { kind: "answer", status: response.status, text: await response.text() };
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return { kind: "timeout" };
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { kind: "unreachable", why: cause };
  }
}
