import { sql } from "drizzle-orm";
import { FeishuError, PermissionError } from "../../../errors.ts";
import { type CheckDefinition, failing, fine, type Patient, words } from "./check.ts";

export const token: CheckDefinition = {
  id: "token",
  title: words("应用凭证", "App credentials"),
  async look({ feishu }) {
    const health = await feishu.health();
    if (health.ok) return fine("能换到 tenant_access_token", "a tenant token was given");
    const step = health.nextStep ?? words("核对 App ID 和 App Secret", "check App ID and App Secret");
    return failing(words(health.problem ?? "拿不到令牌", health.problem ?? "no token"), step);
  },
};

/** A read of each service the server uses: Feishu itself names the scope that is missing. */
const probes: Record<string, (patient: Patient) => Promise<unknown>> = {
  contact: ({ feishu }) => feishu.contact.children("0"),
  chats: ({ feishu }) => feishu.chats.list(),
  base: ({ feishu, workspace }) => feishu.bases.listTables(workspace.appToken),
  members: ({ feishu, workspace }) => feishu.drive.listMembers(workspace.adminToken, "bitable"),
  subscription: ({ feishu, workspace }) => feishu.drive.isSubscribed(workspace.appToken, "bitable"),
  freebusy: ({ feishu, workspace, now }) =>
    feishu.calendar.freebusyBatch(workspace.admins.slice(0, 1), now, now + 86_400_000),
};

export const scopes: CheckDefinition = {
  id: "scopes",
  title: words("应用权限", "Scopes"),
  async look(patient) {
    const missing: string[] = [];
    for (const [name, probe] of Object.entries(probes)) {
      if (name === "freebusy" && patient.workspace.admins.length === 0) continue;
      const scopes = await missingScopes(probe, patient);
      if (scopes) missing.push(scopes.length > 0 ? `${name}: ${scopes.join(" / ")}` : name);
    }
    if (missing.length === 0) return fine("用到的权限都已开通", "every scope in use is granted");
    const list = missing.join("; ");
    return failing(
      words(`缺少权限 ${list}`, `missing: ${list}`),
      words(
        "在开发者后台按 manifest.json 开通缺少的权限，发布新版本，并请管理员审批",
        "in the developer console add what manifest.json lists, release a new version and have an admin approve it",
      ),
    );
  },
};

/** Undefined when the probe got through, or failed for another reason than a scope: that is another check's matter. */
async function missingScopes(
  probe: (patient: Patient) => Promise<unknown>,
  patient: Patient,
): Promise<readonly string[] | undefined> {
  try {
    await probe(patient);
    return undefined;
  } catch (error) {
    if (error instanceof PermissionError && isScope(error)) return error.missingScopes;
    if (error instanceof FeishuError) return undefined;
    throw error;
  }
}

/** 99991672, 99991679: the gateway's own codes for a scope that is not granted (facts.md §1.3). */
const isScope = (error: PermissionError): boolean =>
  error.missingScopes.length > 0 || [99991672, 99991673, 99991676, 99991679].includes(error.feishuCode ?? 0);

/** Beyond this, signatures and due times would be judged wrongly. */
const SKEW_LIMIT = 60_000;

export const clock: CheckDefinition = {
  id: "clock",
  title: words("时钟", "Clock"),
  async look({ feishu }) {
    const { skewMs } = await feishu.health();
    const seconds = Math.round((skewMs ?? 0) / 1000);
    if (skewMs === null) return fine("飞书没有给出时间，无法比较", "Feishu gave no time to compare with");
    if (Math.abs(skewMs) <= SKEW_LIMIT) return fine(`与飞书相差 ${seconds} 秒`, `${seconds} s from Feishu's`);
    return failing(
      words(`与飞书相差 ${seconds} 秒`, `${seconds} s from Feishu's`),
      words("给服务器开启 NTP 校时", "switch on time synchronisation (NTP) on the server"),
    );
  },
};

export const database: CheckDefinition = {
  id: "database",
  title: words("数据库", "Database"),
  async look({ db }) {
    const { rows } = await db.execute<{ version: string }>(
      sql`select current_setting('server_version') as version`,
    );
    await db.execute(sql`select 1 from workspace limit 1`);
    const version = rows[0]?.version ?? "";
    return fine(`PostgreSQL ${version}，表结构已就绪`, `PostgreSQL ${version}, tables in place`);
  },
};
