import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { serve } from "@hono/node-server";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import { automations } from "#automations/index.ts";
import { createApp } from "./app.ts";
import { remoteClock, systemClock } from "./clock.ts";
import { readConfig, type Config } from "./config.ts";
import type { Ctx, Workspace } from "./context.ts";
import { openDatabase } from "./db/client.ts";
import { startEmbedded } from "./db/embedded.ts";
import { workspace as workspaceTable } from "./db/schema.ts";
import { createDispatch } from "./engine/dispatch.ts";
import { createEngine } from "./engine/engine.ts";
import { createCards } from "./feishu/cards/cards.ts";
import { createGateway } from "./feishu/client.ts";
import { createSeal } from "./seal.ts";
import { segmenter } from "./engine/workers/segmenter.ts";
import { deliver } from "./services/effects/deliver.ts";
import { post } from "./services/effects/post.ts";
import { reportFailure } from "./services/todos/report-failure.ts";
import { drawAnswer } from "./services/effects/draw-answer.ts";
import { loadSettings } from "./services/settings/load.ts";

export interface Server {
  url: string;
  close(): Promise<void>;
}

/** Wires everything. Resolves when the server answers; set-up of workspaces goes on behind it. */
export async function startServer(config: Config): Promise<Server> {
  const log = pino({ level: config.logLevel, base: undefined });
  const embedded = config.databaseUrl ? null : await startEmbedded(resolve(config.data, "postgres"));
  const database = await openDatabase(config.databaseUrl ?? embedded!.url);
  const clock = config.clockUrl ? await remoteClock(config.clockUrl, `server-${database.owner}`) : systemClock();
  const feishu = createGateway({ ...config.feishu, clock, log });
  const seal = createSeal(await sealKey(config));
  const cards = createCards();
  const segment = segmenter();
  let publicUrl = config.publicUrl ?? "";

  const contextOf = async (workspace: Workspace, actor: string): Promise<Ctx> => ({
    db: database.db,
    now: clock.now(),
    clock,
    feishu,
    log,
    workspace,
    ...(await loadSettings(database.db, workspace)),
    cards,
    seal,
    segment,
    publicUrl,
    actor,
  });
  const workspaces = async () => (await database.db.select().from(workspaceTable)) as Workspace[];
  const dispatch = createDispatch(automations);
  const inner = new Set(["cron", "changed", "wake", "event"]);
  const engine = createEngine({
    database,
    clock,
    log,
    automations,
    contextOf,
    deliver: async (ctx, rows) => (inner.has(rows[0]!.kind) ? [await dispatch.run(ctx, rows[0]!)] : deliver(ctx, rows)),
    post,
    report: reportFailure,
    callsInFlight: () => feishu.inFlight(),
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
    health: {
      database: async () => {
        await database.db.execute(sql`select 1`);
      },
      ready: () => true,
    },
  });
  const { port, close } = await listen(app.fetch, config);
  const url = `http://${config.host}:${port}`;
  publicUrl ||= url;
  engine.start();
  log.info({ url }, "Lectern is up");
  return {
    url,
    async close() {
      await engine.stop();
      await close();
      await database.close();
      await embedded?.stop();
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

/** Given by configuration, else made once and kept beside the embedded database. */
async function sealKey({ sealKey, data }: Config): Promise<Buffer> {
  if (sealKey) return Buffer.from(sealKey, "hex");
  const file = join(resolve(data), "seal-key");
  try {
    return Buffer.from((await readFile(file, "utf8")).trim(), "hex");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const key = randomBytes(32);
    await mkdir(resolve(data), { recursive: true });
    await writeFile(file, key.toString("hex"), { mode: 0o600, flag: "wx" });
    return key;
  }
}

if (process.argv[1] && import.meta.filename === resolve(process.argv[1])) {
  const server = await startServer(readConfig());
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void server.close().then(() => process.exit(0)));
}
