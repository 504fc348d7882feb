import type { Attendance } from "./attendance.ts";
import type { Bases } from "./bases.ts";
import type { CalendarApi } from "./calendar.ts";
import type { Chats } from "./chats.ts";
import type { Contact } from "./contact.ts";
import type { Docs } from "./docs.ts";
import type { Drive } from "./drive.ts";
import type { Messages } from "./messages.ts";
import type { OAuth } from "./oauth.ts";
import type { Records } from "./records.ts";
import type { Wiki } from "./wiki.ts";

export type * from "./attendance.ts";
export type * from "./bases.ts";
export type * from "./calendar.ts";
export type * from "./chats.ts";
export type * from "./contact.ts";
export type * from "./docs.ts";
export type * from "./drive.ts";
export type * from "./messages.ts";
export type * from "./oauth.ts";
export type * from "./once.ts";
export type * from "./records.ts";
export type * from "./wiki.ts";

export interface Health {
  ok: boolean;
  /** When the tenant token at hand expires, ms; null without one. */
  tokenExpiresAt: number | null;
  /** Feishu's clock (HTTP date) minus ours, ms, to the second; null where it does not say. */
  skewMs: number | null;
  /** Calls made by this process in the present month (UTC+8), against the tenant's monthly quota. */
  callsThisMonth: number;
  /** Why not, with the next step; null when ok. */
  problem: string | null;
}

/**
 * Everything the server may ask of Feishu, and the only door to it. Every method checks the reply's code, parses the reply,
 * and throws the small classes of errors.ts: RateLimitedError, TokenError, PermissionError, NotFoundError, ConflictError,
 * UnreachableError, InvalidRequestError, UncertainError, UnavailableError.
 */
export interface Gateway {
  records: Records;
  bases: Bases;
  drive: Drive;
  docs: Docs;
  calendar: CalendarApi;
  messages: Messages;
  chats: Chats;
  contact: Contact;
  attendance: Attendance;
  oauth: OAuth;
  wiki: Wiki;
  /** Never throws: what is wrong is in the result. */
  health(): Promise<Health>;
}
