import type { Logger } from "pino";
import type { PlanResult } from "#domain/schedule/plan.ts";
import type { PlanProblem } from "#domain/schedule/problem.ts";
import type { MessageTexts, TemplateId } from "#domain/messages/templates.ts";
import type { Settings } from "#base/defaults/settings.ts";
import type { BaseMapping } from "#base/mapping.ts";
import type { Clock } from "./clock.ts";
import type { Db } from "./db/client.ts";
import type { Gateway } from "./feishu/gateway.ts";

/** One shared Base with its admin Base: everything the server knows belongs to one of these. */
export interface Workspace {
  id: string;
  appToken: string;
  adminToken: string;
  language: "zh" | "en";
  timezone: string;
  mapping: BaseMapping;
  calendarId: string | null;
  admins: string[];
  live: string[];
  paused: string[];
  createdAt: number;
}

/** Draws cards; given from outside because only the gateway knows how Feishu draws. */
export interface Cards {
  build(template: TemplateId, data: Record<string, unknown>, options: CardOptions): Record<string, unknown>;
  /** What a card says, as plain text. */
  words(
    template: TemplateId,
    data: Record<string, unknown>,
    options: CardOptions,
  ): { title: string; lines: string[] };
  /** News for one person on one card, below the lead if there is one. */
  join(
    lead: Record<string, unknown> | null,
    news: readonly Record<string, unknown>[],
    language: "zh" | "en",
  ): Record<string, unknown>;
  /** The one line a card becomes when its matter is settled. */
  settled(text: string): Record<string, unknown>;
  /** What a card carries of its effect's key, to be found by in a chat's history. */
  mark(key: string): string;
}

export interface CardOptions {
  language: "zh" | "en";
  texts: MessageTexts;
  now: number;
  zone: string;
  publicUrl: string;
  workspace: string;
  /** The effect's key: its hash lies hidden in the card, so that a send with unknown outcome can be looked up. */
  key?: string;
  /** In trial: whom the message is really for, by name. */
  trialFor?: string;
}

/** Seals answers (design.md §6); the key never leaves the process. */
export interface Seal {
  tag(box: string, person: string): string;
  close(answers: unknown[]): Buffer;
  open(blob: Buffer): unknown[];
}

/** Cuts text into words; the worker is wired in main.ts. */
export type Segment = (text: string) => string[];

/** Plans a schedule without holding up anything else; the worker is wired in deployment.ts. */
export type Planning = (
  problem: PlanProblem,
  options: { language: "zh" | "en"; names: Record<string, string> },
) => Promise<PlanResult>;

/** What a verb works with. `now` stands still for the length of the verb. */
export interface Ctx {
  db: Db;
  now: number;
  clock: Clock;
  feishu: Gateway;
  log: Logger;
  workspace: Workspace;
  settings: Settings;
  texts: MessageTexts;
  /** The switches of 消息与提醒. */
  on: Record<TemplateId, boolean>;
  cards: Cards;
  seal: Seal;
  segment: Segment;
  planner: Planning;
  publicUrl: string;
  /** open_id of the person who acts, or the automation's id. */
  actor: string;
}

/** Runs `work` in one transaction: what a verb decides and the effects of it are stored together or not at all. */
export function transaction<T>(ctx: Ctx, work: (tx: Ctx) => Promise<T>): Promise<T> {
  return ctx.db.transaction((db) => work({ ...ctx, db: db as Db }));
}
