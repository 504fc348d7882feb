/** An event as `/sandbox/people/:id/week` gives it. */
export interface CalendarEvent {
  key: string;
  event_id: string;
  calendar_id: string;
  summary: string;
  description: string;
  place: string;
  meeting_url: string;
  whole_day: boolean;
  free: boolean;
  organizer: string;
  chats: (string | null)[];
  invited: number;
  accepted: number;
  rsvp: "accept" | "decline" | "tentative" | "needs_action" | "removed";
  list: "own" | "shared";
  /** How the person is invited; null = own event, or one of a shared calendar. */
  via: "name" | "chat" | null;
  from: number;
  to: number;
}

export interface Lane {
  event: CalendarEvent;
  /** Its lane among events that overlap, and how many lanes there are. */
  lane: number;
  lanes: number;
}

/** Lays events of one day side by side where they overlap. */
export function inLanes(events: CalendarEvent[]): Lane[] {
  const placed: Lane[] = [];
  let group: Lane[] = [];
  let until = -Infinity;
  const close = () => {
    const lanes = Math.max(1, ...group.map((one) => one.lane + 1));
    placed.push(...group.map((one) => ({ ...one, lanes })));
    group = [];
  };
  for (const event of events.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (event.from >= until) close();
    const taken = new Set(group.filter((one) => one.event.to > event.from).map((one) => one.lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    group.push({ event, lane, lanes: 1 });
    until = Math.max(until, event.to);
  }
  close();
  return placed;
}
