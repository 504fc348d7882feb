import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";

/**
 * Holds the reply open and writes newline-delimited JSON into it, unbuffered. `open` is given the writer and returns what to
 * do when the caller goes away.
 */
export function lineStream(c: Context, open: (write: (line: string) => void) => () => void): Response {
  const { outgoing } = c.env as HttpBindings;
  outgoing.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
  outgoing.flushHeaders();
  outgoing.socket?.setNoDelay(true);
  const close = open((line) => void outgoing.write(line));
  outgoing.on("close", close);
  return RESPONSE_ALREADY_SENT;
}
