import { openDeployment } from "#server/deployment.ts";
import { readConfig, type Config } from "#server/config.ts";
import { startServer, type Server } from "#server/main.ts";
import { setUpWorkspace } from "#server/services/workspace/set-up.ts";
import type { BaseMapping } from "#base/mapping.ts";
import { Wire } from "#sandbox/people/wire.ts";
import type { Message } from "#sandbox/people/reading.ts";
import { APP_ID, startSandbox, type TestSandbox, serverEnv } from "./sandbox.ts";
import { testDatabase } from "./database.ts";
import { freePort, spawnServer, type ServerProcess } from "./server-process.ts";

const MINUTE = 60_000;
/** Monday 2026-11-30 08:00 in Shanghai. */
export const START = Date.parse("2026-11-30T08:00:00+08:00");

export const ADMIN = "ou_admin";
export const MANAGER = "ou_manager";
export const lecturer = (n: number) => `ou_lecturer${n}`;
export const learner = (n: number) => `ou_learner${n}`;
export const LECTURERS_CHAT = "oc_lecturers";
export const LEARNERS_CHAT = "oc_learners";

export interface CompanyOptions {
  lecturers?: number;
  learners?: number;
  start?: number;
  /** Fields over those of the one group, in Chinese names. */
  group?: Record<string, unknown>;
  /** The server as a process of its own, so that it can be killed. */
  process?: boolean;
  logLevel?: string;
  /** Over the server's environment. */
  env?: Record<string, string>;
}

type Running = Server & Partial<Pick<ServerProcess, "kill">>;

/** A small company on a real sandbox, a real server and a real database, all in this process; one group, Wednesdays 15:00. */
export interface Company {
  sandbox: TestSandbox;
  server: Running;
  wire: Wire;
  config: Config;
  shared: string;
  admin: string;
  mapping: BaseMapping;
  /** Group's record id. */
  group: string;
  /** Record ids of lecturers, in order. */
  lecturers: string[];
  now(): Promise<number>;
  /** Runs the clock on; everything due on the way is done. */
  advance(ms: number): Promise<void>;
  advanceTo(instant: number | string): Promise<void>;
  settle(): Promise<void>;
  /** Every message so far, newest state of each. */
  messages(): Promise<Message[]>;
  /** Messages a person got directly from the bot. */
  inboxOf(openId: string): Promise<Message[]>;
  /** Presses the button of the newest card with that button for this person. */
  press(
    openId: string,
    button: string,
    form?: Record<string, string>,
  ): Promise<{ ok: boolean; toast: string }>;
  /** Rows of a table as people see them. */
  rows(table: string): Promise<{ id: string; fields: Record<string, unknown> }[]>;
  /** Adds rows by the admin's hand; Chinese names, write format. */
  add(table: string, rows: Record<string, unknown>[], as?: string): Promise<string[]>;
  write(table: string, record: string, fields: Record<string, unknown>, as?: string): Promise<void>;
  /** The server goes, in an orderly way or by `kill -9`, and another takes its place. */
  restart(how?: "close" | "kill" | "already gone"): Promise<void>;
  close(): Promise<void>;
}

