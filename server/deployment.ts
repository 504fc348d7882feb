import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pino, type Logger } from "pino";
import { remoteClock, systemClock, type DrivenClock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Ctx, Workspace } from "./context.ts";
import { openDatabase, type Database } from "./db/client.ts";
import { startEmbedded } from "./db/embedded.ts";
import { workspace as workspaceTable } from "./db/schema.ts";
import { createPlanner } from "./engine/workers/planner.ts";
import { segmenter } from "./engine/workers/segmenter.ts";
import { createCards } from "./feishu/cards/cards.ts";
import { createGateway, type Gateway } from "./feishu/gateway.ts";
import { createSeal } from "./seal.ts";
import { loadSettings } from "./services/settings/load.ts";

/** What server and command line both stand on: database, clock, gateway, and the context of a verb. */
export interface Deployment {
  log: Logger;
  database: Database;
  clock: DrivenClock;
  feishu: Gateway;
  workspaces: () => Promise<Workspace[]>;
  contextOf: (workspace: Workspace, actor: string) => Promise<Ctx>;
  /** Where people reach the server; known at the latest when it listens. */
  setPublicUrl(url: string): void;
  publicUrl(): string;
  /** Plans that are being worked out. */
  plansInFlight(): number;
  /** Ends connections; `andDatabase` also stops the embedded server this process started. */
  close(options?: { andDatabase?: boolean }): Promise<void>;
}

/** Opens a deployment; `name` is how it is called among those who take part in a remote clock. */
export async function openDeployment(config: Config, name: string): Promise<Deployment> {
  const log = pino({ level: config.logLevel, base: undefined }, pino.destination({ fd: 2, sync: true }));
  const embedded = config.databaseUrl ? null : await startEmbedded(resolve(config.data, "postgres"));
  const database = await openDatabase(config.databaseUrl ?? embedded!.url);
  const clock = config.clockUrl
    ? await remoteClock(config.clockUrl, `${name}-${database.owner}`)
    : systemClock();
  const feishu = createGateway({ ...config.feishu, accountsDomain: config.feishu.accounts, clock, log });
  const seal = createSeal(await sealKey(config));
  const cards = createCards();
  const segment = segmenter();
  const planner = createPlanner();
  let publicUrl = config.publicUrl ?? "";
  return {
    log,
    database,
    clock,
    feishu,
    workspaces: async () => (await database.db.select().from(workspaceTable)) as Workspace[],
    contextOf: async (workspace, actor) => ({
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
      planner: planner.plan,
      publicUrl,
      actor,
    }),
    plansInFlight: () => planner.inFlight(),
    publicUrl: () => publicUrl,
    setPublicUrl(url) {
      publicUrl ||= url;
    },
    async close({ andDatabase = false } = {}) {
      clock.stop();
      await planner.close();
      await database.close();
      if (andDatabase) await embedded?.stop();
    },
  };
}

/** Given by configuration, else made once and kept beside the embedded database. */
async function sealKey({ sealKey, data }: Config): Promise<Buffer> {
  if (sealKey) return Buffer.from(sealKey, "hex");
  const file = join(resolve(data), "seal-key");
  const kept = () => readFile(file, "utf8").then((hex) => Buffer.from(hex.trim(), "hex"));
  try {
    return await kept();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  await mkdir(resolve(data), { recursive: true });
  // Another process may make it at the same moment: whoever writes first wins.
  await writeFile(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
  return kept();
}
