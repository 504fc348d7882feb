import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";

/**
 * The server's own facts (design.md §2). Instants are ms since 1970 on the deployment's clock, except leases, which are
 * the database's real time. Every row carries its workspace.
 */
const ms = (name: string) => bigint(name, { mode: "number" });
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const workspace = pgTable("workspace", {
  id: text().primaryKey(),
  appToken: text("app_token").notNull().unique(),
  adminToken: text("admin_token").notNull(),
  language: text().$type<"zh" | "en">().notNull(),
  timezone: text().notNull(),
  mapping: jsonb().notNull(),
  calendarId: text("calendar_id"),
  /** open_ids of the programme's admins. */
  admins: jsonb().$type<string[]>().notNull().default([]),
  /** Group record ids that are live or paused; a group in neither list is in trial. */
  live: jsonb().$type<string[]>().notNull().default([]),
  paused: jsonb().$type<string[]>().notNull().default([]),
  createdAt: ms("created_at").notNull(),
});

/** Every event once: the row is the receipt, the outbox does the work. */
export const inbox = pgTable("inbox", {
  eventId: text("event_id").primaryKey(),
  type: text().notNull(),
  payload: jsonb().notNull(),
  eventAt: ms("event_at").notNull(),
  receivedAt: ms("received_at").notNull(),
});

export type OutboxState = "due" | "done" | "dropped" | "uncertain" | "failed";

export const outbox = pgTable(
  "outbox",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspace: text().notNull(),
    key: text().notNull(),
    lane: text().notNull(),
    kind: text().notNull(),
    effect: jsonb().notNull(),
    /** Rows of one batch are always sent together, so that a retry carries the same token. */
    batch: text(),
    state: text().$type<OutboxState>().notNull().default("due"),
    notBefore: ms("not_before").notNull(),
    attempts: integer().notNull().default(0),
    firstTriedAt: ms("first_tried_at"),
    /** The process that holds the lease: the key of an advisory lock that dies with its connection. */
    owner: integer(),
    leaseUntil: timestamp("lease_until", { withTimezone: true }),
    result: jsonb(),
    error: text(),
    createdAt: ms("created_at").notNull(),
    doneAt: ms("done_at"),
    /** For limits: who reads it, and on which local day it goes out. */
    person: text(),
    day: text(),
    session: text(),
    template: text(),
  },
  (t) => [
    uniqueIndex("outbox_key").on(t.workspace, t.key),
    index("outbox_due")
      .on(t.notBefore)
      .where(sql`state = 'due'`),
    index("outbox_person_day").on(t.workspace, t.person, t.day),
    index("outbox_session").on(t.workspace, t.session),
  ],
);

export const cronSlot = pgTable(
  "cron_slot",
  {
    workspace: text().notNull(),
    automation: text().notNull(),
    slot: ms("slot").notNull(),
    doneAt: ms("done_at"),
    summary: jsonb(),
    error: text(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.automation, t.slot] })],
);

/** Cache of Base records: may be dropped, rebuilt by the sweep. */
export const record = pgTable(
  "record",
  {
    workspace: text().notNull(),
    table: text("table_key").notNull(),
    id: text().notNull(),
    row: jsonb().notNull(),
    problems: jsonb().notNull().default([]),
    modifiedAt: ms("modified_at").notNull(),
    /** Raised with every real change; part of the key of the run that follows it. */
    version: integer().notNull().default(1),
    gone: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.table, t.id] })],
);

export const tableState = pgTable(
  "table_state",
  {
    workspace: text().notNull(),
    table: text("table_key").notNull(),
    revision: integer(),
    sweptAt: ms("swept_at"),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.table] })],
);

export type TurnAnswer = "accepted" | "declined" | "moved" | "swapped";

/** A turn offered to a lecturer: the confirmation ladder, and the only proof that silence followed an offer. */
export const turn = pgTable(
  "turn",
  {
    workspace: text().notNull(),
    session: text().notNull(),
    lecturer: text().notNull(),
    offeredAt: ms("offered_at").notNull(),
    invitedAt: ms("invited_at"),
    followUps: integer("follow_ups").notNull().default(0),
    lastAskedAt: ms("last_asked_at"),
    answer: text().$type<TurnAnswer>(),
    answeredAt: ms("answered_at"),
    reason: text(),
    extra: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.session, t.lecturer] })],
);

