/** The app_token of a Base, from its link or as it is; null for anything else. A link into a wiki gives the node's token. */
export function baseToken(text: string): string | null {
  const token = /\/(?:base|wiki)\/(\w+)/u.exec(text)?.[1] ?? text.trim();
  return /^\w{8,100}$/u.test(token) ? token : null;
}
