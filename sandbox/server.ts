import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { modules } from "./api/index.ts";
import { createCore, type Core, type SandboxOptions } from "./core.ts";
import type { Kernel } from "./kernel.ts";
import { LeverError } from "./lever-input.ts";
import { coreLevers } from "./levers.ts";
import { serviceLevers } from "./levers/index.ts";
import { attachChanges } from "./levers/plugin/changes-socket.ts";

export type { SandboxOptions } from "./core.ts";

export interface Sandbox {
  url: string;
  kernel: Kernel;
  close(): Promise<void>;
}

/** Starts a local Feishu on the loopback interface; port 0 = any free one. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const core = createCore(options, [...modules, ...(options.modules ?? [])]);
  const app = createApp(core);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.keepAliveTimeout = 60_000;
  core.longConnection.attach(server);
  const endChanges = attachChanges(server, core);
  const { port } = await listen(server, options.port ?? 0);
  core.kick();
  return {
    url: `http://127.0.0.1:${port}`,
    kernel: core.kernel,
    async close() {
      const ended = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      endChanges();
      await core.close();
      await ended;
    },
  };
}

/** Not counted as under way: streams, the clock's own levers, and what only looks. */
const BESIDE =
  /^\/sandbox\/(clock|stream|host|workspace|instants|faults|traffic|stats|snapshot|state|outgoing)(\/|$)/;

function createApp(core: Core): Hono {
  const app = new Hono();
  app.use("/sandbox/*", async (c, next) => {
    if (BESIDE.test(c.req.path)) return next();
    await core.counted(next);
    // A lever may have moved anything: whoever takes part looks again.
    if (c.req.method !== "GET") core.kernel.touched();
    return undefined;
  });
  coreLevers(app, core);
  for (const levers of serviceLevers) levers(app, core.kernel);
  app.get("/sandbox", (c) =>
    c.json({ page: `${new URL(c.req.url).origin}/sandbox/workspace`, levers: leversOf(app) }),
  );
  app.post("/callback/ws/endpoint", async (c) =>
    c.json(
      core.longConnection.endpoint(await c.req.json<Record<string, unknown>>(), c.req.header("host") ?? ""),
    ),
  );
  // Feishu's replies are dated by Feishu's clock, which is this one, not the machine's.
  app.use("/open-apis/*", async (c, next) => {
    await next();
    c.header("date", new Date(core.kernel.now()).toUTCString());
  });
  app.all("/open-apis/*", (c) => core.counted(() => core.handle(c)));
  app.all("/oauth/v3/token", (c) => core.counted(() => core.handle(c)));
  app.notFound((c) =>
    c.json(
      {
        error: `no ${c.req.method} ${c.req.path} here: Feishu's API is under /open-apis, levers under /sandbox`,
      },
      404,
    ),
  );
  app.onError((error, c) => c.json({ error: error.message }, error instanceof LeverError ? 400 : 500));
  return app;
}

/** All levers by method and path, for a person who looks in. */
function leversOf(app: Hono): string[] {
  const own = app.routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/sandbox/"));
  return own.map(({ method, path }) => `${method} ${path}`).toSorted((a, b) => a.localeCompare(b));
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server.address() as AddressInfo));
  });
}
