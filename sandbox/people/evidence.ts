import type { Company } from "../case/generate.ts";
import type { Act } from "./acts.ts";
import type { Dump } from "./dump.ts";
import { kindOf, type Message } from "./reading.ts";

/** All that a walk leaves behind, seen from outside the server. */
export interface Evidence {
  company: Company;
  /** When the groups went live, and the last instant of the walk (ms). */
  live: number;
  end: number;
  acts: Act[];
  /** Every view of every message, in the order of the changes. */
  views: Message[];
  shared: Dump | null;
  admin: Dump | null;
}

/** Each message once, as it was when it was sent: later views are the same card changed. */
export function sent(evidence: Pick<Evidence, "views">): Message[] {
  const first = new Map<string, Message>();
  for (const view of evidence.views) if (!first.has(view.message_id)) first.set(view.message_id, view);
  return [...first.values()];
}

/** Messages whose first face was of one of these kinds. */
export function ofKind(evidence: Pick<Evidence, "views">, ...kinds: string[]): Message[] {
  return sent(evidence).filter((message) => kinds.includes(kindOf(message)));
}
