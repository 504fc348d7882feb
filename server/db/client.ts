import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import * as schema from "./schema.ts";

export type Db = NodePgDatabase<typeof schema>;

export interface Database {
  db: Db;
  url: string;
  /** This process's key among the owners of leases; free again the moment its connection ends, however it ends. */
  owner: number;
  /** Calls back when another process has queued something. */
  onNotify(callback: () => void): void;
  /** True while any connection of this process is at work. */
  busy(): boolean;
  close(): Promise<void>;
}

export const CHANNEL = "lectern";
/** Names this process in its own notices, which it need not hear. */
export const PROCESS = randomUUID();
/** Class of the advisory locks that stand for living processes. */
export const OWNER_CLASS = 0x1ec7;

/** Opens the database, brings its tables to today's shape, and takes this process's owner lock. Throws when it cannot. */
export async function openDatabase(url: string, options: { connections?: number } = {}): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: options.connections ?? 10 });
  const listeners: (() => void)[] = [];
  const keeper = new pg.Client({ connectionString: url });
  // A lost connection frees our leases: going on would mean working without them.
  keeper.on("error", (error) => {
    throw new Error(`The database connection was lost (${error.message}). Restart the server.`);
  });
  pool.on("error", () => {
    // An idle connection that breaks is replaced by the pool; the keeper above decides whether to go on.
  });
  await keeper.connect();
  const db = drizzle(pool, { schema });
  await migrateOnce(keeper, db);
  const owner = await takeOwner(keeper);
  await keeper.query(`listen ${CHANNEL}`);
  keeper.on("notification", ({ payload }) => {
    if (payload !== PROCESS) listeners.forEach((listener) => listener());
  });
  return {
    db,
    url,
    owner,
    onNotify: (callback) => listeners.push(callback),
    busy: () => pool.totalCount > pool.idleCount || pool.waitingCount > 0,
    close: async () => {
      keeper.removeAllListeners("error");
      await keeper.end();
      await pool.end();
    },
  };
}

/** Two processes starting together must not migrate together. */
async function migrateOnce(keeper: pg.Client, db: Db) {
  await keeper.query("select pg_advisory_lock($1, 0)", [OWNER_CLASS]);
  try {
    await migrate(db, { migrationsFolder: fileURLToPath(new URL("./migrations", import.meta.url)) });
  } finally {
    await keeper.query("select pg_advisory_unlock($1, 0)", [OWNER_CLASS]);
  }
}

async function takeOwner(keeper: pg.Client): Promise<number> {
  const { rows } = await keeper.query<{ owner: number }>("select pg_backend_pid() as owner");
  const owner = rows[0]!.owner;
  await keeper.query("select pg_advisory_lock($1, $2)", [OWNER_CLASS, owner]);
  return owner;
}
