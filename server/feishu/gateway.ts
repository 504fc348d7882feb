import { LecternError } from "../errors.ts";
import type { NextStep } from "../errors.ts";
import { createAttendance } from "./attendance.ts";
import { createBases } from "./bases.ts";
import { createCalendarApi } from "./calendar.ts";
import { createChats } from "./chats.ts";
import { createClient } from "./client.ts";
import type { Client, ClientOptions } from "./client.ts";
import { createContact } from "./contact.ts";
import { createDocs } from "./docs.ts";
import { createDrive } from "./drive.ts";
import { createMessages } from "./messages.ts";
import { accountsDomainOf, createOAuth } from "./oauth.ts";
import { createRecords } from "./records.ts";
import { createWiki } from "./wiki.ts";
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
export type * from "./bases-shapes.ts";
export type { Bases } from "./bases.ts";
export type * from "./calendar-shapes.ts";
export type { CalendarApi } from "./calendar.ts";
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
  /** Why not; null when ok. */
  problem: string | null;
  nextStep: NextStep | null;
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
  /** Exchanges that wait for Feishu's reply at this moment. */
  inFlight(): number;
}

export interface GatewayOptions extends ClientOptions {
  /** Where people sign in; default by domain. */
  accountsDomain?: string;
}

async function healthOf(client: Client): Promise<Health> {
  const seen = () => ({
    tokenExpiresAt: client.token.expiresAt(),
    skewMs: client.usage.skewMs(),
    callsThisMonth: client.usage.callsThisMonth(),
  });
  try {
    await client.token.check();
    return { ok: true, ...seen(), problem: null, nextStep: null };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ok: false, ...seen(), problem, nextStep: error instanceof LecternError ? error.nextStep : null };
  }
}

export function createGateway(options: GatewayOptions): Gateway {
  const client = createClient(options);
  const accountsDomain = options.accountsDomain ?? accountsDomainOf(options.domain);
  return {
    records: createRecords(client),
    bases: createBases(client),
    drive: createDrive(client),
    docs: createDocs(client, options.domain),
    calendar: createCalendarApi(client),
    messages: createMessages(client),
    chats: createChats(client),
    contact: createContact(client),
    attendance: createAttendance(client),
    oauth: createOAuth(client, { ...options, accountsDomain }),
    wiki: createWiki(client),
    health: () => healthOf(client),
    inFlight: () => client.inFlight(),
  };
}
