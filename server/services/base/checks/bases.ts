import { count, eq, max } from "drizzle-orm";
import { anyTables, type TableKey } from "#base/index.ts";
import { isNamed } from "#base/match.ts";
import { ownerFields, roleNames } from "#base/roles.ts";
import { inbox, ledger, record } from "../../../db/schema.ts";
import { findDrift } from "../drift.ts";
import { type CheckDefinition, failing, fine, type Patient, words } from "./check.ts";

const tokens = ({ workspace }: Patient) => [workspace.appToken, workspace.adminToken];

export const access: CheckDefinition = {
  id: "access",
  title: words("两张多维表格", "Access to both Bases"),
  async look(patient) {
    const names: string[] = [];
    for (const token of tokens(patient)) {
      names.push((await patient.feishu.bases.getApp(token)).name);
      // Asking for the subscription needs the manage right, reading does not.
      await patient.feishu.drive.isSubscribed(token, "bitable");
    }
    return fine(
      `可以管理 ${names.map((name) => `「${name}」`).join("和")}`,
      `manages ${names.join(" and ")}`,
    );
  },
};

export const events: CheckDefinition = {
  id: "events",
  title: words("事件订阅", "Event subscription"),
  async look(patient) {
    for (const token of tokens(patient))
      if (!(await patient.feishu.drive.isSubscribed(token, "bitable")))
        return failing(
          words(`${token} 没有订阅记录变更`, `${token} is not subscribed`),
          words("运行 lectern provision", "run lectern provision"),
        );
    const [row] = await patient.db.select({ at: max(inbox.receivedAt) }).from(inbox);
    if (!row?.at)
      return failing(
        words("已订阅，但还没有收到过任何事件", "subscribed, but no event has come yet"),
        words(
          "在开发者后台检查事件请求地址、Encrypt Key 和已添加的事件，然后改一条记录试试",
          "check request address, encrypt key and events in the developer console, then change a record to try",
        ),
      );
    const hours = Math.round((patient.now - row.at) / 3_600_000);
    return fine(`最近一次事件在 ${hours} 小时前`, `the last event came ${hours} h ago`);
  },
};

export const drift: CheckDefinition = {
  id: "drift",
  title: words("表结构", "Tables as expected"),
  async look({ feishu, workspace }) {
    const { drift: found } = await findDrift(feishu.bases, workspace.mapping);
    const harmless = found.filter(({ what }) => what === "renamed");
    const bad = found.filter(({ what }) => what !== "renamed");
    if (bad.length === 0)
      return fine(
        harmless.length > 0 ? `有 ${harmless.length} 处改名，已经认得` : "与约定一致",
        harmless.length > 0 ? `${harmless.length} renamed, and known` : "as the schema says",
      );
    const place = ({ table, field, expected, actual }: (typeof bad)[number]) =>
      `${anyTables[table].names[workspace.language]}${field ? `.${field}` : ""}: ${expected} → ${actual || "∅"}`;
    const list = bad.slice(0, 10).map(place).join("; ");
    return failing(
      words(`${bad.length} 处不一致：${list}`, `${bad.length} differences: ${list}`),
      words(
        "缺少的运行 lectern provision 补上；类型不对的列请改名后再运行",
        "run lectern provision for what is missing; rename columns of the wrong type and run it again",
      ),
    );
  },
};

/** tables.md §0: warn at 15,000 rows; optional copies stop at 19,000 (1254103 speaks of 20,000). */
const WARN_ROWS = 15_000;
/** Share of the month's calls at which to say so. */
const WARN_CALLS = 0.8;

export const limits: CheckDefinition = {
  id: "limits",
  title: words("用量", "Use against limits"),
  async look({ feishu, db, workspace, monthlyQuota }) {
    const rows = await db
      .select({ table: record.table, n: count() })
      .from(record)
      .where(eq(record.workspace, workspace.id))
      .groupBy(record.table);
    const [entries] = await db.select({ n: count() }).from(ledger).where(eq(ledger.workspace, workspace.id));
    const counts = [...rows, { table: "ledger", n: entries?.n ?? 0 }];
    const full = counts.filter(({ n }) => n >= WARN_ROWS).map(({ table, n }) => `${table} ${n}`);
    const { callsThisMonth } = await feishu.health();
    const share = monthlyQuota === null ? null : callsThisMonth / monthlyQuota;
    const most = counts.reduce((best, row) => (row.n > best.n ? row : best), { table: "-", n: 0 });
    const calls = `${callsThisMonth}${monthlyQuota === null ? "" : `/${monthlyQuota}`}`;
    const detail = words(
      `最大的表 ${most.table} ${most.n} 行；本进程本月调用 ${calls} 次`,
      `largest table ${most.table}: ${most.n} rows; calls of this process this month: ${calls}`,
    );
    if (full.length > 0)
      return failing(
        words(`接近行数上限：${full.join("、")}`, `close to the row limit: ${full.join(", ")}`),
        words(
          "导出 13 个月前的评分和流水，再从表里移除；PostgreSQL 里都还在",
          "export ratings and ledger rows older than 13 months and remove them from the Base; PostgreSQL keeps them",
        ),
      );
    if (share !== null && share >= WARN_CALLS)
      return failing(detail, words("升级套餐，或调低同步频率", "change the plan, or sync less often"));
    return { ok: true, detail };
  },
};

