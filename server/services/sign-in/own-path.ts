/** Where everybody may go after signing in. */
export const HOME = "/m";

/** The path to return to after signing in: only one of our own, anything else leads home. */
export function ownPath(given: string | undefined): string {
  if (!given || given.length > 500 || !given.startsWith("/") || /[\\\p{Cc}]/u.test(given)) return HOME;
  const base = "http://own.invalid";
  const url = URL.canParse(given, base) ? new URL(given, base) : null;
  // `//elsewhere` and the like name another host; signing in again would go round in a circle.
  if (!url || url.origin !== base || url.pathname.startsWith("//") || url.pathname.startsWith("/sign-in"))
    return HOME;
  return url.pathname + url.search;
}