export async function startCompany(options: CompanyOptions = {}): Promise<Company> {
  const database = await testDatabase();
  const sandbox = await startSandbox({ start: options.start ?? START });
  const wire = new Wire(sandbox.url);
  const { shared, admin } = await people(wire, options);
  const env: Record<string, string> = {
    ...serverEnv(sandbox, database.url),
    PORT: options.process ? String(await freePort()) : "0",
    LOG_LEVEL: options.logLevel ?? "silent",
    ...options.env,
  };
  const config = readConfig(env);
  const start = (): Promise<Running> => (options.process ? spawnServer(env) : startServer(config));
  const mapping = await provisionWhileTimePasses(wire, config, shared, admin);
  let server = await start();
  await wire.post("/sandbox/clock/expect", { participants: 1 });
  await listen(wire, server.url);

  const add = async (table: string, rows: Record<string, unknown>[], as = ADMIN): Promise<string[]> => {
    const base = (await hasTable(wire, shared, table)) ? shared : admin;
    const reply = (await wire.post("/sandbox/act", {
      as,
      base,
      table,
      create: rows.map((fields) => ({ fields })),
    })) as { record_ids: string[] };
    return reply.record_ids;
  };
  const [group] = await add("讲师群", [
    {
      名称: "专业知识",
      状态: "启用",
      讲师群聊: [{ id: LECTURERS_CHAT }],
      学员群聊: [{ id: LEARNERS_CHAT }],
      频率: "每周",
      星期: ["周三"],
      起始日期: Date.parse("2026-11-01T00:00:00+08:00"),
      开始时间: "15:00",
      "时长（分钟）": 45,
      地点: "3 楼会议室",
      管理员: [{ id: ADMIN }],
      ...options.group,
    },
  ]);
  const lecturers = await add(
    "讲师",
    numbers(options.lecturers ?? 4).map((n) => ({
      姓名: NAMES[n - 1] ?? `讲师${n}`,
      状态: "在任",
      账号: [{ id: lecturer(n) }],
      所属讲师群: [group],
      擅长领域: ["客户服务"],
      加入日期: Date.parse("2025-01-01T00:00:00+08:00"),
      主管: [{ id: MANAGER }],
    })),
  );
  const messages = async () => {
    const seen = new Map<string, Message>();
    for (const message of await wire.inbox(0)) seen.set(message.message_id, message);
    return [...seen.values()];
  };
  const advance = async (ms: number) => {
    await wire.post("/sandbox/clock/advance", { ms });
  };
  await advance(MINUTE);
  return {
    sandbox,
    get server() {
      return server;
    },
    wire,
    config,
    shared,
    admin,
    mapping,
    group: group!,
    lecturers,
    now: async () => ((await wire.get("/sandbox/clock")) as { now: number }).now,
    advance,
    advanceTo: async (instant) => {
      await wire.post("/sandbox/clock/advance", {
        until: typeof instant === "string" ? Date.parse(instant) : instant,
      });
    },
    settle: async () => {
      await wire.post("/sandbox/clock/settle", {});
    },
    messages,
    inboxOf: async (openId) => {
      const reply = (await wire.get(`/sandbox/people/${openId}/inbox?since=0`)) as { messages: Message[] };
      return reply.messages;
    },
    press: async (openId, button, form) => {
      const reply = (await wire.get(`/sandbox/people/${openId}/inbox?since=0&chats=1`)) as {
        messages: Message[];
      };
      const card = reply.messages.findLast((message) => message.buttons.some(({ text }) => text === button));
      if (!card)
        throw new Error(
          `${openId} has no card with the button ${button}; cards: ${reply.messages.map(({ title, buttons }) => `${title} [${buttons.map(({ text }) => text).join(" ")}]`).join(" | ")}`,
        );
      const pressed = await wire.press({
        as: openId,
        message_id: card.message_id,
        button,
        ...(form ? { form } : {}),
      });
      await wire.post("/sandbox/clock/settle", {});
      return pressed;
    },
    rows: async (table) => rowsOf(wire, (await hasTable(wire, shared, table)) ? shared : admin, table),
    add,
    write: async (table, record, fields, as = ADMIN) => {
      const base = (await hasTable(wire, shared, table)) ? shared : admin;
      await wire.write(as, base, table, record, fields);
      await wire.post("/sandbox/clock/settle", {});
    },
    restart: async (how = "close") => {
      if (how === "kill" && server.kill) await server.kill();
      else if (how === "close") await server.close();
      server = await start();
      await listen(wire, server.url);
    },
    close: async () => {
      await wire.post("/sandbox/clock/expect", { participants: 0 });
      await server.close();
      await sandbox.close();
      await database.drop();
    },
  };
}

