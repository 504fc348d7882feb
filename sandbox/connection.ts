import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";

/** Cuts the caller's connection without a reply. */
export function cut(c: Context): Response {
  (c.env as HttpBindings).outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** Resolves when the caller has gone, or after `ms` of real time. */
export function callerGone(c: Context, ms: number): Promise<void> {
  const { outgoing } = c.env as HttpBindings;
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    timer.unref();
    function done(): void {
      clearTimeout(timer);
      outgoing.off("close", done);
      resolve();
    }
    if (outgoing.destroyed) done();
    else outgoing.on("close", done);
  });
}
