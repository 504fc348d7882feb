export interface Sent {
  /** event_id, or uuid of a v1.0 event. */
  id: string;
  appId: string;
  type: string;
  attempt: number;
  ok: boolean;
  detail: string;
  /** Sandbox time, ms. */
  at: number;
}

const KEPT = 20_000;

/** Every attempt to deliver an event or callback, the newest 20 000. */
export function createOutgoingLog() {
  const sent: Sent[] = [];
  const counts = { attempts: 0, failed: 0, givenUp: 0, dropped: 0 };
  return {
    counts,
    add(entry: Sent): void {
      counts.attempts += 1;
      if (!entry.ok) counts.failed += 1;
      sent.push(entry);
      if (sent.length > KEPT * 1.1) sent.splice(0, sent.length - KEPT);
    },
    list: (type?: string): Sent[] => (type === undefined ? sent : sent.filter((one) => one.type === type)),
  };
}

export type OutgoingLog = ReturnType<typeof createOutgoingLog>;
