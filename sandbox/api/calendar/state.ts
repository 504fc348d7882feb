/** Calendars, events and who is invited. Instants are ms; the API speaks seconds as strings. */
import { slice, type State } from "../../kernel.ts";

export type Role = "free_busy_reader" | "reader" | "writer" | "owner";
export type Rsvp = "needs_action" | "accept" | "tentative" | "decline" | "removed";

export interface Acl {
  id: string;
  role: Role;
  user: string;
}

export interface Calendar {
  id: string;
  summary: string;
  description: string;
  permissions: "private" | "show_only_free_busy" | "public";
  color: number;
  type: "primary" | "shared";
  /** open_id of a person or of a bot. */
  owner: string;
  acls: Record<string, Acl>;
  events: string[];
  deleted: boolean;
  /** Number of its latest change. */
  changed: number;
}

export interface When {
  date?: string;
  timestamp?: string;
  timezone?: string;
}

export interface Attendee {
  id: string;
  type: "user" | "chat" | "resource" | "third_party";
  /** open_id, chat id, room id or mail address. */
  ref: string;
  optional: boolean;
  operate_id?: string;
}

/** What acts only for the identity that set it (decisions.md 12). */
export interface Personal {
  reminders?: { minutes: number }[];
  color?: number;
  visibility?: string;
  free_busy_status?: string;
}

export interface Event {
  /** `<uuid>_0`, or `<uuid>_<original start>` for a changed instance. */
  id: string;
  uid: string;
  calendar: string;
  /** Who made it. */
  organizer: string;
  start: When;
  end: When;
  from: number;
  to: number;
  fields: Record<string, unknown>;
  personal: Record<string, Personal>;
  recurrence: string;
  /** Starts (ms) of instances that were removed or changed. */
  gone: number[];
  /** For a changed instance: the start (ms) it had. */
  original?: number;
  attendees: Attendee[];
  /** open_id → answer, for people invited themselves or through a chat. */
  rsvp: Record<string, Rsvp>;
  /** open_ids taken off although their chat is invited. */
  removed: string[];
  /** Notices the client showed: who, what, when. */
  notices: { to: string; kind: "invite" | "update" | "cancel"; at: number }[];
  deleted: boolean;
  created: number;
  changed: number;
}

interface TimeOff {
  id: string;
  app: string;
  user: string;
  from: number;
  to: number;
  title: string;
}

interface CalendarState {
  seq: number;
  calendars: Record<string, Calendar>;
  /** open_id → id of the primary calendar. */
  primary: Record<string, string>;
  events: Record<string, Event>;
  /** open_id → ids of calendars in the list beside the own ones. */
  subscribed: Record<string, string[]>;
  /** calendar id → open_id → app id: user-token subscriptions to changes of events. */
  watched: Record<string, Record<string, string>>;
  /** calendar id → when a change notice is already on its way (ms). */
  announced: Record<string, number>;
  keys: Record<string, string>;
  timeoff: Record<string, TimeOff>;
}

export const calendar = slice<CalendarState>("calendar", () => ({
  seq: 0,
  calendars: {},
  primary: {},
  events: {},
  subscribed: {},
  watched: {},
  announced: {},
  keys: {},
  timeoff: {},
}));

/** The next number of a change. */
export function nextChange(state: State): number {
  const all = calendar(state);
  all.seq += 1;
  return all.seq;
}
