import { useSyncExternalStore } from "react";

/** Where the person is: a screen and its parameters, in the address, so that a reload comes back to it. */
export interface Location {
  screen: string | null;
  params: Readonly<Record<string, string>>;
}

function parse(hash: string): Location {
  const [screen = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  return { screen: screen || null, params: Object.fromEntries(new URLSearchParams(query)) };
}

let [seen, current] = [window.location.hash, parse(window.location.hash)];

function read(): Location {
  if (window.location.hash !== seen) [seen, current] = [window.location.hash, parse(window.location.hash)];
  return current;
}

function listen(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

/** Opens a screen by its id of `features/index.ts`. */
export function go(screen: string, params: Record<string, string> = {}): void {
  const query = new URLSearchParams(params).toString();
  window.location.hash = `/${screen}${query ? `?${query}` : ""}`;
}

export const useLocation = (): Location => useSyncExternalStore(listen, read);
