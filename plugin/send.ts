import { hearTime } from "./now.ts";

let base: string | null = null;
/** The Base at hand: a hint by which the server chooses the workspace. */
export const nameBase = (id: string | null): void => void (base = id);
export const namedBase = (): string | null => base;

/** A call of the server, by whoever holds `access`; rejects as fetch does when it was not reached. */
export async function send(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  { access, language }: { access: string | null; language: string },
): Promise<Response> {
  const headers = new Headers(init?.headers);
  headers.set("accept-language", language.startsWith("zh") ? "zh-CN" : "en");
  if (access) headers.set("authorization", `Bearer ${access}`);
  if (base) headers.set("x-lectern-base", base);
  const response = await fetch(input, { ...init, headers });
  hearTime(response.headers.get("x-lectern-now"));
  return response;
}
