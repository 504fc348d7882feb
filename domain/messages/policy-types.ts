import type { TemplateId } from "./templates.ts";

/** Whom a message is for, by open_id or chat_id. */
export type Address = { readonly person: string } | { readonly chat: string };
export type RecipientKind = "lecturer" | "learner" | "manager" | "admin" | "chat";
/** trial: to the admin, marked; live: to whom it is for; paused: not at all, and not later. */
export type Mode = "trial" | "live" | "paused";

/** What somebody wants to send. Instants are ms since 1970. */
export interface SendRequest {
  template: TemplateId;
  to: Address;
  kind: RecipientKind;
  /** Record id of the session it is about. */
  about?: string;
  /** Start of that session; needed for `change-soon` and for what an admin is told at once. */
  startsAt?: number;
  /** After this instant the message has no purpose and is dropped. */
  useUntil: number;
  notBefore?: number;
  /**
   * `check-in`, `rating`: of a session the person is at, at any hour; `change-soon`: a change to a session close at hand;
   * `on-request`: the answer to something this person has just done, at any hour and without limits.
   */
  exempt?: "check-in" | "rating" | "change-soon" | "on-request";
  /** An admin is told in the windows and not in the daily summary, also when nothing starts within 48 h. */
  urgent?: boolean;
}

/** Messages already sent to this address; `on-request` answers are not counted, all others are. */
export interface SentCounts {
  /** On the local day of `now`. */
  today: number;
  /** In the ISO week of `now`. */
  week: number;
  /** About `request.about`. */
  session: number;
  /** Follow-ups (`confirm.*`) about `request.about`. */
  followUps: number;
  /** Care notes in the ISO week of `now`. */
  careThisWeek: number;
}

/** The part of the settings that rules sending. */
export interface SendingSettings {
  readonly sendingWindows: readonly { readonly from: string; readonly to: string }[];
  readonly changeWindow: readonly { readonly from: string; readonly to: string }[];
  readonly changeSoonHours: number;
  readonly lecturerPerDay: number;
  readonly lecturerFollowUps: number;
  readonly learnerPerSession: number;
  readonly learnerPerWeek: number;
  readonly chatPerSession: number;
  readonly managerCarePerWeek: number;
  readonly adminDailyAt: string;
  readonly adminUrgentHours: number;
  readonly mergeMinutes: number;
  readonly lateHours: number;
}

/** When the recipient can be reached: zone, workdays and the settings. */
export interface Hours {
  /** IANA zone of the recipient (a chat: of its group). */
  zone: string;
  /** Whether the local day of this instant is a workday (调休 and the company's own days included). */
  workdayOf: (ms: number) => boolean;
  settings: SendingSettings;
}

export interface SendFacts extends Hours {
  now: number;
  mode: Mode;
  /** open_ids of the group's admins; in trial the first gets the message. */
  admins: readonly string[];
  sent: SentCounts;
  /** The switch of this message in 消息与提醒; absent = on. */
  on?: boolean;
  /** The person chose 不再给我发这类消息. */
  optedOut?: boolean;
  /** The very same message (template, session, address) was sent before: never two of a kind. */
  sentBefore?: boolean;
  /** The lecturer speaks today: the daily limit does not hold. */
  ownSessionToday?: boolean;
}

export type DropReason =
  | "switched-off"
  | "paused"
  | "opted-out"
  | "sent-before"
  | "too-late"
  | "follow-up-limit"
  | "session-limit"
  | "week-limit"
  | "day-limit"
  | "chat-limit"
  | "no-admin";

export type Decision =
  /** Now, to this address; `trialFor` is the real addressee when the message goes to the admin instead. */
  | { action: "send"; at: number; to: Address; trialFor?: Address }
  | { action: "drop"; why: DropReason }
  /** Not before `at`; ask again then. */
  | { action: "defer"; at: number }
  /** Becomes a part of the message with this key, due `at`. */
  | { action: "digest"; key: string; at: number };