/** How a lecturer stood from some instant on, as fairness needs it: the Base knows only today. */
export const standing = pgTable(
  "standing",
  {
    workspace: text().notNull(),
    lecturer: text().notNull(),
    at: ms("at").notNull(),
    groups: jsonb().$type<string[]>().notNull(),
    weight: doublePrecision().notNull(),
    /** Paused or left. */
    away: boolean().notNull(),
    /** 暂停至: the first instant back. */
    awayUntil: ms("away_until"),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.lecturer, t.at] })],
);

/** Append only: an admin's correction of a lecturer's turns, or the day a new season begins, with reason and name. */
export const creditNote = pgTable(
  "credit_note",
  {
    workspace: text().notNull(),
    key: text().notNull(),
    kind: text().$type<"correction" | "season">().notNull(),
    lecturer: text(),
    /** Local date. */
    day: text().notNull(),
    turns: doublePrecision(),
    reason: text().notNull(),
    by: text().notNull(),
    at: ms("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.key] })],
);

/** Approved absence as far as Feishu has ever shown it: events tell of leave that no query can see yet. */
export const absence = pgTable(
  "absence",
  {
    workspace: text().notNull(),
    /** Of its approval, or of its event. */
    key: text().notNull(),
    person: text().notNull(),
    from: ms("from_at").notNull(),
    to: ms("to_at").notNull(),
    /** Approval instance: a revocation names nothing else. */
    instance: text(),
    seenAt: ms("seen_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.key] }),
    index("absence_person").on(t.workspace, t.person, t.to),
  ],
);

/** A colleague asked to step in, or to swap. */
export const ask = pgTable(
  "ask",
  {
    workspace: text().notNull(),
    kind: text().$type<"substitute" | "swap">().notNull(),
    session: text().notNull(),
    lecturer: text().notNull(),
    /** The other session of a swap. */
    other: text(),
    askedAt: ms("asked_at").notNull(),
    replyBy: ms("reply_by").notNull(),
    answer: text().$type<"yes" | "no" | "expired">(),
    answeredAt: ms("answered_at"),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.kind, t.session, t.lecturer] })],
);

export const attendance = pgTable(
  "attendance",
  {
    workspace: text().notNull(),
    session: text().notNull(),
    person: text().notNull(),
    at: ms("at").notNull(),
    source: text().$type<"card" | "qr" | "list" | "admin">().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.session, t.person] })],
);

