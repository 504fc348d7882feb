import { core, type Delivery } from "./core-state.ts";
import { envelope, sealed } from "./envelope.ts";
import type { Faults } from "./faults.ts";
import type { App, Json, Kernel } from "./kernel.ts";
import type { LongConnection } from "./long-connection.ts";
import type { OutgoingLog } from "./outgoing-log.ts";
import { post } from "./transport.ts";

const SECOND = 1000;
/** After a failure: 15 s, 5 min, 1 h, 6 h; then given up (facts.md §10.2). */
const RETRIES = [15 * SECOND, 300 * SECOND, 3600 * SECOND, 21_600 * SECOND];
const DELIVER = "outgoing.deliver";

interface Links {
  faults: Faults;
  longConnection: LongConnection;
  log: OutgoingLog;
  changed(): void;
}

/** Events on their way: one queue per app, one at a time, at least once. Everything not yet delivered is in the state. */
export function createOutgoing(kernel: Kernel, links: Links) {
  const queues = new Map<string, Delivery[]>();
  let underWay = 0;

  const state = () => core(kernel.state);

  function emit(
    type: string,
    event: Record<string, unknown>,
    options: { appId?: string; schema?: "1.0" | "2.0"; delayMs?: number } = {},
  ): void {
    for (const app of Object.values(kernel.apps)) {
      if (options.appId !== undefined && app.appId !== options.appId) continue;
      if (app.events.includes(type)) plan(app, type, event, options);
    }
  }

  function plan(
    app: App,
    type: string,
    event: Record<string, unknown>,
    options: { schema?: "1.0" | "2.0"; delayMs?: number },
  ): void {
    if (app.eventUrl === null && !state().longConnection[app.appId]) {
      links.log.counts.dropped += 1;
      return;
    }
    const { id, text } = envelope(kernel, app, type, event, {
      schema: options.schema ?? "2.0",
      micros: false,
    });
    state().deliveries[id] = { id, appId: app.appId, type, envelope: text, attempt: 0 };
    const reordered = links.faults.forEvent(type, ["reorder-events"]);
    kernel.timer(DELIVER, kernel.now() + (options.delayMs ?? 0) + (reordered ? SECOND : 0), id);
    // The same event once more: at least once is all that Feishu promises.
    if (links.faults.forEvent(type, ["duplicate-event"])) duplicate(id, options.delayMs ?? 0);
  }

  function duplicate(id: string, delayMs: number): void {
    const original = state().deliveries[id];
    if (!original) return;
    const copy = `${id} again`;
    state().deliveries[copy] = { ...original, id: copy };
    kernel.timer(DELIVER, kernel.now() + delayMs, copy);
  }

  function enqueue(id: Json): void {
    const delivery = state().deliveries[id as string];
    if (!delivery) return;
    const queue = queues.get(delivery.appId);
    if (queue) queue.push(delivery);
    else {
      const started = [delivery];
      queues.set(delivery.appId, started);
      void work(delivery.appId, started);
    }
  }

  async function work(appId: string, queue: Delivery[]): Promise<void> {
    underWay += 1;
    for (let delivery = queue[0]; delivery; delivery = queue[0]) {
      await attempt(delivery);
      queue.shift();
    }
    queues.delete(appId);
    underWay -= 1;
    links.changed();
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const app = kernel.apps[delivery.appId];
    delivery.attempt += 1;
    const sent = app ? await send(app, delivery) : "the app is gone";
    const lost = sent === "" && links.faults.forEvent(delivery.type, ["reply-loss"]) !== null;
    const detail = lost ? "the answer was lost on the way" : sent;
    const ok = detail === "";
    const id = delivery.id.split(" ")[0] ?? "";
    links.log.add({
      id,
      appId: delivery.appId,
      type: delivery.type,
      attempt: delivery.attempt,
      ok,
      detail,
      at: kernel.now(),
    });
    const wait = RETRIES[delivery.attempt - 1];
    if (ok || !app || wait === undefined) {
      if (!ok) links.log.counts.givenUp += 1;
      delete state().deliveries[delivery.id];
    } else kernel.timer(DELIVER, kernel.now() + wait, delivery.id);
    kernel.touched();
  }

  /** Empty = delivered, else what went wrong. */
  async function send(app: App, delivery: Delivery): Promise<string> {
    if (app.eventUrl === null) return bySocket(app.appId, delivery);
    const { body, headers } = sealed(
      app,
      delivery.envelope,
      kernel.now(),
      `${delivery.id} ${delivery.attempt}`,
    );
    const posted = await post(app.eventUrl, body, headers);
    if (posted.kind === "timeout") return "no answer within 3 s";
    if (posted.kind === "unreachable") return `not reachable: ${posted.why}`;
    return posted.status === 200 ? "" : `HTTP ${posted.status}`;
  }

  async function bySocket(appId: string, delivery: Delivery): Promise<string> {
    const answer = await links.longConnection.send(
      appId,
      `${delivery.id} ${delivery.attempt}`,
      delivery.envelope,
    );
    if (answer.kind === "ack") return answer.code === 200 ? "" : `the handler failed (${answer.code})`;
    return answer.kind === "timeout" ? "no acknowledgement within 3 s" : "no long connection";
  }

  kernel.onTimer(DELIVER, (_kernel, id) => enqueue(id));

  return {
    emit,
    busy: () => underWay,
    /** After a restart: what was being sent when the snapshot was taken has no timer and is sent again. */
    resume(): void {
      const planned = new Set(
        state()
          .timers.filter((timer) => timer.name === DELIVER)
          .map((timer) => timer.payload),
      );
      for (const id of Object.keys(state().deliveries))
        if (!planned.has(id)) kernel.timer(DELIVER, kernel.now(), id);
    },
  };
}
