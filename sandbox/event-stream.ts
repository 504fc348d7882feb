import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";

/** Holds the reply open as server-sent events; `open` is given the writer and returns what to do when the reader goes away. */
export function eventStream(c: Context, open: (send: (data: unknown) => void) => () => void): Response {
  const { outgoing } = c.env as HttpBindings;
  outgoing.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  outgoing.flushHeaders();
  outgoing.socket?.setNoDelay(true);
  const close = open((data) => void outgoing.write(`data: ${JSON.stringify(data)}\n\n`));
  outgoing.on("close", close);
  return RESPONSE_ALREADY_SENT;
}
