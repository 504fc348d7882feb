import type { Hono } from "hono";
import { z } from "zod";
import { upsertApp } from "./apps.ts";
import type { Core } from "./core.ts";
import { core as coreState } from "./core-state.ts";
import { FAULT_KINDS } from "./faults.ts";
import type { App } from "./kernel.ts";
import { input } from "./lever-input.ts";
import { clockLevers } from "./levers/clock.ts";
import { lineStream } from "./line-stream.ts";
import { oauthLevers } from "./levers/oauth.ts";
import { pluginHostLevers } from "./levers/plugin/index.ts";
import { streamLever } from "./levers/stream.ts";
import { verifyUrl, type Verification } from "./url-verification.ts";

/** The core's levers: JSON, without sign-in, on the loopback interface. */
export function coreLevers(app: Hono, core: Core): void {
  clockLevers(app, core);
  oauthLevers(app, core.kernel);
  appLevers(app, core);
  switchLevers(app, core);
  faultLevers(app, core);
  viewLevers(app, core);
  streamLever(app, core);
  pluginHostLevers(app, core);
}

const strings = z.array(z.string());
const appSchema = z.strictObject({
  appId: z.string().regex(/^cli_[0-9a-fA-F]{16}$/, "an app id is cli_ and 16 hex digits"),
  appSecret: z.string().optional(),
  name: z.string().optional(),
  tenantKey: z.string().optional(),
  encryptKey: z.string().optional(),
  verificationToken: z.string().optional(),
  tenantScopes: strings.optional(),
  userScopes: strings.optional(),
  events: strings.optional(),
  callbacks: strings.optional(),
  eventUrl: z.url().nullable().optional(),
  cardUrl: z.url().nullable().optional(),
  redirectUris: strings.optional(),
  availability: strings.nullable().optional(),
  botOpenId: z.string().optional(),
});

function appLevers(app: Hono, { kernel, operations }: Core): void {
  app.get("/sandbox/apps", (c) =>
    c.json({ apps: kernel.apps, verification: coreState(kernel.state).verification }),
  );
  app.post("/sandbox/apps", async (c) => {
    const { eventUrl, cardUrl, ...plain } = await input(c, appSchema);
    const changed = upsertApp(kernel, operations, plain);
    const verification: Record<string, Verification> = {};
    for (const [slot, url] of Object.entries({ eventUrl, cardUrl }) as [
      "eventUrl" | "cardUrl",
      string | null | undefined,
    ][]) {
      if (url === undefined) continue;
      if (url !== null) verification[slot] = await verifyUrl(kernel, changed, slot, url);
      // As in the developer console: an address that does not answer the challenge is not saved.
      if (url === null || verification[slot]?.ok === true) changed[slot] = url;
    }
    const failed = Object.entries(verification).filter(([, result]) => !result.ok);
    if (failed.length === 0) return c.json({ app: changed satisfies App, verification });
    const error = failed.map(([slot, { url, reason }]) => `${slot} ${url} not saved: ${reason}`).join("; ");
    return c.json({ error, app: changed, verification }, 400);
  });
}

const switchSchema = z
  .strictObject({
    readLagMs: z.number().min(0),
    echo: z.enum(["on", "off", "late"]),
    refuseUnknownKeys: z.boolean(),
    monthlyQuota: z.number().min(0).nullable(),
    rates: z.boolean(),
    scopes: z.boolean(),
    staleFieldNames: z.boolean(),
    busySpread: z.boolean(),
  })
  .partial();

function switchLevers(app: Hono, { kernel }: Core): void {
  app.get("/sandbox/switches", (c) => c.json(kernel.switches));
  app.patch("/sandbox/switches", async (c) =>
    c.json(Object.assign(kernel.switches, await input(c, switchSchema))),
  );
}

const rule = z.strictObject({
  match: z.strictObject({ method: z.string(), path: z.string(), operation: z.string() }).partial().optional(),
  kind: z.enum(FAULT_KINDS),
  probability: z.number().min(0).max(1).default(1),
  count: z.number().int().min(1).optional(),
  seed: z.union([z.string(), z.number()]).optional(),
  ms: z.number().min(0).optional(),
});

function faultLevers(app: Hono, { faults, instants }: Core): void {
  app.get("/sandbox/faults", (c) => c.json(faults.report()));
  app.post("/sandbox/faults", async (c) => {
    const { rules } = await input(c, z.strictObject({ rules: z.array(rule) }));
    faults.add(rules);
    return c.json(faults.report());
  });
  app.delete("/sandbox/faults", (c) => {
    faults.clear();
    return c.json(faults.report());
  });
  app.get("/sandbox/instants", (c) => c.json({ held: instants.list() }));
  app.get("/sandbox/instants/stream", (c) => lineStream(c, (write) => instants.listen(write)));
  app.post("/sandbox/instants/:n/go", (c) => {
    const n = Number(c.req.param("n"));
    return instants.go(n)
      ? c.json({ n })
      : c.json({ error: `no call is held at instant ${c.req.param("n")}` }, 404);
  });
}

function viewLevers(
  app: Hono,
  { kernel, traffic, log, faults, snapshot, operations, longConnection }: Core,
): void {
  app.get("/sandbox/traffic", (c) => {
    const { since, operation, refused, limit } = c.req.query();
    return c.json({
      entries: traffic.list({
        since: Number(since ?? 0),
        refused: refused === "1",
        limit: Number(limit ?? 10_000),
        ...(operation === undefined ? {} : { operation }),
      }),
    });
  });
  app.get("/sandbox/stats", (c) =>
    c.json({ ...traffic.stats(), faults: faults.report().counts, outgoing: log.counts }),
  );
  app.get("/sandbox/outgoing", (c) => c.json({ sent: log.list(c.req.query("type")), counts: log.counts }));
  app.get("/sandbox/connections", (c) =>
    c.json(
      Object.fromEntries(Object.keys(kernel.apps).map((appId) => [appId, longConnection.connected(appId)])),
    ),
  );
  app.get("/sandbox/operations", (c) =>
    c.json({
      operations: operations.map(({ method, path, scopes, tokens }) => ({
        method,
        path,
        scopes: scopes ?? [],
        tokens,
      })),
    }),
  );
  app.get("/sandbox/state", (c) => c.json(kernel.state));
  app.post("/sandbox/snapshot", async (c) => {
    await snapshot.flush();
    return c.json({ now: kernel.now() });
  });
}
