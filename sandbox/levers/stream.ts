/** One stream for pages: what has moved since the last look, so that nothing polls. */
import type { Hono } from "hono";
import { bitable } from "../api/bitable/model.ts";
import { calendar } from "../api/calendar/state.ts";
import { docx } from "../api/docx/state.ts";
import { drive } from "../api/drive/nodes.ts";
import { im } from "../api/im/state.ts";
import type { Core } from "../core.ts";
import { eventStream } from "../event-stream.ts";
import type { State } from "../kernel.ts";

/** Real ms between two sends: a burst of writes comes as one. */
const GATHER_MS = 80;

/** Numbers that grow when their part changes; a page reads again what it shows of that part. */
function marks(state: State) {
  const documents = Object.values(docx(state).documents);
  const nodes = Object.values(drive(state).nodes);
  return {
    messages: im(state).n,
    calendar: calendar(state).seq,
    documents:
      documents.reduce((sum, one) => sum + one.revision, 0) +
      nodes.reduce((sum, one) => sum + 1 + one.members.length + (one.deleted ? 1 : 0), 0),
    bases: Object.fromEntries(Object.values(bitable(state).bases).map((base) => [base.token, base.revision])),
  };
}

/** `GET /sandbox/stream`: `{now, running, marks}` at once and after every change; `running` = the clock is being moved. */
export function streamLever(app: Hono, { kernel, clock, watchers }: Core): void {
  app.get("/sandbox/stream", (c) =>
    eventStream(c, (send) => {
      let last = "";
      let waiting: NodeJS.Timeout | null = null;
      const look = () => {
        waiting = null;
        const seen = { now: clock.now(), running: clock.running(), marks: marks(kernel.state) };
        const text = JSON.stringify(seen);
        if (text !== last) send(seen);
        last = text;
      };
      look();
      const leave = watchers.join(() => (waiting ??= setTimeout(look, GATHER_MS)));
      return () => {
        leave();
        if (waiting) clearTimeout(waiting);
      };
    }),
  );
}
