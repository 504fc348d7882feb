import writeXlsxFile from "write-excel-file/node";
import { readConfig } from "#server/config.ts";
import { startServer } from "#server/main.ts";
import type { Message } from "#sandbox/people/reading.ts";
import { Wire } from "#sandbox/people/wire.ts";
import { ADMIN, learner, LEARNERS_CHAT, lecturer, LECTURERS_CHAT, MANAGER } from "#test/support/company.ts";
import { testDatabase } from "#test/support/database.ts";
import { APP_ID, startSandbox, serverEnv } from "#test/support/sandbox.ts";

/** Monday. */
const START = Date.parse("2026-11-30T08:00:00+08:00");
export const LECTURERS = 30;
const LEARNERS = 8;

const numbers = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const CAST = ["张三", "王芳", "李静", "赵敏", "陈晨", "刘洋"];
export const nameOf = (n: number) => CAST[n - 1] ?? `讲师${n}`;
const mail = (n: number) => `lecturer${n}@example.com`;

export type JourneyCompany = Awaited<ReturnType<typeof startEmptyCompany>>;

/** People and two chats in a Feishu where the app has just been added to two empty Bases; nobody has opened the plugin yet. */
export async function startEmptyCompany() {
  const database = await testDatabase();
  const sandbox = await startSandbox({ start: START });
  const wire = new Wire(sandbox.url);
  await wire.post("/sandbox/org", people());
  const shared = await emptyBase(wire, "讲台");
  const admin = await emptyBase(wire, "讲台·管理");
  await wire.post(`/sandbox/bases/${shared}/members`, {
    member_id: LECTURERS_CHAT,
    type: "chat",
    perm: "edit",
  });
  // Managers and learners hold no right to edit; learners none at all.
  await wire.post(`/sandbox/bases/${shared}/members`, { member_id: MANAGER, type: "user", perm: "view" });
  const config = readConfig({
    ...serverEnv(sandbox, database.url),
    PORT: "0",
    LOG_LEVEL: process.env["LOG_LEVEL"] ?? "silent",
  });
  const server = await startServer(config);
  await wire.post("/sandbox/clock/expect", { participants: 1 });
  await wire.post("/sandbox/apps", {
    appId: APP_ID,
    name: "讲台",
    eventUrl: `${server.url}/feishu/events`,
    cardUrl: `${server.url}/feishu/cards`,
    redirectUris: [`${server.url}/sign-in/callback`],
  });
  await sandbox.lever("PATCH", "/workspace/settings", {
    plugin: `${server.url}/plugin/`,
    cookies: ["lectern"],
  });
  const advance = (ms: number) => wire.post("/sandbox/clock/advance", { ms });
  return {
    sandbox,
    server,
    wire,
    config,
    shared,
    admin,
    advance,
    advanceTo: (day: string) => wire.post("/sandbox/clock/advance", { until: Date.parse(`${day}+08:00`) }),
    /** Runs the clock on while the work is under way: rate limits and quiet times wait on it. */
    async whileTimePasses<T>(work: Promise<T>): Promise<T> {
      let open = true;
      void work.catch(() => undefined).finally(() => (open = false));
      while (open) {
        await advance(1000);
        await new Promise((done) => setTimeout(done, 20));
      }
      return work;
    },
    /** Messages a person got from the bot alone; of a chat; newest state of each. */
    toPerson: async (id: string) =>
      ((await wire.get(`/sandbox/people/${id}/inbox?since=0`)) as { messages: Message[] }).messages,
    toChat: async (id: string) => {
      const seen = new Map((await wire.inbox(0)).map((message) => [message.message_id, message]));
      return [...seen.values()].filter(({ chat_id }) => chat_id === id);
    },
    calendarOf: async (id: string) =>
      ((await wire.get(`/sandbox/people/${id}/calendar`)) as { events: CalendarEvent[] }).events,
    rows: (table: string) => rowsOf(wire, [shared, admin], table),
    async refusals(): Promise<unknown[]> {
      return ((await wire.get("/sandbox/traffic?refused=1&limit=50")) as { entries: unknown[] }).entries;
    },
    async close() {
      await wire.post("/sandbox/clock/expect", { participants: 0 });
      await server.close();
      await sandbox.close();
      await database.drop();
    },
  };
}

interface CalendarEvent {
  summary: string;
  from: number;
  rsvp: string;
  deleted: boolean;
}

function people() {
  const lecturers = numbers(LECTURERS).map((n) => ({
    open_id: lecturer(n),
    name: nameOf(n),
    email: mail(n),
    leader: MANAGER,
    part: "lecturer",
  }));
  const learners = numbers(LEARNERS).map((n) => ({
    open_id: learner(n),
    name: `学员${n}`,
    part: "learner",
  }));
  const chat = (chat_id: string, name: string, members: { open_id: string }[]) => ({
    chat_id,
    name,
    owner: ADMIN,
    members: [ADMIN, ...members.map(({ open_id }) => open_id)],
    bots: [APP_ID],
  });
  return {
    departments: [],
    people: [
      { open_id: ADMIN, name: "小陈", part: "admin" },
      { open_id: MANAGER, name: "赵经理", part: "manager" },
      ...lecturers,
      ...learners,
    ],
    chats: [
      chat(LECTURERS_CHAT, "专业知识讲师群", lecturers),
      chat(LEARNERS_CHAT, "专业知识学员群", learners),
    ],
  };
}

async function emptyBase(wire: Wire, name: string): Promise<string> {
  const made = await wire.post("/sandbox/bases", { name, owner: ADMIN, time_zone: "Asia/Shanghai" });
  const { app_token } = made as { app_token: string };
  await wire.post(`/sandbox/bases/${app_token}/members`, {
    member_id: APP_ID,
    type: "app",
    perm: "full_access",
  });
  return app_token;
}

/** The thirty as an office keeps them: an XLSX with headings of its own. */
export function lecturersSheet(): Promise<Buffer> {
  const cell = (value: string) => ({ type: String, value });
  const header = ["讲师姓名", "企业邮箱", "群", "擅长"].map(cell);
  const rows = numbers(LECTURERS).map((n) => [nameOf(n), mail(n), "专业知识", "客户服务"].map(cell));
  return writeXlsxFile([header, ...rows]).toBuffer();
}

interface Dump {
  tables: { name: string; records: { record_id: string; fields: Record<string, unknown> }[] }[];
}

async function rowsOf(wire: Wire, bases: string[], table: string) {
  for (const base of bases) {
    const dump = (await wire.get(`/sandbox/bases/${base}/dump`)) as Dump;
    const found = dump.tables.find(({ name }) => name === table);
    if (found) return found.records.map(({ record_id, fields }) => ({ id: record_id, fields }));
  }
  throw new Error(`no table ${table} in either Base`);
}

/** Visible text of a cell. */
export function cellText(cell: unknown): string {
  if (typeof cell === "string") return cell;
  return ((cell as { text?: string }[] | undefined) ?? []).map(({ text }) => text ?? "").join("");
}