/** The sandbox's own cast. */
const NAMES = ["张三", "王芳", "李静", "赵敏", "陈晨", "刘洋"];
const numbers = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

async function people(wire: Wire, options: CompanyOptions): Promise<{ shared: string; admin: string }> {
  const lecturers = numbers(options.lecturers ?? 4).map((n) => ({
    open_id: lecturer(n),
    name: NAMES[n - 1] ?? `讲师${n}`,
    leader: MANAGER,
  }));
  const learners = numbers(options.learners ?? 12).map((n) => ({ open_id: learner(n), name: `学员${n}` }));
  await wire.post("/sandbox/org", {
    departments: [],
    people: [
      { open_id: ADMIN, name: "小陈" },
      { open_id: MANAGER, name: "赵经理" },
      ...lecturers,
      ...learners,
    ],
    chats: [
      {
        chat_id: LECTURERS_CHAT,
        name: "专业知识讲师群",
        owner: ADMIN,
        members: [ADMIN, ...lecturers.map(({ open_id }) => open_id)],
        bots: [APP_ID],
      },
      {
        chat_id: LEARNERS_CHAT,
        name: "专业知识学员群",
        owner: ADMIN,
        members: [ADMIN, ...learners.map(({ open_id }) => open_id)],
        bots: [APP_ID],
      },
    ],
  });
  const base = async (name: string) => {
    const reply = (await wire.post("/sandbox/bases", { name, owner: ADMIN, time_zone: "Asia/Shanghai" })) as {
      app_token: string;
    };
    await wire.post(`/sandbox/bases/${reply.app_token}/members`, {
      member_id: APP_ID,
      type: "app",
      perm: "full_access",
    });
    return reply.app_token;
  };
  const shared = await base("讲台");
  await wire.post(`/sandbox/bases/${shared}/members`, {
    member_id: LECTURERS_CHAT,
    type: "chat",
    perm: "edit",
  });
  return { shared, admin: await base("讲台·管理") };
}

/** Rate limits make provisioning wait on the clock, so somebody must let it run. */
export async function provisionWhileTimePasses(
  wire: Wire,
  config: Config,
  shared: string,
  admin: string,
): Promise<BaseMapping> {
  const deployment = await openDeployment(config, "cli");
  deployment.clock.drive(
    async () => null,
    () => deployment.feishu.inFlight() === 0 && !deployment.database.busy(),
  );
  let running = true;
  const done = setUpWorkspace(
    { ...deployment, db: deployment.database.db },
    { appToken: shared, adminAppToken: admin, admins: [ADMIN] },
  ).finally(() => (running = false));
  done.catch(() => undefined);
  while (running) {
    await wire.post("/sandbox/clock/advance", { ms: 1000 });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const { workspace, report } = await done;
  await deployment.close();
  if (report.problems.length > 0) throw new Error(`provisioning: ${JSON.stringify(report.problems)}`);
  return workspace.mapping;
}

async function listen(wire: Wire, server: string): Promise<void> {
  await wire.post("/sandbox/apps", {
    appId: APP_ID,
    eventUrl: `${server}/feishu/events`,
    cardUrl: `${server}/feishu/cards`,
  });
}

interface Dumped {
  tables: { name: string; records: { record_id: string; fields: Record<string, unknown> }[] }[];
}

async function hasTable(wire: Wire, base: string, table: string): Promise<boolean> {
  const dump = (await wire.get(`/sandbox/bases/${base}/dump`)) as Dumped;
  return dump.tables.some(({ name }) => name === table);
}

async function rowsOf(wire: Wire, base: string, table: string) {
  const dump = (await wire.get(`/sandbox/bases/${base}/dump`)) as Dumped;
  const found = dump.tables.find(({ name }) => name === table);
  if (!found)
    throw new Error(`no table ${table}: there are ${dump.tables.map(({ name }) => name).join(", ")}`);
  return found.records.map(({ record_id, fields }) => ({ id: record_id, fields }));
}
