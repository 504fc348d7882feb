import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf } from "#test/support/api.ts";
import { ADMIN, learner, lecturer, startCompany, type Company } from "#test/support/company.ts";
import { APP_ID } from "#test/support/sandbox.ts";

let company: Company;
beforeAll(async () => {
  company = await startCompany({ lecturers: 2, learners: 2 });
}, 180_000);
afterAll(() => company?.close());

async function emptyBase(name: string, owner: string, app = true): Promise<string> {
  const { app_token } = (await company.wire.post("/sandbox/bases", {
    name,
    owner,
    time_zone: "Asia/Shanghai",
  })) as { app_token: string };
  if (app) await member(app_token, APP_ID, "app");
  return app_token;
}
const member = (base: string, id: string, type: "app" | "user" | "chat", perm = "full_access") =>
  company.wire.post(`/sandbox/bases/${base}/members`, { member_id: id, type, perm });

type Answer = { state: string; made: number; left: string[] };
type Check = { name: string | null; app: boolean; person: boolean; others: number; next: string | null };

const check = async (as: string, base: string) =>
  (await (await apiOf(company, as)).setup.check.$post({ json: { base } })).json() as Promise<Check>;

test("a Base without the app says how to add it; somebody who does not manage it learns nothing of it", async () => {
  const bare = await emptyBase("空表", ADMIN, false);
  expect(await check(ADMIN, bare)).toMatchObject({
    app: false,
    next: expect.stringContaining("添加文档应用"),
  });
  const own = await emptyBase("别人的表", ADMIN);
  await member(own, lecturer(1), "user", "edit");
  for (const person of [learner(1), lecturer(1)]) {
    const seen = await check(person, own);
    expect(seen).toMatchObject({ name: null, person: false, next: expect.stringContaining("可管理") });
  }
  expect(await check(ADMIN, own)).toMatchObject({ name: "别人的表", app: true, person: true, next: null });
});

test("only who manages both Bases sets them up, whatever they claim", async () => {
  const [shared, admin] = [await emptyBase("讲台", ADMIN), await emptyBase("讲台·管理", lecturer(2))];
  const stranger = await (await apiOf(company, learner(1))).setup.$post({ json: { shared, admin } });
  expect(stranger.status).toBe(403);
  // Of one of them only.
  const half = await (await apiOf(company, ADMIN)).setup.$post({ json: { shared, admin } });
  expect(half.status).toBe(403);
  const same = await (await apiOf(company, ADMIN)).setup.$post({ json: { shared, admin: shared } });
  expect(same.status).toBe(400);
  const nonsense = await (
    await apiOf(company, ADMIN)
  ).setup.check.$post({ json: { base: "https://x.cn/!" } });
  expect(nonsense.status).toBe(400);
});

test("a Base in use is not taken for another workspace", async () => {
  const fresh = await emptyBase("新表", ADMIN);
  const api = await apiOf(company, ADMIN);
  const taken = await api.setup.$post({ json: { shared: company.shared, admin: fresh } });
  expect(taken.status).toBe(409);
  const swapped = await api.setup.$post({ json: { shared: fresh, admin: company.admin } });
  expect(swapped.status).toBe(409);
});

test(
  "two empty Bases become a workspace in trial, and who set it up runs it",
  { timeout: 120_000 },
  async () => {
    const shared = await emptyBase("讲台", lecturer(1));
    const admin = await emptyBase("讲台·管理", lecturer(1));
    const api = await apiOf(company, lecturer(1), shared);
    expect(await (await api.me.$get()).json()).toEqual({ setUp: false });
    const link = `https://demo.feishu.cn/base/${admin}?table=tblx`;
    const begun = await api.setup.$post({ json: { shared, admin: link } });
    expect(begun.status).toBe(202);
    let state: Answer = { state: "none", made: 0, left: [] };
    const seen = new Set<number>();
    for (let turn = 0; turn < 400 && !["done", "failed"].includes(state.state); turn++) {
      await company.advance(2000);
      state = (await (await api.setup[":base"].$get({ param: { base: shared } })).json()) as Answer;
      seen.add(state.made);
    }
    expect(state.state).toBe("done");
    expect(state.made).toBeGreaterThan(40);
    expect(seen.size).toBeGreaterThan(3);
    // What the API cannot do is left, in words.
    expect(state.left.join()).toContain("看板");
    const me = (await (await api.me.$get()).json()) as Record<string, unknown>;
    expect(me).toMatchObject({ roles: { admin: true }, workspace: { shared, admin } });
    // Others hear nothing of it.
    const other = await (
      await apiOf(company, learner(1), shared)
    ).setup[":base"].$get({ param: { base: shared } });
    expect(await other.json()).toEqual({ state: "done", made: 0, left: [] });
    const dump = (await company.wire.get(`/sandbox/bases/${admin}/dump`)) as { tables: { name: string }[] };
    expect(dump.tables.map(({ name }) => name)).toContain("激励规则");
    const steps = (await (await api.start.$get()).json()) as Record<string, unknown>;
    expect(steps).toMatchObject({ groups: [], lecturers: 0, coming: 0 });
  },
);
