/** Calls of the sandbox's levers. A refusal becomes an Error with the lever's own words. */
export const get = <T>(path: string): Promise<T> => call<T>("GET", path);
export const post = <T>(path: string, body: unknown = {}): Promise<T> => call<T>("POST", path, body);

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const sent =
    body === undefined
      ? {}
      : form
        ? { body }
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const reply = await fetch(`/sandbox${path}`, { method, ...sent });
  const text = await reply.text();
  const json = parsed(text) as { error?: string };
  if (!reply.ok) throw new Error(json.error ?? text.slice(0, 200));
  return json as T;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Path of a person's own things. */
export const mine = (person: string, rest: string): string => `/people/${person}/${rest}`;
