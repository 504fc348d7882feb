import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import { TooManyError } from "../../errors.ts";
import type { ApiOptions } from "./env.ts";

/** Behind a proxy everybody has one address, so limits are set for a whole office. */
function addressOf(c: Context): string {
  // In process there is no connection.
  return c.env && "incoming" in c.env ? (getConnInfo(c).remote.address ?? "") : "";
}

/** At most so many calls from one address in a window; the rest are told to wait. */
export function paced(options: ApiOptions, limit: { most: number; perMs: number }): MiddlewareHandler {
  let [window, counts] = [0, new Map<string, number>()];
  return async (c, next) => {
    const current = Math.floor(options.clock.now() / limit.perMs);
    if (current !== window) [window, counts] = [current, new Map()];
    const address = addressOf(c);
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    if (count > limit.most)
      throw new TooManyError("too_many", `${c.req.path}: more than ${limit.most} calls`);
    await next();
  };
}
