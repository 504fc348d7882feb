import { pino } from "pino";
import { encode } from "#base/codec.ts";
import { defaultSettings } from "#base/defaults/settings.ts";
import { locate } from "#base/mapping.ts";
import type { Ctx, Workspace } from "#server/context.ts";
import { openDatabase, type Database } from "#server/db/client.ts";
import { testDatabase } from "#test/support/database.ts";
import { workspace as workspaceTable } from "#server/db/schema.ts";
import { company, type Company } from "#sandbox/case/generate.ts";
import { postRows, setUp } from "#sandbox/case/load.ts";
import { Wire } from "#sandbox/people/wire.ts";
import { onSandbox, type OnSandbox } from "../feishu/on-sandbox.ts";
import { provisionOn } from "./workspace.ts";

export interface OnCompany extends OnSandbox {
  company: Company;
  ctx: Ctx;
  close(): Promise<void>;
}

/** The case company with both Bases provisioned and a real database; groups and topics are there, lecturers are not. */
export async function onCompany(): Promise<OnCompany> {
  const of = company(1);
  const on = await onSandbox({ appSecret: of.app.app_secret });
  const granted = on.sandbox.app.tenantScopes;
  await on.sandbox.lever("POST", "/clock/set", { now: of.start });
  const wire = new Wire(on.sandbox.url);
  const bases = await setUp(wire, of, () => undefined);
  const app = on.sandbox.kernel.apps[of.app.app_id];
  if (app) app.tenantScopes = granted;
  const { mapping } = await provisionOn(on, { appToken: bases.shared, adminAppToken: bases.admin });
  const only = { ...of, shared: of.shared.filter(({ table }) => table === "讲师群" || table === "主题") };
  await postRows(wire, only, bases, () => undefined, false);
  const own = await testDatabase();
  const database = await openDatabase(own.url, { connections: 3 });
  const admins = of.org.people.filter(({ role }) => role === "admin").map(({ open_id }) => open_id);
  const workspace: Workspace = {
    id: "ws1",
    appToken: bases.shared,
    adminToken: bases.admin,
    language: "zh",
    timezone: mapping.timezone,
    mapping,
    calendarId: null,
    admins,
    live: [],
    paused: [],
    createdAt: on.clock.now(),
  };
  await database.db.insert(workspaceTable).values(workspace);
  return {
    ...on,
    company: of,
    ctx: contextOf(on, database, workspace),
    async close() {
      await database.close();
      await own.drop();
      await on.sandbox.close();
    },
  };
}

function contextOf(on: OnSandbox, database: Database, workspace: Workspace): Ctx {
  // An import draws no cards and seals nothing: what it does not use is not there.
  return {
    db: database.db,
    now: on.clock.now(),
    clock: on.clock,
    feishu: on.gateway,
    log: pino({ level: "silent" }),
    workspace,
    settings: defaultSettings(),
    actor: workspace.admins[0] ?? "",
  } as unknown as Ctx;
}

/** One row into a table of the workspace, by the app. */
export async function addRow(
  ctx: Ctx,
  table: "sessions" | "groups" | "lecturers",
  values: object,
): Promise<string> {
  const { mapping } = ctx.workspace;
  const made = await ctx.feishu.records.create(locate(mapping, table), encode(mapping, table, values), {
    key: `test:${table}:${JSON.stringify(values)}`,
  });
  return made.recordId;
}
