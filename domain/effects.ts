/**
 * What must happen outside, as data. A rule or verb returns effects; one engine delivers each key once.
 * A key is derived from the effect's meaning (`invite:<session>:<lecturer>:v3`), never from time or chance.
 */

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** Whom a message is for. `admins` = everybody who runs the programme (one effect each is made of it). */
export type Address = { person: string } | { chat: string };

/** What kind of reader, for limits and quiet hours (texts.md §5.2). */
export type Audience = "lecturer" | "learner" | "manager" | "admin" | "chat";

export type MessageEffect = {
  kind: "message";
  key: string;
  to: Address;
  audience: Audience;
  template: string;
  data: { [name: string]: Json | undefined };
  /** Group (record id) whose trial/live/paused state decides; absent = the workspace's. */
  group?: string;
  /** Session (record id) it is about: the record is read again at delivery, and a message that lost its purpose is dropped. */
  session?: string;
  /** State the session must still be in at delivery; absent = any but cancelled. */
  while?: string[];
  notBefore?: number;
  /** ms: after this instant the message has no use and is dropped. */
  useUntil: number;
  /** May go outside the sending windows, and does not count against daily limits. */
  exempt?: "check-in" | "rating" | "change-soon" | "on-request";
  /** 发给我试试: marked as for whom it would be, also when switched off; with words that are not in force yet. */
  tryOut?: { for: string; text?: { zh: string; en: string } };
};

export type Effect =
  | MessageEffect
  /** Change the card that an earlier message effect sent, into a settled line or another template. */
  | {
      kind: "message.update";
      key: string;
      of: string;
      template: string;
      data: { [name: string]: Json | undefined };
      notBefore?: number;
      useUntil?: number;
    }
  /** `untold`: its lecturer is not invited for that date, ms (只发布，不通知). */
  | {
      kind: "record.create";
      key: string;
      table: string;
      fields: { [field: string]: unknown };
      then?: Then;
      untold?: number;
    }
  | {
      kind: "record.update";
      key: string;
      table: string;
      record: string;
      fields: { [field: string]: unknown };
      untold?: number;
    }
  | { kind: "record.delete"; key: string; table: string; record: string }
  /** Calendar event of a session: created, or brought to what the record says now (time, title, attendees). */
  | { kind: "event.sync"; key: string; session: string; notBefore?: number }
  | { kind: "event.cancel"; key: string; session: string; eventId: string }
  /** A document in somebody's own space; `tell` is the card that brings the way to it, once it is there. */
  | {
      kind: "document.create";
      key: string;
      title: string;
      /** As `docs.appendBlocks` reads it. */
      text: string;
      owner: string;
      tell?: Pick<MessageEffect, "audience" | "template" | "data" | "session">;
    }
  /** Run an automation when the clock reaches `at`: the outbox is also the timer. */
  | {
      kind: "wake";
      key: string;
      at: number;
      automation: string;
      input: { [name: string]: Json | undefined };
    };

/** What to do with the id of a record once it exists. */
export type Then = { wake: string; input: { [name: string]: Json | undefined } };

export type EffectKind = Effect["kind"];
