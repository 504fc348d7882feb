import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import type { StartConfig } from "../config.ts";
import { answering, createChildren, firstLine, type Children } from "./children.ts";
import { letTimeFlow } from "./let-time-flow.ts";
import { openProgress, STEPS, type Progress, type Step } from "./progress.ts";
import { patch, post, read } from "./wire.ts";

const caseSchema = z.object({
  start: z.number(),
  admin: z.string(),
  bases: z.object({ shared: z.string(), admin: z.string() }),
  app: z.object({
    app_id: z.string(),
    app_secret: z.string(),
    encrypt_key: z.string(),
    verification_token: z.string(),
  }),
});
type Case = z.infer<typeof caseSchema>;
const basesSchema = z.object({ bases: z.array(z.object({ app_token: z.string(), name: z.string() })) });

const CASE = join(import.meta.dirname, "../../sandbox/case");
/** Three months before Lectern, and the figures the admin declares for them. */
const HISTORY = ["sessions", "ratings", "baseline"] as const;

export interface LocalCompany {
  sandbox: string;
  server: string;
  /** Resolves when people, Bases and rows are there. */
  ready: Promise<void>;
  /** Rejects when sandbox or server has ended by itself. */
  failed: Promise<never>;
  close(): Promise<void>;
}

/**
 * Without a tenant: a local Feishu, the case company in it, and the server on top, as processes that speak HTTP to each other
 * exactly as they would with Feishu. Resolves when both answer; the company is set up behind that.
 */
export async function startLocalCompany(
  config: StartConfig,
  say: (line: string) => void,
): Promise<LocalCompany> {
  const children = createChildren((line) => say(`  ${line}`));
  const folder = join(config.data, "sandbox");
  const progress = await openProgress(folder, say);
  try {
    const of = caseSchema.parse(JSON.parse(await readFile(join(CASE, "company.json"), "utf8")));
    const address = await freePort(config.port === 0 ? 0 : config.port + 1);
    const options = ["--port", String(address), "--snapshot", join(folder, "feishu.json")];
    const started = children.start("the sandbox", [
      "sandbox/main.ts",
      ...options,
      "--start",
      new Date(of.start).toISOString(),
    ]);
    const { url: sandbox } = z.object({ url: z.string() }).parse(await firstLine("the sandbox", started));
    say(`local Feishu: ${sandbox}/sandbox`);
    const port = config.port === 0 ? await freePort(0) : config.port;
    const env = environment(of, sandbox, folder, port);
    const server = `http://${config.host}:${port}`;
    children.start("the server", ["server/main.ts"], env);
    const answered = answering("the server", `${server}/health`);
    if (!progress.has("company")) await setUpCompany(children, progress, sandbox);
    await Promise.race([answered, children.failed]);
    say(`Lectern: ${server}/`);
    // As an administrator enters them in the developer console; both must answer Feishu's challenge.
    const addresses = {
      eventUrl: `${server}/feishu/events`,
      cardUrl: `${server}/feishu/cards`,
      redirectUris: [`${server}/sign-in/callback`],
    };
    await post(`${sandbox}/sandbox/apps`, { appId: of.app.app_id, ...addresses });
    await patch(`${sandbox}/sandbox/workspace/settings`, {
      plugin: `${server}/plugin/`,
      cookies: ["lectern"],
    });
    const flow = letTimeFlow(sandbox, say);
    const ready = fill({ children, progress, sandbox, env, of, flow, say });
    ready.catch(() => undefined);
    return {
      sandbox,
      server,
      ready,
      failed: children.failed,
      close: async () => {
        await flow.stop();
        await children.end();
        await progress.leave();
      },
    };
  } catch (error) {
    await children.end();
    await progress.leave();
    throw error;
  }
}

const load = (sandbox: string, step: string) => [
  "sandbox/case/load.ts",
  "--sandbox",
  sandbox,
  "--step",
  step,
];

/** People, departments, chats, the app, two empty Bases. */
async function setUpCompany(children: Children, progress: Progress, sandbox: string): Promise<void> {
  await children.run("the case company", load(sandbox, "set-up"));
  await kept(sandbox, progress, "company");
}

interface Filling {
  children: Children;
  progress: Progress;
  sandbox: string;
  env: Record<string, string>;
  of: Case;
  flow: ReturnType<typeof letTimeFlow>;
  say: (line: string) => void;
}

/** Tables by `lectern provision`, as on a tenant; rows and calendars by the admin's hand; the past by `lectern import`. */
async function fill({ children, progress, sandbox, env, of, flow, say }: Filling): Promise<void> {
  if (progress.complete()) return;
  flow.hurry(true);
  try {
    const { bases } = basesSchema.parse(await read(`${sandbox}/sandbox/bases`));
    const token = (name: string) => bases.find((base) => base.name === name)?.app_token ?? missing(name);
    const links = [
      "--base",
      token(of.bases.shared),
      "--admin-base",
      token(of.bases.admin),
      "--admin",
      of.admin,
    ];
    const printed = await children.run("lectern provision", ["bin/lectern.js", "provision", ...links], {
      env,
    });
    say(`tables: ${printed.split("\n").filter((line) => line.startsWith("+ ")).length} things made`);
    await kept(sandbox, progress, "tables");
    await children.run("loading rows", [...load(sandbox, "rows"), "--no-history"]);
    await kept(sandbox, progress, "rows");
    await children.run("loading calendars", load(sandbox, "calendars"));
    await kept(sandbox, progress, "calendars");
    for (const kind of HISTORY)
      await children.run(
        `lectern import ${kind}`,
        ["bin/lectern.js", "import", kind, join(CASE, `${kind}.csv`), "--as", of.admin],
        { env },
      );
    await kept(sandbox, progress, "history");
    say(`set up: ${STEPS.length} of ${STEPS.length} steps`);
  } finally {
    flow.hurry(false);
  }
}

/** The step counts only once the sandbox has it on disk. */
async function kept(sandbox: string, progress: Progress, step: Step): Promise<void> {
  await post(`${sandbox}/sandbox/snapshot`, {});
  await progress.add(step);
}

function missing(name: string): never {
  throw new Error(
    `the local Feishu has no Base ${name}: remove the folder sandbox of LECTERN_DATA and start again`,
  );
}

function environment({ app }: Case, sandbox: string, data: string, port: number): Record<string, string> {
  return {
    FEISHU_APP_ID: app.app_id,
    FEISHU_APP_SECRET: app.app_secret,
    FEISHU_ENCRYPT_KEY: app.encrypt_key,
    FEISHU_VERIFICATION_TOKEN: app.verification_token,
    FEISHU_HOST: sandbox,
    LECTERN_CLOCK_URL: `${sandbox}/sandbox/clock`,
    LECTERN_DATA: data,
    // The company lives in a database of its own, beside its Feishu.
    DATABASE_URL: "",
    PORT: String(port),
  };
}

/** `wanted` if it is free, else any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" && wanted !== 0 ? resolve(freePort(0)) : reject(error),
    );
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
