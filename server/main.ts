import { resolve } from "node:path";
import { serve } from "@hono/node-server";
import { sql } from "drizzle-orm";
import { automations } from "#automations/index.ts";
import { createApp } from "./app.ts";
import { readConfig, type Config } from "./config.ts";
import { openDeployment } from "./deployment.ts";
import { createDispatch } from "./engine/dispatch.ts";
import { createEngine } from "./engine/engine.ts";
import { deliver } from "./services/effects/deliver.ts";
import { drawAnswer } from "./services/effects/draw-answer.ts";
import { post } from "./services/effects/post.ts";
import { reportFailure } from "./services/todos/report-failure.ts";

export interface Server {
  url: string;
  close(): Promise<void>;
}

/** Kinds of queue rows that run our own code; all others are effects for Feishu. */
const RUNS = new Set(["cron", "changed", "wake", "event"]);

/** Wires everything. Resolves when the server answers. */
export async function startServer(config: Config): Promise<Server> {
  const deployment = await openDeployment(config, "server");
  const { log, database, clock, feishu, contextOf, workspaces } = deployment;
  const dispatch = createDispatch(automations);
  const engine = createEngine({
    database,
    clock,
    log,
    automations,
    contextOf,
    deliver: async (ctx, rows) =>
      RUNS.has(rows[0]!.kind) ? [await dispatch.run(ctx, rows[0]!)] : deliver(ctx, rows),
    post,
    report: reportFailure,
    callsInFlight: () => feishu.inFlight() + deployment.plansInFlight(),
  });
  const app = createApp({
    log,
    feishu: {
      db: database.db,
      clock,
      log,
      keys: config.feishu,
      workspaces,
      contextOf,
      press: (ctx, press) => dispatch.press(ctx, press),
      drawAnswer,
      wake: () => engine.wake(),
    },
    people: {
      db: database.db,
      clock,
      log,
      feishu,
      publicUrl: () => deployment.publicUrl(),
      workspaces,
      contextOf,
      wake: () => engine.wake(),
    },
    plugin: {
      files: resolve(import.meta.dirname, "../dist"),
      hosts: config.plugin.hosts,
      origins: config.plugin.origins,
    },
    health: {
      database: async () => {
        await database.db.execute(sql`select 1`);
      },
      ready: () => true,
    },
    home: {
      // A clock of its own means that the address is the local Feishu's, not a tenant's.
      sandbox: config.clockUrl ? config.feishu.domain : null,
      workspaces: async () => (await workspaces()).length,
    },
  });
  const { port, close } = await listen(app.fetch, config);
  const url = `http://${config.host}:${port}`;
  deployment.setPublicUrl(url);
  engine.start();
  log.info({ url }, "Lectern is up");
  return {
    url,
    async close() {
      await engine.stop();
      await close();
      await deployment.close({ andDatabase: true });
    },
  };
}

function listen(fetch: (request: Request) => Response | Promise<Response>, { port, host }: Config) {
  return new Promise<{ port: number; close: () => Promise<void> }>((done, fail) => {
    const server = serve({ fetch, port, hostname: host }, (info) =>
      done({
        port: info.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            // Keep-alive connections would hold the server open.
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      }),
    );
    server.once("error", fail);
  });
}

if (process.argv[1] && import.meta.filename === resolve(process.argv[1])) {
  const server = await startServer(readConfig());
  let ending = false;
  // "disconnect": the process that started this one has gone.
  for (const end of ["SIGINT", "SIGTERM", "disconnect"] as const) {
    process.on(end, () => {
      if (ending) return;
      ending = true;
      void server.close().then(() => process.exit(0));
    });
  }
}
