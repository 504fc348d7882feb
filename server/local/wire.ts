/** Calls of the sandbox's levers: JSON both ways; a refusal names address, status and reply. */
export const read = (url: string): Promise<unknown> => call(url);
export const post = (url: string, body: unknown): Promise<unknown> => send("POST", url, body);
export const patch = (url: string, body: unknown): Promise<unknown> => send("PATCH", url, body);

const send = (method: string, url: string, body: unknown): Promise<unknown> =>
  call(url, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

async function call(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${init?.method ?? "GET"} ${url}: HTTP ${response.status} ${text.slice(0, 400)}`);
  return JSON.parse(text);
}