/** Who put a session into the own calendar: they are invited to the event and reminded directly. */
export const signUp = pgTable(
  "sign_up",
  {
    workspace: text().notNull(),
    session: text().notNull(),
    person: text().notNull(),
    at: ms("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.session, t.person] })],
);

/** Tracked opens of material, once a person. */
export const opened = pgTable(
  "opened",
  {
    workspace: text().notNull(),
    material: text().notNull(),
    person: text().notNull(),
    session: text(),
    at: ms("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.material, t.person] })],
);

/** Signed thanks: a separate act, by name, never in the score. */
export const thanks = pgTable(
  "thanks",
  {
    workspace: text().notNull(),
    session: text().notNull(),
    person: text().notNull(),
    text: text().notNull(),
    at: ms("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.session, t.person] })],
);

/** Who has answered, by a keyed tag; all marks of a box are written anew with every answer, in tag order. */
export const sealedMark = pgTable(
  "sealed_mark",
  { workspace: text().notNull(), box: text().notNull(), tag: text().notNull() },
  (t) => [primaryKey({ columns: [t.workspace, t.box, t.tag] })],
);

/** The answers of one session or survey: one shuffled, padded, encrypted blob. */
export const sealedBox = pgTable(
  "sealed_box",
  { workspace: text().notNull(), box: text().notNull(), blob: bytea().notNull() },
  (t) => [primaryKey({ columns: [t.workspace, t.box] })],
);

/** Released answers, for scores; the rows people see lie in the Base's ratings table. */
export const released = pgTable(
  "released",
  {
    workspace: text().notNull(),
    batch: text().notNull(),
    session: text().notNull(),
    lecturer: text().notNull(),
    month: text().notNull(),
    scores: jsonb().$type<number[]>().notNull(),
    comments: jsonb().$type<string[]>().notNull(),
    releasedAt: ms("released_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.batch, t.session] })],
);

/** Append only. Points in hundredths; a total is always the sum of its entries. */
export const ledger = pgTable(
  "ledger",
  {
    workspace: text().notNull(),
    key: text().notNull(),
    kind: text().$type<"grant" | "reversal" | "adjust">().notNull(),
    lecturer: text().notNull(),
    period: text().notNull(),
    points: integer().notNull(),
    rule: text(),
    ruleVersion: integer("rule_version"),
    reason: text().notNull(),
    session: text(),
    reverses: text(),
    at: ms("at").notNull(),
    by: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.key] })],
);

/** A rule of 激励规则 as it stood from some day on: earlier points stay under the version that gave them. */
export const ruleVersion = pgTable(
  "rule_version",
  {
    workspace: text().notNull(),
    /** Record id of the rule. */
    rule: text().notNull(),
    version: integer().notNull(),
    /** The rule in the form of domain/incentive/rules.ts, `from` and `to` as they really hold. */
    value: jsonb().$type<Record<string, unknown>>().notNull(),
    at: ms("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.rule, t.version] })],
);

/** Periods that are closed; ratings released later no longer move their ranks. */
export const periodClose = pgTable(
  "period_close",
  { workspace: text().notNull(), period: text().notNull(), at: ms("at").notNull() },
  (t) => [primaryKey({ columns: [t.workspace, t.period] })],
);

/** Who used what a session showed, said by one tap 30 days later. */
export const learned = pgTable(
  "learned",
  {
    workspace: text().notNull(),
    session: text().notNull(),
    person: text().notNull(),
    answer: text().$type<"used" | "not-yet" | "no">().notNull(),
    at: ms("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.session, t.person] })],
);

export type AwardState = "suggested" | "approved" | "granted" | "expired" | "revoked" | "refused";

export const award = pgTable(
  "award",
  {
    workspace: text().notNull(),
    key: text().notNull(),
    lecturer: text().notNull(),
    rule: text().notNull(),
    period: text().notNull(),
    title: text().notNull(),
    evidence: text().notNull(),
    state: text().$type<AwardState>().notNull(),
    consent: boolean(),
    approver: text(),
    at: ms("at").notNull(),
    until: ms("until"),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.key] })],
);

export type CareState = "open" | "contacted" | "helped" | "notNeeded" | "contested" | "expired";

export const careNote = pgTable(
  "care_note",
  {
    workspace: text().notNull(),
    key: text().notNull(),
    lecturer: text().notNull(),
    recipient: text().notNull(),
    reasons: jsonb().$type<{ zh: string; en: string }>().notNull(),
    sentence: text().notNull(),
    state: text().$type<CareState>().notNull(),
    raisedAt: ms("raised_at").notNull(),
    repeatedAt: ms("repeated_at"),
    closedAt: ms("closed_at"),
    expiresAt: ms("expires_at").notNull(),
    outcome: text(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.key] })],
);

/** Something a human must decide; closed by an act, or when its matter is settled. */
export const todo = pgTable(
  "todo",
  {
    workspace: text().notNull(),
    key: text().notNull(),
    kind: text().notNull(),
    session: text(),
    record: text(),
    detail: jsonb().$type<Record<string, string | number | string[]>>().notNull(),
    urgent: boolean().notNull().default(false),
    createdAt: ms("created_at").notNull(),
    doneAt: ms("done_at"),
    outcome: text(),
    by: text(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.key] })],
);

/** Recorded manual acts, for the coordination hours. */
export const manualAct = pgTable(
  "manual_act",
  {
    workspace: text().notNull(),
    key: text().notNull(),
    kind: text().notNull(),
    minutes: integer().notNull(),
    by: text().notNull(),
    session: text(),
    at: ms("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.key] })],
);

/** The months before, as the admin declares them (自报); never mixed with computed figures. */
export const baseline = pgTable(
  "baseline",
  {
    workspace: text().notNull(),
    figure: text().notNull(),
    value: text().notNull(),
    source: text().notNull(),
    statedAt: ms("stated_at").notNull(),
    by: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.figure] })],
);

export const preference = pgTable(
  "preference",
  {
    workspace: text().notNull(),
    person: text().notNull(),
    choice: jsonb().$type<string[]>().notNull(),
    source: text().$type<"asked" | "observed" | "admin">().notNull(),
    at: ms("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.person] })],
);

/** Kinds of message a person does not want. */
export const optOut = pgTable(
  "opt_out",
  { workspace: text().notNull(), person: text().notNull(), what: text().notNull(), at: ms("at").notNull() },
  (t) => [primaryKey({ columns: [t.workspace, t.person, t.what] })],
);

/** What a person lets others see of them; without a row nobody sees it. */
export const consent = pgTable(
  "consent",
  { workspace: text().notNull(), person: text().notNull(), what: text().notNull(), at: ms("at").notNull() },
  (t) => [primaryKey({ columns: [t.workspace, t.person, t.what] })],
);

export const importBatch = pgTable("import_batch", {
  id: text().primaryKey(),
  workspace: text().notNull(),
  kind: text().notNull(),
  /** Everything the batch made: Base records by table, ledger keys, baseline figures. */
  made: jsonb().$type<Record<string, string[]>>().notNull(),
  at: ms("at").notNull(),
  by: text().notNull(),
  undoneAt: ms("undone_at"),
});

export const audit = pgTable(
  "audit",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspace: text().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    target: text(),
    detail: jsonb(),
    at: ms("at").notNull(),
  },
  (t) => [index("audit_at").on(t.workspace, t.at)],
);

/** A signed-in person: the cookie's hash, never the cookie. */
export const signIn = pgTable("sign_in", {
  hash: text().primaryKey(),
  openId: text("open_id").notNull(),
  name: text().notNull(),
  at: ms("at").notNull(),
  expiresAt: ms("expires_at").notNull(),
});

export const oauthState = pgTable("oauth_state", {
  state: text().primaryKey(),
  verifier: text().notNull(),
  goTo: text("go_to").notNull(),
  expiresAt: ms("expires_at").notNull(),
});

/** A sidebar that asks to be signed in, until its person has confirmed it in a browser. */
export const pluginRequest = pgTable("plugin_request", {
  hash: text().primaryKey(),
  /** SHA-256 of the verifier that only the sidebar knows. */
  challenge: text().notNull(),
  /** What sidebar and browser both show. */
  code: text().notNull(),
  /** Who confirmed; null while nobody has. */
  openId: text("open_id"),
  name: text(),
  /** Wrong verifiers so far. */
  tries: integer().notNull().default(0),
  at: ms("at").notNull(),
  expiresAt: ms("expires_at").notNull(),
});

/** What a signed-in sidebar holds: hashes of its tokens, never the tokens. All of one sign-in are a family. */
export const pluginToken = pgTable(
  "plugin_token",
  {
    hash: text().primaryKey(),
    kind: text().$type<"access" | "refresh">().notNull(),
    family: text().notNull(),
    openId: text("open_id").notNull(),
    name: text().notNull(),
    at: ms("at").notNull(),
    expiresAt: ms("expires_at").notNull(),
    /** When the whole family ends, however often it is renewed. */
    until: ms("until").notNull(),
    /** A refresh token works once; a second use ends its family. */
    usedAt: ms("used_at"),
  },
  (t) => [index("plugin_token_family").on(t.family), index("plugin_token_person").on(t.openId)],
);

/** Two Bases being set up from the sidebar, while there is no workspace yet that could queue the work. */
export const setUp = pgTable("set_up", {
  appToken: text("app_token").primaryKey(),
  adminToken: text("admin_token").notNull(),
  by: text().notNull(),
  state: text().$type<"running" | "done" | "failed">().notNull(),
  /** Tables, fields and views made so far. */
  made: integer().notNull().default(0),
  /** What people still have to do, or why it failed; in both languages. */
  left: jsonb().$type<{ zh: string; en: string }[]>().notNull().default([]),
  startedAt: ms("started_at").notNull(),
  /** Real time, like every lease: a process that died no longer works on it. */
  leaseUntil: timestamp("lease_until", { withTimezone: true }).notNull(),
});

/** A plan proposed and not yet published: what the admin's tap refers to. */
export const proposal = pgTable("proposal", {
  id: text().primaryKey(),
  workspace: text().notNull(),
  digest: text().notNull(),
  plan: jsonb().notNull(),
  at: ms("at").notNull(),
  publishedAt: ms("published_at"),
  by: text(),
});
