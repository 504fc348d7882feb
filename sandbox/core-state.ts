import type { App, Json, Person, State, Switches } from "./kernel.ts";
import { slice } from "./kernel.ts";

export interface Timer {
  seq: number;
  name: string;
  at: number;
  payload: Json;
}

/** An event on its way to an app: the envelope is fixed at the first attempt, so that a retry carries the same event id. */
export interface Delivery {
  id: string;
  appId: string;
  type: string;
  envelope: string;
  attempt: number;
}

export interface CoreState {
  now: number;
  /** Real-time mode only: what `now` is ahead of the machine's clock. */
  offset: number;
  generation: number;
  counters: Record<string, number>;
  timers: Timer[];
  apps: Record<string, App>;
  switches: Switches;
  /** Calls of the running month per app. */
  quota: Record<string, { month: string; calls: number }>;
  deliveries: Record<string, Delivery>;
  /** Apps that have ever opened a long connection: their events wait for it. */
  longConnection: Record<string, boolean>;
  /** Results of url_verification, by app and kind of address. */
  verification: Record<string, { url: string; ok: boolean; reason: string }>;
}

export const DEFAULT_SWITCHES: Switches = {
  readLagMs: 0,
  echo: "on",
  refuseUnknownKeys: true,
  monthlyQuota: null,
  rates: true,
  scopes: true,
  staleFieldNames: false,
  busySpread: true,
};

export const core = slice<CoreState>("core", () => ({
  now: 0,
  offset: 0,
  generation: 1,
  counters: {},
  timers: [],
  apps: {},
  switches: { ...DEFAULT_SWITCHES },
  quota: {},
  deliveries: {},
  longConnection: {},
  verification: {},
}));

/** People as long as no contact module has brought its own. */
const people = slice<Record<string, Person>>("people", () => ({}));

export function peopleOf(state: State) {
  return {
    find: (openId: string): Person | null => people(state)[openId] ?? null,
    list: (): Person[] => Object.values(people(state)),
  };
}
