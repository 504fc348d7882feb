import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { proxy } from "hono/proxy";
import { pluginRoutes } from "#server/routes/plugin.ts";

export interface Served {
  url: string;
  close(): Promise<void>;
}

function listen(app: Hono): Promise<Served> {
  return new Promise((done) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      done({
        url: `http://127.0.0.1:${port}`,
        close: () => new Promise((closed) => server.close(() => closed())),
      }),
    );
  });
}

/** The page around the plugin, at an origin of its own. */
export async function serveHost(): Promise<Served> {
  const page = await readFile(join(import.meta.dirname, "host.html"), "utf8");
  const app = new Hono().get("/", (c) => {
    const told = c.req.query("told") ?? "null";
    return c.html(page.replace("TOLD", () => told.replaceAll("<", "\\u003c")));
  });
  return listen(app);
}

/** Plugin and baseline by the same routes, and the API behind both at their own origin. */
export function servePlugins(options: {
  plugin: string;
  baseline: string;
  server: string;
  host: string;
}): Promise<Served> {
  const { plugin, baseline, server, host } = options;
  const app = new Hono()
    .route("/plugin", pluginRoutes({ files: plugin, hosts: [host], origins: [] }))
    .route("/baseline", pluginRoutes({ files: baseline, hosts: [host], origins: [] }))
    .all("/api/*", (c) => {
      const { pathname, search } = new URL(c.req.url);
      return proxy(`${server}${pathname}${search}`, c.req);
    });
  return listen(app);
}
