import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Company } from "../case/generate.ts";

export interface Running {
  sandbox: string;
  server: string;
  /** The server's configuration, for `lectern` commands beside it. */
  env: Record<string, string>;
  stop: () => Promise<void>;
}

export interface Booting {
  /** After the sandbox answers and before the server starts: people, app and Bases must be there. */
  prepare: (sandbox: string) => Promise<void>;
  say: (line: string) => void;
}

const ROOT = join(import.meta.dirname, "../..");
/** A database of its own is made at the first start; on a busy machine this takes a while. */
const START_MS = 120_000;

/** Starts a sandbox and a server with a fresh database as child processes on free ports. */
export async function boot(of: Company, { prepare, say }: Booting): Promise<Running> {
  const data = await mkdtemp(join(tmpdir(), "lectern-walk-"));
  // The database's own user must be able to enter it.
  await chmod(data, 0o755);
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children.toReversed()) await end(child);
    if (!process.env["LECTERN_WALK_KEEP"]) await rm(data, { recursive: true, force: true });
  };
  try {
    const sandboxChild = start(["sandbox/main.ts", "--start", new Date(of.start).toISOString()], {});
    children.push(sandboxChild);
    const sandbox = await printedUrl(sandboxChild);
    say(`sandbox ${sandbox}`);
    await prepare(sandbox);
    const port = await freePort();
    const env = environment(of, sandbox, data, port);
    const serverChild = start(["server/main.ts"], env);
    children.push(serverChild);
    const server = `http://127.0.0.1:${port}`;
    await answers(`${server}/health`, serverChild);
    say(`server ${server}`);
    return { sandbox, server, env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environment(of: Company, sandbox: string, data: string, port: number): Record<string, string> {
  return {
    FEISHU_APP_ID: of.app.app_id,
    FEISHU_APP_SECRET: of.app.app_secret,
    FEISHU_ENCRYPT_KEY: of.app.encrypt_key,
    FEISHU_VERIFICATION_TOKEN: of.app.verification_token,
    FEISHU_HOST: sandbox,
    LECTERN_CLOCK_URL: `${sandbox}/sandbox/clock`,
    LECTERN_DATA: data,
    DATABASE_URL: "",
    PORT: String(port),
    LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
  };
}

function start(args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The first line a child prints: `{"url": …}`. */
function printedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("exit", (code) =>
      reject(new Error(`the sandbox ended with exit code ${code} before it printed its address`)),
    );
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const line = text.split("\n")[0];
      if (line && text.includes("\n")) resolve((JSON.parse(line) as { url: string }).url);
    });
  });
}

/** The server's log goes on to standard error; it is up when its health page answers. */
async function answers(url: string, child: ChildProcess): Promise<void> {
  child.stdout?.pipe(process.stderr);
  let ended: number | null | undefined;
  child.once("exit", (code) => (ended = code));
  for (
    const until = Date.now() + START_MS;
    Date.now() < until;
    await new Promise((resolve) => setTimeout(resolve, 200))
  ) {
    if (ended !== undefined) throw new Error(`the server ended with exit code ${ended} while starting`);
    const up = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
  }
  throw new Error(`the server did not answer ${url} within ${START_MS / 1000} s`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(late);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
