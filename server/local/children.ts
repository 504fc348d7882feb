import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
/** A first start makes a database; on a busy machine this takes a while. */
const START_MS = 120_000;
const END_MS = 15_000;

export interface Children {
  /** A process that stays; its exit before `end` is a failure that `failed` reports. */
  start(name: string, args: string[], env?: Record<string, string>): ChildProcess;
  /** A process that does one thing; resolves to what it printed. Exit statuses other than `fine` throw with its words. */
  run(
    name: string,
    args: string[],
    options?: { env?: Record<string, string>; fine?: number[] },
  ): Promise<string>;
  /** Rejects when a process that should stay has ended. */
  failed: Promise<never>;
  /** Ends all, last started first, each by its own id. */
  end(): Promise<void>;
}

/**
 * Processes of a local installation. Each has a process group of its own: Ctrl-C in a terminal would otherwise reach the
 * database before the server that is using it. The channel to the parent ends them should the parent be killed.
 */
export function createChildren(say: (line: string) => void): Children {
  const children: ChildProcess[] = [];
  let ending = false;
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);

  const spawned = (args: string[], env: Record<string, string>) => {
    const child = spawn(process.execPath, ["--import", "tsx", ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    children.push(child);
    return child;
  };

  return {
    failed,
    start(name, args, env = {}) {
      const child = spawned(args, env);
      child.stderr?.pipe(process.stderr);
      child.once("exit", (code, signal) => {
        if (!ending)
          fail(new Error(`${name} ended with ${signal ?? `exit status ${code}`}: its last lines are above`));
      });
      return child;
    },
    run: (name, args, { env = {}, fine = [0] } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawned(args, env);
        let [out, err, line] = ["", "", ""];
        child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text));
        child.stderr?.setEncoding("utf8").on("data", (text: string) => {
          err += text;
          const lines = (line + text).split("\n");
          line = lines.pop() ?? "";
          lines.forEach(say);
        });
        child.once("error", reject);
        child.once("close", (code) => {
          children.splice(children.indexOf(child), 1);
          if (code !== null && fine.includes(code)) resolve(out);
          else
            reject(new Error(`${name} ended with exit status ${code}: ${(err || out).trim().slice(-2000)}`));
        });
      }),
    async end() {
      ending = true;
      for (const child of children.toReversed()) await endChild(child);
    },
  };
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), END_MS);
  await ended;
  clearTimeout(late);
}

/** The first line a child prints, as JSON. */
export function firstLine(name: string, child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("exit", (code) =>
      reject(new Error(`${name} ended with exit status ${code} before it was up`)),
    );
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\n");
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)));
    });
  });
}

/** Resolves once `url` answers with success. */
export async function answering(name: string, url: string): Promise<void> {
  for (const until = Date.now() + START_MS; Date.now() < until;) {
    const up = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`${name} did not answer at ${url} within ${START_MS / 1000} s`);
}
