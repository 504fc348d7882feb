import { afterAll, beforeAll, expect, test } from "vitest";
import { APP_ID, type TestSandbox } from "#test/support/sandbox.ts";
import { type AppServer, startAppServer } from "../core/app-server.ts";
import { LIN, pass, START, startCompany, SU } from "../im/company.ts";

let sandbox: TestSandbox;
let app: AppServer;

beforeAll(async () => {
  sandbox = await startCompany({ apps: [{ appId: APP_ID, encryptKey: "k" }] });
  app = await startAppServer("k");
  await sandbox.lever("POST", "/apps", { appId: APP_ID, eventUrl: `${app.url}/events` });
});
afterAll(async () => {
  await sandbox.close();
  await app.close();
});

const DAY = 86_400_000;
const query = (from: number, to: number, more: object = {}, type = "open_id") =>
  sandbox.api(
    "POST",
    "/attendance/v1/user_approvals/query",
    { user_ids: [LIN], check_date_from: from, check_date_to: to, ...more },
    { employee_type: type },
  );
const code = async (reply: ReturnType<typeof query>) => {
  const { json, status } = await reply;
  return `${json.code} ${status}`;
};
const leave = async (who: string, from: number | string, to: number | string, more: object = {}) =>
  (await sandbox.lever("POST", `/people/${who}/leave`, { from, to, ...more })).json as unknown as {
    approval_id: string;
    instance: string;
  };
const told = () =>
  app
    .events()
    .map(
      ({ message }) => message as { schema?: string; type?: string; uuid?: string; event: { type: string } },
    )
    .filter(({ type }) => type === "event_callback")
    .map(({ event }) => event);

test("the window: from at most tomorrow, to at most 30 days after it, days as yyyyMMdd", async () => {
  // Today is 2026-01-05.
  expect(await code(query(20260106, 20260205))).toBe("0 200");
  expect(await code(query(20260106, 20260206))).toBe("1220001 400");
  expect(await code(query(20260107, 20260107))).toBe("1220001 400");
  expect(await code(query(20260105, 20260104))).toBe("1220001 400");
  expect(await code(query(2026010, 20260104))).toBe("1220001 400");
  expect(await code(query(20260105, 20260105, { user_ids: [] }))).toBe("1220001 400");
  expect(await code(query(20260105, 20260105, { user_ids: Array.from({ length: 50 }, () => LIN) }))).toBe(
    "0 200",
  );
  expect(await code(query(20260105, 20260105, { user_ids: Array.from({ length: 51 }, () => LIN) }))).toBe(
    "1220001 400",
  );
  expect(await code(query(20260105, 20260105, { status: 9 }))).toBe("1220001 400");
  expect(await code(query(20260105, 20260105, {}, "union_id"))).toBe("1220001 400");
});

test("an approved leave shows on each of its days, by any kind of id, until it is revoked", async () => {
  const made = await leave(LIN, "2026-01-07 09:00:00", "2026-01-09 00:00:00", {
    type: "年假",
    reason: "回家",
  });
  const { json } = await query(20260105, 20260115);
  expect((json.data.user_approvals as { date: string }[]).map(({ date }) => date)).toEqual([
    "20260107",
    "20260108",
  ]);
  expect((json.data.user_approvals as object[])[0]).toMatchObject({
    user_id: LIN,
    outs: [],
    leaves: [
      {
        approval_id: made.approval_id,
        unit: 1,
        interval: 39 * 3600,
        start_time: "2026-01-07 09:00:00",
        end_time: "2026-01-09 00:00:00",
        i18n_names: { ch: "年假", en: "Annual leave" },
        reason: "回家",
        approve_pass_time: "2026-01-05 09:00:00",
      },
    ],
    time_zone: "Asia/Shanghai",
  });
  expect(
    (await query(20260105, 20260115, { user_ids: ["lin"] }, "employee_id")).json.data.user_approvals,
  ).toMatchObject([{ user_id: "lin" }, { user_id: "lin" }]);
  expect(
    (await query(20260109, 20260115).then(() => query(20260106, 20260106))).json.data.user_approvals,
  ).toEqual([]);
  expect(
    (await query(20260105, 20260105, { check_date_type: "CreateTime" })).json.data.user_approvals,
  ).toMatchObject([{ date: "20260105" }]);
  await sandbox.lever("POST", `/people/${LIN}/leave/${made.approval_id}/revoke`);
  expect((await query(20260105, 20260115)).json.data.user_approvals).toEqual([]);
  expect((await query(20260105, 20260115, { status: 3 })).json.data.user_approvals).toHaveLength(2);
});

test("a leave not yet approved is seen by nobody; approval sends two messages of the old schema, revocation one", async () => {
  await pass(sandbox, 1);
  const before = told().length;
  const made = await leave(SU, START + 2 * DAY, START + 3 * DAY, { approved: false, type: "病假" });
  await pass(sandbox, 1);
  expect(told().length).toBe(before);
  expect((await query(20260105, 20260115, { user_ids: [SU] })).json.data.user_approvals).toEqual([]);
  await sandbox.lever("POST", `/people/${SU}/leave/${made.approval_id}/approve`);
  await sandbox.lever("POST", `/people/${SU}/leave/${made.approval_id}/revoke`);
  await pass(sandbox, 1);
  const common = {
    instance_code: made.instance,
    open_id: SU,
    leave_start_time: "2026-01-07 09:00:00",
    leave_end_time: "2026-01-08 09:00:00",
  };
  expect(told().slice(before)).toMatchObject([
    {
      type: "leave_approval",
      ...common,
      employee_id: "su",
      leave_type: "病假",
      leave_unit: 1,
      leave_interval: 86_400,
    },
    { type: "leave_approvalV2", ...common, user_id: "su", leave_unit: "DAY" },
    { type: "leave_approval_revert", instance_code: made.instance },
  ]);
});

test("another system writes a leave: it counts at once, and an idempotent_id only once", async () => {
  const entry = {
    uniq_id: "1",
    unit: 1,
    interval: 28_800,
    start_time: "2026-01-12 09:00:00",
    end_time: "2026-01-12 18:00:00",
    i18n_names: { ch: "事假" },
    default_locale: "ch",
    reason: "搬家",
    idempotent_id: "x-1",
  };
  const write = (more: object = {}) =>
    sandbox.api(
      "POST",
      "/attendance/v1/user_approvals",
      { user_approval: { user_id: SU, date: "20260112", leaves: [{ ...entry, ...more }] } },
      { employee_type: "open_id" },
    );
  const first = await write();
  const second = await write();
  expect(first.json.data.user_approval).toMatchObject({ leaves: [{ reason: "搬家" }] });
  expect(second.json.data).toEqual(first.json.data);
  expect((await query(20260105, 20260115, { user_ids: [SU] })).json.data.user_approvals).toMatchObject([
    { date: "20260112", leaves: [{ reason: "搬家" }] },
  ]);
  expect(await code(write({ end_time: "2026-01-12 08:00:00", idempotent_id: "x-2" }))).toBe("1220001 400");
});
