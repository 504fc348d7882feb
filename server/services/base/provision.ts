import { anyTables } from "#base/index.ts";
import { type BaseMapping, baseMapping, tableMappingOf } from "#base/mapping.ts";
import type { Language } from "#base/table.ts";
import { InvalidInputError, NotFoundError } from "../../errors.ts";
import type { BaseApp, BaseTable } from "../../feishu/gateway.ts";
import { ensureFields } from "./ensure-fields.ts";
import { ensureRoles } from "./ensure-roles.ts";
import { ensureTables } from "./ensure-tables.ts";
import { ensureViews } from "./ensure-views.ts";
import { fillRows } from "./fill-rows.ts";
import { type Job, type ProvisionDeps, tablesOf } from "./job.ts";
import { emptyReport, type ProvisionReport } from "./report.ts";

export type { ProvisionDeps } from "./job.ts";
export type { ProvisionReport } from "./report.ts";

export interface ProvisionInput {
  /** app_token of 「讲台」. */
  readonly appToken: string;
  /** app_token of 「讲台·管理」. */
  readonly adminAppToken: string;
  /** Default: as remembered, else as the tables there are named, else Chinese. */
  readonly language?: Language;
  /** What an earlier run returned. */
  readonly mapping?: BaseMapping | null;
  /** Switch advanced permissions on where the plan has them. Default false. */
  readonly advanced?: boolean;
}

/**
 * Makes what is missing in both Bases and remembers where everything is. Never deletes, never renames; a second run
 * changes nothing. Throws for a Base that cannot be opened; a single thing that cannot be made is in `problems`.
 */
export async function provision(
  deps: ProvisionDeps,
  input: ProvisionInput,
): Promise<{ mapping: BaseMapping; report: ProvisionReport }> {
  const shared = await openBase(deps, input.appToken);
  await openBase(deps, input.adminAppToken);
  if (input.appToken === input.adminAppToken)
    throw new InvalidInputError("same_base", "「讲台」 and 「讲台·管理」 must be two different Bases", {
      nextStep: { zh: "再建一张只给管理员的多维表格", en: "make a second Base that only admins can open" },
    });
  const real = {
    shared: await deps.feishu.bases.listTables(input.appToken),
    admin: await deps.feishu.bases.listTables(input.adminAppToken),
  };
  const job = startJob(deps, input, shared, [...real.shared, ...real.admin]);
  for (const base of ["shared", "admin"] as const) await provisionBase(job, base, real[base]);
  await fillRows(job);
  await ensureRoles(job, { switchOn: input.advanced ?? false });
  await subscribe(job);
  return { mapping: baseMapping.parse(job.mapping), report: job.report };
}

function startJob(deps: ProvisionDeps, input: ProvisionInput, app: BaseApp, real: readonly BaseTable[]): Job {
  const { appToken, adminAppToken } = input;
  const before = input.mapping ?? undefined;
  // A mapping of other Bases (a copy, say) remembers ids that do not exist here.
  const remembered =
    before?.appToken === appToken && before.adminAppToken === adminAppToken ? before : undefined;
  const language = input.language ?? remembered?.language ?? languageOf(real);
  const timezone = app.timeZone || remembered?.timezone || "Asia/Shanghai";
  return {
    ...deps,
    remembered,
    mapping: { appToken, adminAppToken, language, timezone, tables: {} },
    report: emptyReport(),
    fresh: new Set(),
  };
}

async function openBase({ feishu }: ProvisionDeps, appToken: string): Promise<BaseApp> {
  try {
    return await feishu.bases.getApp(appToken);
  } catch (error) {
    if (error instanceof NotFoundError && (await isWikiNode(feishu, appToken)))
      throw new InvalidInputError("base_in_wiki", `${appToken} is a page of a wiki, not a Base of its own`, {
        nextStep: {
          zh: "知识库或文档里的多维表格不能用：请在云空间新建一张多维表格",
          en: "a Base inside a wiki or a document cannot be used: make one in the drive",
        },
        cause: error,
      });
    throw error;
  }
}

async function isWikiNode(feishu: ProvisionDeps["feishu"], token: string): Promise<boolean> {
  try {
    return (await feishu.wiki.getNode(token)).objType === "bitable";
  } catch {
    // Whatever the wiki says, the first error is the one to tell.
    return false;
  }
}

function languageOf(real: readonly BaseTable[]): Language {
  const names = Object.values(anyTables).map((table) => table.names);
  const count = (language: Language) =>
    real.filter((table) => names.some((name) => name[language] === table.name.trim())).length;
  return count("en") > count("zh") ? "en" : "zh";
}

async function provisionBase(job: Job, base: "shared" | "admin", real: readonly BaseTable[]): Promise<void> {
  await ensureTables(job, base, real);
  const keys = tablesOf(base).filter((key) => job.mapping.tables[key]);
  await job.progress?.(job.report.created.length);
  await ensureFields(job, keys);
  for (const key of keys) {
    await job.progress?.(job.report.created.length);
    await ensureViews(job, key);
    if (job.fresh.has(key)) continue;
    const { name, tableId, fields, views } = tableMappingOf(job.mapping, key);
    const counts = { fields: Object.keys(fields).length, views: Object.keys(views).length };
    job.report.found.push({ table: key, name, tableId, ...counts });
  }
}

/** Record events of a Base reach the app only after this (facts.md §5.6). */
async function subscribe(job: Job): Promise<void> {
  for (const token of [job.mapping.appToken, job.mapping.adminAppToken]) {
    if (await job.feishu.drive.isSubscribed(token, "bitable")) continue;
    await job.feishu.drive.subscribe(token, "bitable");
    job.report.created.push({ what: "subscription", name: token });
  }
}
