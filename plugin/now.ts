/** How far the deployment's clock is ahead of this machine's, ms: the local company lives at another time. */
let ahead = 0;

/** Every answer of the server says what time it is there. */
export function hearTime(header: string | null): void {
  const now = Number(header);
  if (now > 0) ahead = now - Date.now();
}

/** Now, on the deployment's clock. */
export const now = (): number => Date.now() + ahead;
