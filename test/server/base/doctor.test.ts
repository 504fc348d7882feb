import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decode } from "#base/codec.ts";
import { locate } from "#base/mapping.ts";
import type { TableKey } from "#base/index.ts";
import { inbox, record } from "#server/db/schema.ts";
import { doctor, type CheckResult } from "#server/services/base/doctor.ts";
import { addRow, type OnCompany, onCompany } from "./company.ts";

let on: OnCompany;
beforeAll(async () => {
  on = await onCompany();
  const { feishu, workspace, now, db } = on.ctx;
  const calendar = await feishu.calendar.createCalendar({ summary: "讲台" });
  workspace.calendarId = calendar.calendarId;
  for (const admin of workspace.admins) await feishu.calendar.addAcl(calendar.calendarId, admin, "writer");
  await db.insert(inbox).values({ eventId: "e1", type: "t", payload: {}, eventAt: now, receivedAt: now });
});
afterAll(() => on.close());
beforeEach(() => cache("groups"));

/** What the sweep would have read. */
async function cache(table: TableKey): Promise<void> {
  const { db, feishu, workspace, now } = on.ctx;
  await db.delete(record).where(eq(record.table, table));
  for (const { recordId, fields } of await feishu.records.search(locate(workspace.mapping, table))) {
    const { row } = decode(workspace.mapping, table, fields);
    await db.insert(record).values({ workspace: workspace.id, table, id: recordId, row, modifiedAt: now });
  }
}

async function look(more: object = {}): Promise<Record<string, CheckResult>> {
  const { feishu, db, now, workspace } = on.ctx;
  const results = await doctor({ feishu, db, now, workspace, monthlyQuota: null, ...more });
  return Object.fromEntries(results.map((result) => [result.check, result]));
}

describe("doctor", () => {
  it("finds nothing wrong with a workspace that is set up, and says which permissions are in force", async () => {
    const checks = await look();
    expect(Object.values(checks).filter(({ ok }) => !ok)).toEqual([]);
    expect(Object.keys(checks)).toEqual([
      "database",
      "token",
      "clock",
      "scopes",
      "access",
      "readers",
      "drift",
      "events",
      "advanced",
      "chats",
      "reach",
      "calendar",
      "limits",
    ]);
    expect(checks["advanced"]?.detail).toContain("未启用");
    expect(checks["access"]?.detail).toBe("可以管理 「讲台」和「讲台·管理」");
  });

  it("says a next step for every failure", async () => {
    const { workspace, feishu } = on.ctx;
    const everythingFails = {
      ...workspace,
      appToken: "bascnGone",
      adminToken: "bascnGone",
      calendarId: null,
    };
    const results = await doctor({
      feishu,
      db: on.ctx.db,
      now: on.ctx.now,
      workspace: everythingFails,
      monthlyQuota: 1,
    });
    const failed = results.filter(({ ok }) => !ok);
    expect(failed.map(({ check }) => check)).toEqual(
      expect.arrayContaining(["access", "readers", "calendar", "limits"]),
    );
    for (const { next } of failed) expect(next).toBeTruthy();
  });

  it("names a scope the tenant's admin did not grant", async () => {
    const app = on.sandbox.kernel.apps[on.company.app.app_id];
    if (!app) throw new Error("no app");
    const granted = app.tenantScopes;
    app.tenantScopes = granted.filter((scope) => !scope.startsWith("contact:"));
    const { scopes } = await look();
    app.tenantScopes = granted;
    expect(scopes).toMatchObject({ ok: false, next: expect.stringContaining("manifest.json") as string });
    expect(scopes?.detail).toContain("contact:");
  });

  it("names who else can open the admin Base", async () => {
    const learner = on.company.org.people.find(({ role }) => role === "learner");
    const path = `/bases/${on.ctx.workspace.adminToken}/members`;
    await on.sandbox.lever("POST", path, { member_id: learner?.open_id, type: "user", perm: "view" });
    const { readers } = await look();
    await on.sandbox.lever("POST", path, { member_id: learner?.open_id, type: "user", perm: "none" });
    expect(readers).toMatchObject({ ok: false });
    expect(readers?.detail).toContain("view");
    expect((await look())["readers"]?.ok).toBe(true);
  });

  it("names chats the bot is not in, and people out of reach", async () => {
    const chat = "oc_00000000000000000000000000000001";
    const [admin = ""] = on.ctx.workspace.admins;
    await on.sandbox.lever("POST", "/chats", {
      chat_id: chat,
      name: "新群",
      owner: admin,
      members: [admin],
      bots: [],
    });
    await addRow(on.ctx, "groups", { name: "新群", chat });
    await cache("groups");
    const { db, workspace, now } = on.ctx;
    const row = { name: "已离职的人", state: "active", person: "ou_nobody" };
    await db
      .insert(record)
      .values({ workspace: workspace.id, table: "lecturers", id: "rec1", row, modifiedAt: now });
    const { chats, reach } = await look();
    expect(chats).toMatchObject({ ok: false, detail: expect.stringContaining("新群") as string });
    expect(reach).toMatchObject({ ok: false, detail: "应用看不到：已离职的人" });
  });

  it("tells drift and a subscription that is gone", async () => {
    const { workspace, feishu } = on.ctx;
    const state = workspace.mapping.tables.topics?.fields["state"];
    const ref = locate(workspace.mapping, "topics");
    const real = (await feishu.bases.listFields(ref)).find(({ field_id }) => field_id === state?.id);
    const options = (real?.property?.["options"] ?? []) as { name: string }[];
    const fewer = { ...real?.property, options: options.filter(({ name }) => name !== "停用") };
    await feishu.bases.updateField(ref, state?.id ?? "", { field_name: "状态", type: 3, property: fewer });
    await on.sandbox.api(
      "DELETE",
      `/drive/v1/files/${workspace.appToken}/delete_subscribe`,
      undefined,
      { file_type: "bitable" },
      await tokenOf(),
    );
    const { drift, events } = await look();
    expect(drift).toMatchObject({ ok: false, next: expect.stringContaining("lectern provision") as string });
    expect(drift?.detail).toContain("停用");
    expect(events).toMatchObject({ ok: false, next: "运行 lectern provision" });
  });

  it("warns before the month's calls or a table's rows run out", async () => {
    expect((await look({ monthlyQuota: 10 }))["limits"]).toMatchObject({
      ok: false,
      next: "升级套餐，或调低同步频率",
    });
  });

  it("asks for row rules by hand where advanced permissions are in force", async () => {
    await on.ctx.feishu.bases.updateApp(on.ctx.workspace.appToken, { isAdvanced: true });
    expect((await look())["advanced"]).toMatchObject({ ok: false, next: "运行 lectern provision" });
  });
});

async function tokenOf(): Promise<string> {
  const { app } = on.company;
  const reply = await fetch(`${on.sandbox.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ app_id: app.app_id, app_secret: app.app_secret }),
  });
  return ((await reply.json()) as { tenant_access_token: string }).tenant_access_token;
}
