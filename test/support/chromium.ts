import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const run = promisify(execFile);

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES = ["/usr/bin", ...(process.env["PATH"] ?? "").split(delimiter)];
const INSTALL = "apt-get install -y chromium fonts-noto-cjk";
const isRoot = process.getuid?.() === 0;

/** A real browser: found, or installed where that is possible. Close it at the end of the file. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = found() ?? (await installed());
  // As root Chromium refuses to start with its own sandbox; in containers /dev/shm is small.
  const args = ["--disable-dev-shm-usage", ...(isRoot ? ["--no-sandbox"] : [])];
  return chromium.launch({ executablePath, args });
}

/** A page, and what went wrong on it and in its frames, in order of time: empty when all went well. */
export interface WatchedPage {
  page: Page;
  /** `console error: …`, `uncaught: …` (also unhandled rejections), `404 GET http://…`, `failed GET http://…: …`. */
  trouble: string[];
  close: () => Promise<void>;
}

/** A page in a context of its own (cookies and storage apart from other pages). */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on("console", (line) => {
    if (line.type() === "error") trouble.push(`console error: ${line.text()} (${line.location().url})`);
  });
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.stack || String(error)}`));
  page.on("response", (response) => {
    if (response.status() >= 400)
      trouble.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "no reason";
    // A stream that ends with its page has not been refused.
    if (reason !== "net::ERR_ABORTED") trouble.push(`failed ${request.method()} ${request.url()}: ${reason}`);
  });
  return { page, trouble, close: () => context.close() };
}

function found(): string | null {
  const said = process.env["CHROMIUM_PATH"];
  if (said) {
    if (isExecutable(said)) return said;
    throw new Error(`CHROMIUM_PATH is ${said}, which cannot be run: correct it or unset it`);
  }
  const paths = PLACES.flatMap((place) => NAMES.map((name) => join(place, name)));
  return paths.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const DEADLINE_MS = 10 * 60_000;

async function installed(): Promise<string> {
  const missing = `no Chromium found: install it (on Debian as root: ${INSTALL}) or set CHROMIUM_PATH`;
  if (!isRoot || !isExecutable("/usr/bin/apt-get")) throw new Error(missing);
  const until = Date.now() + DEADLINE_MS;
  await apt(["update"], until);
  await apt(["install", "-y", "chromium", "fonts-noto-cjk"], until);
  const path = found();
  if (!path) throw new Error(missing);
  return path;
}

/** Waits while another process holds the lock of dpkg: test files start side by side. */
async function apt(args: string[], until: number): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("/usr/bin/apt-get", args, { env });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr ?? String(error);
    if (!/could not get lock|is another process using it|unable to lock/iu.test(said) || Date.now() > until)
      throw new Error(`apt-get ${args.join(" ")} failed: ${said.trim().slice(-500)}`);
    await wait(3000);
    await apt(args, until);
  }
}
