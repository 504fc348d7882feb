import { upsertApp } from "./apps.ts";
import { sendCallback } from "./callback.ts";
import { createClock } from "./clock.ts";
import { core, DEFAULT_SWITCHES, peopleOf } from "./core-state.ts";
import { createFaults } from "./faults.ts";
import { nextId } from "./ids.ts";
import { createInstants } from "./instants.ts";
import type { ApiModule, App, Json, Kernel, State } from "./kernel.ts";
import { createLocks } from "./locks.ts";
import { createLongConnection } from "./long-connection.ts";
import { createOutgoing } from "./outgoing.ts";
import { createOutgoingLog } from "./outgoing-log.ts";
import { createPipeline } from "./pipeline.ts";
import { createSignal } from "./signal.ts";
import { createSnapshot, readSnapshot } from "./snapshot.ts";
import { addTimer, firstDue, takeDue, type TimerHandler } from "./timers.ts";
import { createTraffic } from "./traffic.ts";
import { createWatchers } from "./watchers.ts";

export interface SandboxOptions {
  port?: number;
  /** File that holds the state over a restart. */
  snapshot?: string;
  /** The clock runs with the machine. */
  realtime?: boolean;
  /** ms since 1970 at which a new sandbox begins. */
  start?: number;
  apps?: (Partial<App> & { appId: string })[];
  /** false = unknown body keys pass. */
  strict?: boolean;
  /** Further services beside those of `api/index.ts`. */
  modules?: ApiModule[];
  /** A handler that takes an exclusive key waits 0 to so many real ms; default 2. */
  delayMs?: number;
  /** Calls kept in the traffic log. */
  traffic?: number;
}

/** 9:00 on a Monday in Shanghai. */
const DEFAULT_START = Date.UTC(2026, 0, 5, 1);

/** Puts the sandbox together, without the HTTP around it. */
export function createCore(options: SandboxOptions, modules: ApiModule[]) {
  const state: State = (options.snapshot === undefined ? null : readSnapshot(options.snapshot)) ?? {};
  const mine = core(state);
  const fresh = mine.now === 0;
  if (fresh) mine.now = options.start ?? (options.realtime === true ? Date.now() : DEFAULT_START);
  // In real time too the clock never goes back: not behind the start asked for, not behind the snapshot.
  if (fresh || Date.now() + mine.offset < mine.now) mine.offset = mine.now - Date.now();
  mine.switches = {
    ...DEFAULT_SWITCHES,
    ...mine.switches,
    ...(options.strict === false ? { refuseUnknownKeys: false } : {}),
  };

  const handlers = new Map<string, TimerHandler>();
  const signal = createSignal();
  const watchers = createWatchers();
  const [faults, instants, locks, log] = [
    createFaults(),
    createInstants(),
    createLocks(options.delayMs ?? 2),
    createOutgoingLog(),
  ];
  const traffic = createTraffic(options.traffic ?? 200_000);
  const operations = modules.flatMap((module) => module.operations);
  let inFlight = 0;
  let seq = Math.max(0, ...mine.timers.map((timer) => timer.seq));
  let pumping: Promise<void> | null = null;
  let kicked = false;
  /** A timer's handler failed with nobody waiting: told to the next who does. */
  let trouble: unknown = null;
  let alarm: NodeJS.Timeout | null = null;
  let closed = false;

  const clock = createClock({
    core: mine,
    realtime: options.realtime === true,
    signal,
    pump,
    busy: () => inFlight + outgoing.busy(),
    moved: () => watchers.notify(),
  });
  const snapshot = createSnapshot(options.snapshot ?? null, () => {
    mine.now = clock.now();
    return state;
  });

  const kernel: Kernel = {
    state,
    now: clock.now,
    id: (prefix, length) => nextId(mine.counters, prefix, length),
    emit: (type, event, more) => outgoing.emit(type, event, more),
    timer(name, at, payload) {
      addTimer(mine, () => (seq += 1), name, at, payload);
      kick();
    },
    onTimer: (name, handler) => void handlers.set(name, handler),
    switches: mine.switches,
    apps: mine.apps,
    callback,
    people: peopleOf(state),
    touched,
  };
  const longConnection = createLongConnection(kernel);
  const outgoing = createOutgoing(kernel, { faults, longConnection, log, changed: touched });

  async function callback(appId: string, event: Record<string, unknown>, type = "card.action.trigger") {
    const app = kernel.apps[appId];
    if (!app) throw new Error(`no app ${appId} in this sandbox: create it with POST /sandbox/apps`);
    try {
      return await sendCallback(kernel, { faults, longConnection, log }, app, event, type);
    } finally {
      touched();
    }
  }

  /** State changed: participants look again, the snapshot follows. */
  function touched(): void {
    clock.stir();
    snapshot.changed();
    watchers.notify();
    kick();
  }

  async function pump(): Promise<void> {
    pumping ??= runDue().finally(() => {
      pumping = null;
    });
    await pumping;
    if (trouble === null) return;
    const error = trouble;
    trouble = null;
    throw error;
  }

  async function runDue(): Promise<void> {
    for (let due = takeDue(mine, clock.now()); due; due = takeDue(mine, clock.now())) {
      const handler = handlers.get(due.name);
      if (!handler)
        throw new Error(
          `no handler for the timer ${due.name}: register it with onTimer in the module's setup`,
        );
      await handler(kernel, due.payload as Json);
      clock.stir();
      snapshot.changed();
      watchers.notify();
    }
  }

  /** What is due now goes out now, whether or not anybody waits for it. */
  function kick(): void {
    if (kicked || closed) return;
    kicked = true;
    setImmediate(() => {
      kicked = false;
      if (closed) return;
      if ((firstDue(mine) ?? Infinity) <= clock.now()) pump().catch((error: unknown) => (trouble = error));
      if (options.realtime === true) schedule();
    });
  }

  /** Real-time mode: wakes at the next due instant, and tells the participants of changes within 50 ms. */
  function schedule(): void {
    if (alarm) clearTimeout(alarm);
    const wait = clock.isStale() ? 50 : Math.max(1, Math.min(clock.nextDue() - clock.now(), 60_000));
    alarm = setTimeout(() => {
      clock.raise();
      kick();
    }, wait);
    alarm.unref();
  }

  for (const module of modules) module.setup?.(kernel);
  for (const app of options.apps ?? []) upsertApp(kernel, operations, app);
  outgoing.resume();
  const handle = createPipeline({ kernel, operations, faults, instants, locks, traffic, written: touched });

  /** Counts a request as under way: the clock does not move before it is answered. */
  async function counted<T>(work: () => Promise<T>): Promise<T> {
    inFlight += 1;
    try {
      return await work();
    } finally {
      inFlight -= 1;
      signal.notify();
    }
  }

  return {
    kernel,
    operations,
    clock,
    faults,
    instants,
    traffic,
    log,
    longConnection,
    snapshot,
    watchers,
    handle,
    counted,
    kick,
    async close(): Promise<void> {
      closed = true;
      if (alarm) clearTimeout(alarm);
      longConnection.close();
      await snapshot.close();
    },
  };
}

export type Core = ReturnType<typeof createCore>;
