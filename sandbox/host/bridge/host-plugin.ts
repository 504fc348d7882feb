import { answer } from "./answer.ts";
import { eventsOf } from "./events.ts";
import { openLine, type Incoming, type Invoke } from "./messages.ts";
import type { Session } from "./session.ts";
import { createSubscriptions } from "./subscriptions.ts";
import type { HostedPlugin, HostOptions, Selection } from "./types.ts";

/**
 * Hosts a Base plugin built on the unmodified `@lark-base-open/js-sdk` in an iframe, and loads it there. The iframe must be
 * in the page and still without address.
 */
export function hostPlugin(options: HostOptions): HostedPlugin {
  const url = new URL(options.pluginUrl, location.href);
  const { iframe, faults = {} } = options;
  let documents = 0;
  let unanswered = faults.silent === true ? Infinity : (faults.ignoreHandshakes ?? 0);

  const line = openLine(iframe, url, heard, (why) => options.log?.({ kind: "ignored", name: why }));
  const session: Session = {
    ...options,
    selection: { ...options.selection },
    environment: { ...options.environment },
    subscriptions: createSubscriptions(),
    line,
    uploading: false,
    emit(name, params) {
      if (!session.subscriptions.has(name)) return;
      line.post({ type: "event", id: `event-${(events += 1)}`, payload: { eventName: name, params } });
      options.log?.({ kind: "event", name, detail: params });
    },
  };
  let events = 0;

  function heard(message: Incoming): void {
    if (message.type === "invoke") void invoke(message);
    else if (message.payload.proactive) shakeHands(message.id);
  }

  /** Only a proactive handshake is answered: answering the confirmation would go on for ever. */
  function shakeHands(id: string): void {
    options.log?.({ kind: "handshake", name: id, detail: { answered: unanswered <= 0 } });
    if (unanswered > 0) {
      unanswered -= 1;
      return;
    }
    documents += 1;
    session.subscriptions.clear();
    line.post({ type: "handshake", id, payload: { prefixId: `sandbox-${documents}` } });
  }

  async function invoke(message: Invoke): Promise<void> {
    const asked = documents;
    const began = performance.now();
    const res = await answer(session, message);
    if (faults.delayMs) await new Promise((resolve) => setTimeout(resolve, faults.delayMs));
    const detail = { params: message.payload.params, res, ms: Math.round(performance.now() - began) };
    options.log?.({ kind: "call", name: message.payload.key, detail });
    // The document that asked has gone; its ids may come again.
    if (asked === documents) line.post({ type: "callback", id: message.id, payload: { res } });
  }

  const stop = options.backend.listen((change) => {
    for (const [name, params] of eventsOf(change, session.environment.instanceId)) session.emit(name, params);
  });
  iframe.src = url.href;

  return {
    select(selection) {
      if (sameSelection(selection, session.selection)) return;
      session.selection = { ...selection };
      session.emit("BaseEvent_SelectionChange", { ...selection });
    },
    setEnvironment(change) {
      const before = session.environment.theme;
      Object.assign(session.environment, change);
      const { theme } = session.environment;
      if (theme !== before) session.emit("BridgeEvent_ThemeChange", { theme });
    },
    reload() {
      // The same address with a hash would only scroll.
      if (url.hash === "") iframe.src = url.href;
      else {
        iframe.src = "about:blank";
        iframe.addEventListener("load", () => (iframe.src = url.href), { once: true });
      }
    },
    close() {
      stop();
      line.close();
    },
  };
}

function sameSelection(a: Selection, b: Selection): boolean {
  const keys = ["baseId", "tableId", "viewId", "fieldId", "recordId"] as const;
  return keys.every((key) => a[key] === b[key]);
}
