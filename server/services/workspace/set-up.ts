import { eq } from "drizzle-orm";
import type { Logger } from "pino";
import type { BaseMapping } from "#base/mapping.ts";
import type { Clock } from "../../clock.ts";
import type { Ctx, Workspace } from "../../context.ts";
import type { Db } from "../../db/client.ts";
import { workspace } from "../../db/schema.ts";
import type { Gateway } from "../../feishu/gateway.ts";
import { provision, type ProvisionReport } from "../base/provision.ts";
import { sweep } from "../records/sweep.ts";

export interface SetUpDeps {
  db: Db;
  feishu: Gateway;
  clock: Clock;
  log: Logger;
  contextOf(workspace: Workspace, actor: string): Promise<Ctx>;
  progress?: (made: number) => Promise<void>;
}

export interface SetUpInput {
  appToken: string;
  adminAppToken: string;
  language?: "zh" | "en";
  /** open_ids of those who run the programme. */
  admins: string[];
  advanced?: boolean;
}

/**
 * Binds two Bases to a workspace: tables made where missing, the shared calendar with the admins as writers, and the first
 * reading of everything. Run again it changes only what is missing.
 */
export async function setUpWorkspace(
  deps: SetUpDeps,
  input: SetUpInput,
): Promise<{ workspace: Workspace; report: ProvisionReport }> {
  const known = await find(deps.db, input.appToken);
  const { mapping, report } = await provision(deps, { ...input, mapping: known?.mapping ?? null });
  const admins = [...new Set([...(known?.admins ?? []), ...input.admins])];
  const saved = await save(deps, input, mapping, admins, known);
  const ready = await withCalendar(deps, saved, known?.admins ?? []);
  await sweep(await deps.contextOf(ready, "set-up"), { everything: true });
  return { workspace: ready, report };
}

async function find(db: Db, appToken: string): Promise<Workspace | null> {
  const [row] = await db.select().from(workspace).where(eq(workspace.appToken, appToken));
  return (row as Workspace | undefined) ?? null;
}

async function save(
  { db, clock }: SetUpDeps,
  input: SetUpInput,
  mapping: BaseMapping,
  admins: string[],
  known: Workspace | null,
): Promise<Workspace> {
  const values = {
    adminToken: input.adminAppToken,
    language: mapping.language,
    timezone: mapping.timezone,
    mapping,
    admins,
  };
  const [row] = await db
    .insert(workspace)
    .values({ id: known?.id ?? input.appToken, appToken: input.appToken, createdAt: clock.now(), ...values })
    .onConflictDoUpdate({ target: workspace.appToken, set: values })
    .returning();
  return row as Workspace;
}

/** One app-owned shared calendar a workspace, admins as writers: on the app's own nobody could edit (decisions.md 10). */
async function withCalendar(
  { db, feishu }: SetUpDeps,
  space: Workspace,
  before: string[],
): Promise<Workspace> {
  let { calendarId } = space;
  if (!calendarId) {
    const zh = space.language === "zh";
    const made = await feishu.calendar.createCalendar({
      summary: zh ? "讲台 · 内训分享" : "Lectern",
      permissions: "show_only_free_busy",
    });
    calendarId = made.calendarId;
    await db.update(workspace).set({ calendarId }).where(eq(workspace.id, space.id));
    before = [];
  }
  for (const admin of space.admins.filter((id) => !before.includes(id)))
    await feishu.calendar.addAcl(calendarId, admin, "writer");
  return { ...space, calendarId };
}
