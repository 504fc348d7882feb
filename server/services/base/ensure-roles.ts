import { isNamed } from "#base/match.ts";
import { roleNames, wireRole } from "#base/roles.ts";
import type { Role } from "#base/table.ts";
import { InvalidRequestError, PermissionError } from "../../errors.ts";
import { type Job, say } from "./job.ts";

/**
 * Roles of 「讲台」 where advanced permissions are in force. Switching them on changes who may read the Base, so that is done
 * only when asked for; a plan without them is no error, `doctor` says which of the two holds.
 */
export async function ensureRoles(job: Job, { switchOn }: { switchOn: boolean }): Promise<void> {
  const { appToken } = job.mapping;
  const app = await job.feishu.bases.getApp(appToken);
  if (!app.isAdvanced && !(switchOn && (await enable(job, appToken)))) return;
  const there = await job.feishu.bases.listRoles(appToken);
  for (const role of Object.keys(roleNames) as Role[])
    if (!there.some((item) => isNamed(item.role_name, roleNames[role]))) await createRole(job, role);
}

async function enable(job: Job, appToken: string): Promise<boolean> {
  try {
    await job.feishu.bases.updateApp(appToken, { isAdvanced: true });
    return true;
  } catch (error) {
    if (!(error instanceof PermissionError || error instanceof InvalidRequestError)) throw error;
    job.report.problems.push({
      detail: `advanced permissions were not switched on: ${error.message}`,
      next: error.nextStep[job.mapping.language],
    });
    return false;
  }
}

/** Advanced permissions take effect late (1254301): tried again with back-off, then left to the next run. */
async function createRole(job: Job, role: Role): Promise<void> {
  const spec = wireRole(job.mapping, role);
  for (const wait of [1_000, 4_000, 15_000, 0]) {
    try {
      const made = await job.feishu.bases.createRole(job.mapping.appToken, spec);
      job.report.created.push({ what: "role", key: role, name: spec.role_name, id: made.role_id });
      return;
    } catch (error) {
      if (!(error instanceof InvalidRequestError || error instanceof PermissionError)) throw error;
      if (error.feishuCode === 1254301 && wait > 0) {
        await job.clock.until(job.clock.now() + wait);
        continue;
      }
      const next = {
        zh: `在多维表格「高级权限」里手动建「${spec.role_name}」，或稍后再运行一次`,
        en: `make the role “${spec.role_name}” by hand under advanced permissions, or run this again later`,
      };
      job.report.problems.push({ detail: `role ${spec.role_name}: ${error.message}`, next: say(job, next) });
      return;
    }
  }
}
