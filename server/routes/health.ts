import { Hono } from "hono";

export interface HealthOptions {
  /** Throws when the database does not answer. */
  database: () => Promise<void>;
  ready: () => boolean;
}

/** For load balancers: 200 when the server can work, 503 with a reason when not. */
export function healthRoutes({ database, ready }: HealthOptions) {
  return new Hono().get("/", async (c) => {
    try {
      await database();
    } catch {
      return c.json({ ok: false, reason: "the database does not answer" }, 503);
    }
    return ready() ? c.json({ ok: true }) : c.json({ ok: false, reason: "starting" }, 503);
  });
}
