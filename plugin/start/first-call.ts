import { likelyLanguage } from "../first-texts.ts";
import { isFramed } from "../framed.ts";
import { nameBase, send } from "../send.ts";
import { SERVER } from "../server.ts";
import { heldTokens } from "../tokens.ts";
import { lastBase } from "./last-base.ts";

interface Under {
  url: string;
  access: string;
  response: Promise<Response>;
}
let under: Under | null = null;

/** Asks what the first screen will need while the code that draws it is still being read. */
export function callFirst(): void {
  const tokens = heldTokens();
  if (!isFramed() || !tokens) return;
  nameBase(lastBase());
  const [url, { access }] = [`${SERVER}/api/me/first`, tokens];
  const response = send(url, undefined, { access, language: likelyLanguage() });
  // Whoever takes it hears of it.
  response.catch(() => undefined);
  under = { url, access, response };
}

/** The answer to a call that is under way already, once. */
export function takeCalled(url: RequestInfo | URL, access: string | null): Promise<Response> | null {
  const called = under;
  if (called?.url !== url || called.access !== access) return null;
  under = null;
  return called.response;
}
