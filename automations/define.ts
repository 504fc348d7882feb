import type { TableKey } from "#base/index.ts";
import type { Ctx } from "#server/context.ts";

/** When an automation runs. Cron expressions are read in the workspace's zone; a function may derive one from settings. */
export type On = {
  cron?: string | ((ctx: Ctx) => string | null);
  /** Slots missed while the server was down: `all` run once each, in order (default); `latest` only the newest. */
  missed?: "all" | "latest";
  record?: TableKey[];
  card?: string[];
  event?: string[];
  wake?: true;
};

export type Trigger =
  | { on: "cron"; slot: number }
  | { on: "record"; table: TableKey; record: string }
  | { on: "card"; press: Press }
  | { on: "event"; type: string; event: Record<string, unknown> }
  | { on: "wake"; input: Record<string, unknown> };

/** A button pressed on a card, verified: `person` comes from Feishu, never from the card's value. */
export type Press = {
  eventId: string;
  person: string;
  act: string;
  value: Record<string, unknown>;
  form: Record<string, unknown>;
  option: string | null;
  messageId: string | null;
  chatId: string | null;
};

/** What a card shows after a press. `card` names a template to draw in its place. */
export type PressAnswer = {
  toast?: { type: "info" | "success" | "error" | "warning"; text: string };
  card?: { template: string; data: Record<string, unknown> };
};

/** What a run did, in counts and words; kept for the admin's view of last runs. */
export type Summary = Record<string, number | string | boolean | null | string[]>;

export type Automation = {
  id: string;
  on: On;
  run(ctx: Ctx, trigger: Trigger): Promise<Summary | PressAnswer | void>;
};

/** Closes an automation's definition; the id is checked to be unique by automations/index.ts's test. */
export function defineAutomation<A extends Automation>(automation: A): A {
  return automation;
}

/** `09:30` every day, as a cron expression; rules look at workdays themselves. */
export function dailyAt(time: string): string {
  const [hour, minute] = time.split(":").map(Number);
  return `${minute} ${hour} * * *`;
}
