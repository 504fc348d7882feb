import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readConfig } from "#server/config.ts";
import { openDeployment, type Deployment } from "#server/deployment.ts";
import { enqueue } from "#server/db/outbox.ts";
import { createEngine } from "#server/engine/engine.ts";
import { createChildren, firstLine } from "#server/local/children.ts";
import { read } from "#server/local/wire.ts";
import { setUpWorkspace } from "#server/services/workspace/set-up.ts";
import { compare } from "./ratio.ts";
import type { Bench } from "./run.ts";

const MESSAGES = 300;
/** As many as the engine delivers at a time. */
const AT_ONCE = 8;
const PERSON = "ou_bench";
const text = (n: number) => ({ msgType: "text" as const, content: { text: `${n}` } });

const appSchema = z.object({
  apps: z.record(
    z.string(),
    z.object({ appSecret: z.string(), encryptKey: z.string(), verificationToken: z.string() }),
  ),
});

/** The same messages to the same local Feishu, with and without the queue that makes them once. */
export const bench: Bench = {
  about: `${MESSAGES} messages, ${AT_ONCE} at a time, through the outbox and by bare calls of the gateway`,
  sides: ["outbox", "bare"],
  unit: "messages",
  async measure(rounds) {
    const data = await mkdtemp(join(tmpdir(), "lectern-bench-"));
    // The database's own user must be able to walk in.
    await chmod(data, 0o755);
    const children = createChildren(() => undefined);
    try {
      const sandbox = await startSandbox(children);
      const deployment = await deploy(sandbox, data);
      try {
        return await compare([await throughOutbox(deployment), bare(deployment)], rounds);
      } finally {
        await deployment.close({ andDatabase: true });
      }
    } finally {
      await children.end();
      await rm(data, { recursive: true, force: true });
    }
  },
};

/** Rate limits off: what is measured is our own cost, not Feishu's patience. */
async function startSandbox(children: ReturnType<typeof createChildren>): Promise<string> {
  const child = children.start("the sandbox", ["sandbox/main.ts", "--realtime"]);
  const { url } = z.object({ url: z.string() }).parse(await firstLine("the sandbox", child));
  await lever("PATCH", `${url}/sandbox/switches`, { rates: false });
  await lever("POST", `${url}/sandbox/org`, {
    departments: [],
    chats: [],
    people: [{ open_id: PERSON, name: "小陈" }],
  });
  return url;
}

async function lever(method: string, url: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${url}: HTTP ${response.status} ${await response.text()}`);
}

async function deploy(sandbox: string, data: string): Promise<Deployment> {
  const { apps } = appSchema.parse(await read(`${sandbox}/sandbox/apps`));
  const [[appId, app] = []] = Object.entries(apps);
  if (!appId || !app) throw new Error("the sandbox has no app");
  const config = readConfig({
    FEISHU_APP_ID: appId,
    FEISHU_APP_SECRET: app.appSecret,
    FEISHU_ENCRYPT_KEY: app.encryptKey,
    FEISHU_VERIFICATION_TOKEN: app.verificationToken,
    FEISHU_HOST: sandbox,
    LECTERN_DATA: data,
    LOG_LEVEL: "warn",
  });
  const deployment = await openDeployment(config, "bench");
  const { feishu, database } = deployment;
  const shared = await feishu.bases.createApp({ name: "讲台" });
  const admin = await feishu.bases.createApp({ name: "讲台·管理" });
  const bases = { appToken: shared.appToken, adminAppToken: admin.appToken, admins: [PERSON] };
  await setUpWorkspace({ ...deployment, db: database.db }, bases);
  return deployment;
}

async function throughOutbox(deployment: Deployment) {
  const { database, clock, log, feishu, contextOf } = deployment;
  const [workspace] = await deployment.workspaces();
  if (!workspace) throw new Error("the workspace was not made");
  const engine = createEngine({
    database,
    clock,
    log,
    automations: [],
    contextOf,
    deliver: (_ctx, rows) =>
      Promise.all(
        rows.map(async ({ key, id }) => ({
          state: "done" as const,
          result: await feishu.messages.send({ openId: PERSON }, text(id), { key }),
        })),
      ),
    post: () => Promise.resolve(),
    report: (_ctx, row, state, why) => Promise.reject(new Error(`${row.key} ${state}: ${why}`)),
    callsInFlight: () => feishu.inFlight(),
  });
  let round = 0;
  return {
    name: "outbox",
    async run() {
      round += 1;
      const rows = numbers(MESSAGES).map((n) => ({
        workspace: workspace.id,
        key: `bench:${round}:${n}`,
        lane: `bench:${n % AT_ONCE}`,
        kind: "message",
        effect: {},
        notBefore: 0,
      }));
      const began = performance.now();
      await enqueue(database.db, rows, clock.now());
      await engine.drain();
      return { units: MESSAGES, ms: performance.now() - began };
    },
  };
}

function bare({ feishu }: Deployment) {
  let round = 0;
  return {
    name: "bare",
    async run() {
      round += 1;
      const left = numbers(MESSAGES);
      const began = performance.now();
      const worker = async () => {
        for (let n = left.pop(); n !== undefined; n = left.pop())
          await feishu.messages.send({ openId: PERSON }, text(n), { key: `bare:${round}:${n}` });
      };
      await Promise.all(numbers(AT_ONCE).map(worker));
      return { units: MESSAGES, ms: performance.now() - began };
    },
  };
}

const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);
