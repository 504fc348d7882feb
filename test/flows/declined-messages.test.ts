import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf } from "#test/support/api.ts";
import { browserOf } from "#test/support/browser.ts";
import { learner, lecturer, MANAGER, startCompany, type Company } from "#test/support/company.ts";
import { addHeld, query, setLive } from "#test/support/held.ts";

let company: Company;
beforeAll(async () => {
  company = await startCompany({ lecturers: 2, learners: 6 });
  await setLive(company);
  await company.advanceTo("2026-12-01T15:50:00+08:00");
}, 180_000);
afterAll(() => company?.close());

const titles = async (person: string) => (await company.inboxOf(person)).map(({ title }) => title);
const held = (title: string, start: string) =>
  addHeld(company, [{ title, start, lecturer: 0, present: [1, 2, 3, 4, 5, 6].map(learner) }]);

test("a learner who wants no more ratings is not asked, everybody else is; wanting them again brings them back", async () => {
  const phone = browserOf(company);
  await phone.signIn(learner(1));
  const page = await phone.get("/m/messages");
  expect(page.text).toContain("不再给我发这类消息");
  expect(page.text).not.toContain("学员的回响");
  const workspace = /name="workspace" value="([^"]+)"/.exec(page.text)![1]!;
  await phone.post("/m/messages", { workspace, kind: "rate", wanted: "no" });
  expect((await phone.get("/m/messages")).text).toContain("已经不发了");
  await held("客户维护技巧", "2026-12-01T15:00:00+08:00");
  expect(await titles(learner(1))).toEqual([]);
  expect(await titles(learner(2))).toEqual(["《客户维护技巧》对你有用吗?"]);

  await phone.post("/m/messages", { workspace, kind: "rate", wanted: "yes" });
  await company.advanceTo("2026-12-08T15:50:00+08:00");
  await held("投诉处理", "2026-12-08T15:00:00+08:00");
  expect(await titles(learner(1))).toContain("《投诉处理》对你有用吗?");
});

test("what is not among the kinds, or of another role, is refused and nothing is kept", async () => {
  const phone = browserOf(company);
  await phone.signIn(learner(2));
  const workspace = /name="workspace" value="([^"]+)"/.exec((await phone.get("/m/messages")).text)![1]!;
  expect((await phone.post("/m/messages", { workspace, kind: "invite", wanted: "no" })).status).toBe(403);
  expect(await query(company, "select 1 from opt_out where person = $1", [learner(2)])).toEqual([]);
});

test("a lecturer's choice in the sidebar stands, and an echo declined is not sent", async () => {
  const api = await apiOf(company, lecturer(1));
  const kinds = async () => {
    const reply = await api.preferences.$get();
    return (await reply.json()).messages;
  };
  expect((await kinds()).every(({ wanted }) => wanted)).toBe(true);
  expect((await kinds()).map(({ kind }) => kind)).not.toContain("team");
  const before = (await titles(lecturer(1))).length;
  await api.preferences.messages.$post({ json: { kind: "echo", wanted: false } });
  expect((await kinds()).find(({ kind }) => kind === "echo")).toEqual({ kind: "echo", wanted: false });
  // The next workday, when it would have come.
  await company.advanceTo("2026-12-09T18:00:00+08:00");
  expect((await titles(lecturer(1))).slice(before)).toEqual([]);
  const dropped = await query<{ template: string }>(
    company,
    "select effect->>'template' as template from outbox where person = $1 and state not in ('done', 'due')",
    [lecturer(1)],
  );
  expect(dropped.some(({ template }) => template.startsWith("echo"))).toBe(true);
});

test("a manager has a kind of their own", async () => {
  const phone = browserOf(company);
  await phone.signIn(MANAGER);
  expect((await phone.get("/m/messages")).text).toContain("团队每月小结");
});