export const advanced: CheckDefinition = {
  id: "advanced",
  title: words("高级权限", "Advanced permissions"),
  async look({ feishu, workspace }) {
    const { isAdvanced } = await feishu.bases.getApp(workspace.appToken);
    if (!isAdvanced)
      return {
        ok: true,
        detail: words(
          "未启用：能编辑「讲台」的人可以改每一行；不该发生的修改会提醒管理员",
          "not in force: who may edit the Base may edit every row; changes that cannot be are told to the admin",
        ),
        next: words(
          "套餐支持时，可运行 lectern provision --advanced 启用并建好角色",
          "where the plan has them, lectern provision --advanced switches them on and makes the roles",
        ),
      };
    const roles = await feishu.bases.listRoles(workspace.appToken);
    const lecturer = roles.find(({ role_name }) => isNamed(role_name, roleNames.lecturer));
    if (!lecturer)
      return failing(
        words("已启用，但没有讲师角色", "in force, but there is no role for lecturers"),
        words("运行 lectern provision", "run lectern provision"),
      );
    const open = (Object.keys(ownerFields) as TableKey[]).filter(
      (key) => !hasRowRule(lecturer.table_roles, workspace.mapping.tables[key]?.tableId),
    );
    if (open.length === 0)
      return fine("已启用，讲师只能改自己的行", "in force; lecturers edit only their own rows");
    const rule = (key: TableKey) => {
      const place = workspace.mapping.tables[key];
      return `「${place?.name ?? key}」：${place?.fields[ownerFields[key] ?? ""]?.name ?? ownerFields[key]} = 访问者本人`;
    };
    return failing(
      words(
        `已启用，但这些表还没有行规则：${open.join("、")}`,
        `in force, but without a row rule: ${open.join(", ")}`,
      ),
      words(
        `在高级权限的讲师角色里手动设置：${open.map(rule).join("；")}`,
        `set by hand in the lecturers' role: ${open.map((key) => `${key}: ${ownerFields[key]} contains the visitor`).join("; ")}`,
      ),
    );
  },
};

function hasRowRule(tables: readonly Record<string, unknown>[], tableId: string | undefined): boolean {
  const found = tables.find((table) => table["table_id"] === tableId);
  const rule = found?.["rec_rule"] as { conditions?: unknown[] } | null | undefined;
  return (rule?.conditions?.length ?? 0) > 0;
}

export const calendar: CheckDefinition = {
  id: "calendar",
  title: words("日历", "Calendar"),
  async look({ feishu, workspace }) {
    const make = words(
      "重启服务器，或在设置里重新建共享日历",
      "restart the server, or make the shared calendar anew in the settings",
    );
    if (!workspace.calendarId) return failing(words("还没有共享日历", "there is no shared calendar"), make);
    const { role, summary } = await feishu.calendar.getCalendar(workspace.calendarId);
    if (role !== undefined && role !== "owner" && role !== "writer")
      return failing(
        words(`应用在「${summary}」里只是 ${role}`, `the app is only ${role} of ${summary}`),
        make,
      );
    const admins = new Set(
      (await feishu.calendar.listAcls(workspace.calendarId)).map(({ openId }) => openId),
    );
    const without = workspace.admins.filter((admin) => !admins.has(admin));
    if (without.length > 0)
      return {
        ok: true,
        detail: words(
          `「${summary}」可用；${without.length} 位管理员不能编辑`,
          `${summary} works; ${without.length} admins cannot edit it`,
        ),
        next: words("把管理员加为日历的编辑者", "make the admins writers of the calendar"),
      };
    return fine(`「${summary}」可用`, `${summary} works`);
  },
};
