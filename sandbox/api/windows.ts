/** Rates narrower than an operation's own: per person, chat, message or document. Times are the sandbox's clock, ms. */
import { slice, type State } from "../kernel.ts";

const windows = slice<Record<string, number[]>>("windows", () => ({}));

/** Takes one call out of `limit` a second for `key`; false when the second is used up. Refused calls do not count. */
export function take(state: State, key: string, limit: number, now: number): boolean {
  const all = windows(state);
  const recent = (all[key] ?? []).filter((at) => at > now - 1000);
  const free = recent.length < limit;
  all[key] = free ? [...recent, now] : recent;
  if (Object.keys(all).length > 2000) forget(all, now);
  return free;
}

function forget(all: Record<string, number[]>, now: number): void {
  for (const [key, calls] of Object.entries(all)) if (!calls.some((at) => at > now - 1000)) delete all[key];
}
