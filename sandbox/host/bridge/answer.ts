import { errorElement, HostError } from "./errors.ts";
import type { Invoke } from "./messages.ts";
import { ownMethod } from "./methods.ts";
import type { Session } from "./session.ts";
import type { Answer, Call } from "./types.ts";

/** The `res` of a request: as long as its batch, in its order, each failure in its own place. */
export async function answer(session: Session, { payload }: Invoke): Promise<unknown[]> {
  const method = payload.key.replace(/^bitable\./u, "");
  const code = session.faults?.refuse?.[method];
  if (code !== undefined)
    return payload.params.map(() => errorElement(new HostError(code, `${method} is refused here`)));
  const own = ownMethod(method);
  if (!own) return (await fromServer(session, method, payload.params)).map(element);
  // Started in order, within the turn in which the message arrived.
  const running = payload.params.map(({ c, p }) => attempt(() => own(session, p, c)));
  return Promise.all(running);
}

async function attempt(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return errorElement(error);
  }
}

async function fromServer(session: Session, method: string, calls: Call[]): Promise<Answer[]> {
  try {
    const answers = await session.backend.batch(method, calls);
    // Too short an answer would leave calls hanging for ever.
    if (answers.length === calls.length) return answers;
    throw new Error(`${answers.length} answers to ${calls.length} calls of ${method}`);
  } catch (error) {
    const { code, message } = errorElement(error) as { code: number; message: string };
    return calls.map(() => ({ error: { code, message } }));
  }
}

function element(given: Answer): unknown {
  return "error" in given ? errorElement(new HostError(given.error.code, given.error.message)) : given.value;
}
