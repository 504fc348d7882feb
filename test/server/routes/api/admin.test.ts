import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readSheet } from "#server/services/lecturers/import.ts";
import { apiOf } from "#test/support/api.ts";
import {
  ADMIN,
  learner,
  LEARNERS_CHAT,
  lecturer,
  LECTURERS_CHAT,
  MANAGER,
  startCompany,
  type Company,
} from "#test/support/company.ts";

type Api = Awaited<ReturnType<typeof apiOf>>;
let company: Company;
let api: Api;
let acts = 0;
const act = () => `act-${String(++acts).padStart(6, "0")}`;
/** A text cell as people read it. */
const said = (cell: unknown) =>
  Array.isArray(cell)
    ? cell.map((part: { text?: string }) => part.text ?? "").join("")
    : typeof cell === "string"
      ? cell
      : "";
const row = async (table: string, field: string, value: string) =>
  (await company.rows(table)).find(({ fields }) => said(fields[field]) === value);

beforeAll(async () => {
  company = await startCompany({ lecturers: 3, learners: 6 });
}, 180_000);
// A sign-in is short, and hours pass between the tests.
beforeEach(async () => {
  api = await apiOf(company, ADMIN);
});
afterAll(() => company?.close());

test("every door is closed to those who do not run the programme", async () => {
  for (const person of [lecturer(1), MANAGER]) {
    const theirs = await apiOf(company, person);
    const replies = await Promise.all([
      theirs.start.$get(),
      theirs.chats.$get(),
      theirs.groups.$get(),
      theirs.groups[":id"].state.$post({ param: { id: company.group }, json: { to: "live" } }),
      theirs.imports.$get(),
      theirs.imports.preview.$post({ json: { kind: "lecturers", from: { text: "姓名\n某人" } } }),
      theirs.lecturers.$get(),
      theirs.lecturers[":id"].points.$post({
        param: { id: company.lecturers[0]! },
        json: { points: 5, reason: "我要", act: act() },
      }),
      theirs.demand.$get(),
      theirs.rules.$get(),
      theirs.messages.$get(),
      theirs.messages.try.$post({ json: { template: "invite", act: act() } }),
      theirs.settings.$get(),
      theirs.settings.$post({ json: { key: "minimum", value: "3", act: act() } }),
      theirs.settings.admins.$post({ json: { person, to: "add" } }),
      theirs.rows.$post({ json: { table: "rules", record: null, fields: { name: "x" }, act: act() } }),
      theirs.report.$get(),
      theirs.report.export.$get({ query: { format: "csv" } }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 403));
  }
  await company.settle();
  expect(await company.rows("积分流水")).toEqual([]);
});

describe("chats and groups", () => {
  test("only chats that the bot and the admin are in can be chosen", async () => {
    expect(await (await api.chats.$get()).json()).toEqual([
      expect.objectContaining({ id: LECTURERS_CHAT, name: "专业知识讲师群" }),
      expect.objectContaining({ id: LEARNERS_CHAT, name: "专业知识学员群" }),
    ]);
    const group = {
      name: "客户维护技巧",
      chat: LECTURERS_CHAT,
      audience: ["oc_somebody_elses"],
      frequency: "weekly",
      weekdays: ["tue"],
      startTime: "15:00",
      minutes: 45,
    } as const;
    const strange = await api.groups.$post({
      json: { ...group, audience: [...group.audience], weekdays: ["tue"], act: act() },
    });
    expect(strange.status).toBe(400);
    const good = { ...group, audience: [LEARNERS_CHAT], weekdays: ["tue" as const], act: act() };
    expect((await api.groups.$post({ json: good })).status).toBe(202);
    // The same tap again, after a dropped connection.
    expect((await api.groups.$post({ json: good })).status).toBe(202);
    await company.advance(5_000);
    const groups = await (await api.groups.$get()).json();
    expect(groups.map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
      "专业知识 trial",
      "客户维护技巧 trial",
    ]);
    expect(groups.find(({ name }) => name === "客户维护技巧")).toMatchObject({
      chat: { id: LECTURERS_CHAT, name: "专业知识讲师群", inChat: true },
      weekdays: ["tue"],
      startTime: "15:00",
      lecturers: 0,
      missing: [],
    });
  });

  test("before going live one sees who gets what; paused and back", async () => {
    await company.advanceTo("2026-11-30T10:00:00+08:00");
    await company.press(ADMIN, "发布并通知");
    await company.advance(60_000);
    api = await apiOf(company, ADMIN);
    const coming = await (await api.groups[":id"].coming.$get({ param: { id: company.group } })).json();
    expect(coming.length).toBeGreaterThan(3);
    expect(coming.map(({ template }) => template)).toEqual(
      expect.arrayContaining(["invite", "content.missing", "day-of", "check-in", "rate", "echo"]),
    );
    expect(coming.map(({ at }) => at)).toEqual(coming.map(({ at }) => at).sort((a, b) => a - b));
    // Publishing was an act of the admin's.
    const { figures } = await (await api.report.$get()).json();
    expect(figures.find(({ group }) => group === null)?.coordination.acts).toBe(1);
    const state = async () =>
      (await (await api.groups.$get()).json()).find(({ id }) => id === company.group)?.state;
    for (const to of ["live", "paused", "trial"] as const) {
      const reply = await api.groups[":id"].state.$post({ param: { id: company.group }, json: { to } });
      expect(reply.status).toBe(200);
      expect(await state()).toBe(to);
    }
    const gone = await api.groups[":id"].state.$post({ param: { id: "recNone" }, json: { to: "live" } });
    expect(gone.status).toBe(404);
  });
});

describe("lecturers", () => {
  test("a pasted sheet is previewed with its errors row by row, imported, and undone as one batch", async () => {
    const text = "讲师姓名\t群\t期初积分\n学员1\t专业知识\t2\n查无此人\t专业知识\t1\n学员2\t没有这个群\t";
    const json = { kind: "lecturers" as const, from: { text } };
    // Learners are in no lecturers' chat: found by open_id only.
    const preview = await (await api.imports.preview.$post({ json })).json();
    expect(preview).toMatchObject({ batch: null, rows: 3, headings: ["讲师姓名", "群", "期初积分"] });
    expect(preview.errors.map(({ row: at, column }) => `${at} ${column}`)).toContain("4 群");
    const sheet = `姓名,账号,讲师群,期初积分\n学员1,${learner(1)},专业知识,2\n学员2,${learner(2)},专业知识,\n乱填,不是账号,专业知识,`;
    const file = Buffer.from(sheet, "utf8").toString("base64");
    const report = await (await api.imports.$post({ json: { kind: "lecturers", from: { file } } })).json();
    expect(report).toMatchObject({ creates: { lecturers: 2, ledger: 1 }, errors: [{ row: 4 }] });
    await company.advance(5_000);
    const lines = await (await api.lecturers.$get()).json();
    expect(lines.find(({ name }) => name === "学员1")).toMatchObject({
      points: 200,
      groups: [company.group],
    });
    expect(await company.inboxOf(learner(1))).toEqual([]);
    const undone = await api.imports[":batch"].undo.$post({ param: { batch: report.batch! } });
    expect(await undone.json()).toMatchObject({ removed: { lecturers: 2 } });
    await company.advance(5_000);
    expect((await (await api.lecturers.$get()).json()).some(({ name }) => name === "学员1")).toBe(false);
    const batches = await (await api.imports.$get()).json();
    expect(batches[0]).toMatchObject({ kind: "lecturers", by: "小陈" });
    expect(batches[0]!.undoneAt).not.toBeNull();
  });

  test("members of a chat come in; of a chat one is not in, nobody", async () => {
    const closed = await api.imports.$post({ json: { kind: "chat", chatId: "oc_closed", groups: [] } });
    expect(closed.status).toBe(403);
    const json = { kind: "chat" as const, chatId: LECTURERS_CHAT, groups: [company.group] };
    const preview = await (await api.imports.preview.$post({ json })).json();
    // The three lecturers are there already; the admin sits in the chat too.
    expect(preview).toMatchObject({ creates: { lecturers: 1 } });
    expect(preview.skipped).toHaveLength(3);
  });

  test("points are corrected with a reason and a name, once", async () => {
    const id = company.lecturers[0]!;
    const json = { points: 1.5, reason: "补记 10 月的一场", act: act() };
    for (let turn = 0; turn < 2; turn++) await api.lecturers[":id"].points.$post({ param: { id }, json });
    const detail = await (await api.lecturers[":id"].$get({ param: { id } })).json();
    expect(detail.entries).toEqual([
      expect.objectContaining({ kind: "adjust", points: 150, reason: "补记 10 月的一场", by: "小陈" }),
    ]);
    const none = await api.lecturers[":id"].points.$post({
      param: { id },
      json: { points: 1, reason: " ", act: act() },
    });
    expect(none.status).toBe(400);
  });

  test("weight and opening turns go into the private Base", async () => {
    const id = company.lecturers[1]!;
    const wrong = await api.lecturers[":id"].profile.$post({
      param: { id },
      json: { weight: 0, act: act() },
    });
    expect(wrong.status).toBe(400);
    await api.lecturers[":id"].profile.$post({ param: { id }, json: { weight: 0.5, credit: 3, act: act() } });
    await company.advance(5_000);
    const profile = await row("讲师档案", "讲师", "王芳");
    expect(profile?.fields).toMatchObject({ 权重: 0.5, 期初场次: 3 });
    const line = (await (await api.lecturers.$get()).json()).find((one) => one.id === id);
    expect(line).toMatchObject({ weight: 0.5, credit: 3 });
  });
});

describe("rules", () => {
  test("a change is shown in words and by its effect before it is saved; what cannot be used is refused", async () => {
    const rules = await (await api.rules.$get()).json();
    const share = rules.find(({ fields }) => fields.name === "每次分享")!;
    expect(share.sentence).toContain("加 0.5 分");
    const preview = await (
      await api.rules.preview.$post({ json: { record: share.id, fields: { points: 0.8 } } })
    ).json();
    expect(preview).toMatchObject({
      sentence: expect.stringContaining("加 0.8 分"),
      problem: null,
      effect: { from: "2026-12-01", quarters: 2, before: 0, after: 0, gain: [], lose: [] },
    });
    const bad = await (
      await api.rules.preview.$post({ json: { record: share.id, fields: { trigger: "rank" } } })
    ).json();
    expect(bad).toMatchObject({ effect: null, problem: expect.stringContaining("排名方式") });
    const refused = await api.rows.$post({
      json: { table: "rules", record: share.id, fields: { trigger: "rank" }, act: act() },
    });
    expect(refused.status).toBe(400);
    const saved = await api.rows.$post({
      json: { table: "rules", record: share.id, fields: { points: 0.8 }, act: act() },
    });
    expect(saved.status).toBe(202);
    await company.advance(10_000);
    expect((await row("激励规则", "名称", "每次分享"))?.fields["积分"]).toBe(0.8);
    const after = (await (await api.rules.$get()).json()).find(({ id }) => id === share.id)!;
    expect(after.versions.map(({ version, from, to }) => [version, from, to])).toEqual([
      [1, null, "2026-11-30"],
      [2, "2026-12-01", null],
    ]);
    expect((await company.inboxOf(ADMIN)).some(({ texts }) => texts.join().includes("新规则从"))).toBe(true);
  });

  test("only what people write is written", async () => {
    const [rule] = await (await api.rules.$get()).json();
    const reply = await api.rows.$post({
      json: { table: "rules", record: rule!.id, fields: { version: 9 }, act: act() },
    });
    expect(reply.status).toBe(400);
    const table = await fetch(`${company.server.url}/api/rows`, { method: "POST" });
    expect(table.status).toBe(401);
  });
});

describe("messages", () => {
  test("a text is checked as the server checks the row; 恢复默认 and the switch are saved", async () => {
    const messages = await (await api.messages.$get()).json();
    const invite = messages.find(({ template }) => template === "invite")!;
    expect(invite).toMatchObject({ on: true, to: "lecturer", pending: false });
    const save = (fields: Record<string, string | boolean>) =>
      api.rows.$post({ json: { table: "messages", record: invite.record, fields, act: act() } });
    const wrong = await save({ text: "{讲师},您好\n{没有这个}\n[可以] [换个时间] [这次不行]" });
    expect(wrong.status).toBe(400);
    expect(((await wrong.json()) as unknown as { error: { message: string } }).error.message).toContain(
      "没有这个占位符",
    );
    await save({ text: invite.text.replace("您好", "早上好"), on: false });
    // Seen at once, though the Base has it a moment later.
    const now = (await (await api.messages.$get()).json()).find(({ template }) => template === "invite");
    expect(now).toMatchObject({ on: false, text: expect.stringContaining("早上好") });
    await company.advance(10_000);
    const cell = (await row("消息与提醒", "标识", "invite"))?.fields;
    expect(said(cell?.["文案"])).toContain("早上好");
    expect(cell?.["启用"]).not.toBe(true);
  });

  test("发给我试试 sends to the admin alone, marked, also when switched off, with words not saved yet", async () => {
    const before = (await company.messages()).length;
    const messages = await (await api.messages.$get()).json();
    const invite = messages.find(({ template }) => template === "invite")!;
    const text = invite.text.replace(/早上好|您好/, "下午好");
    const json = { template: "invite" as const, text, textEn: invite.textEn, act: act() };
    for (let turn = 0; turn < 2; turn++) expect((await api.messages.try.$post({ json })).status).toBe(202);
    await company.advance(5_000);
    const fresh = (await company.messages()).slice(before);
    expect(fresh).toHaveLength(1);
    expect(fresh[0]).toMatchObject({ title: expect.stringContaining("想请您来分享") });
    expect(fresh[0]!.texts.join(" ")).toMatch(/试运行 · 本应发给 讲师/);
    expect(fresh[0]!.texts.join(" ")).toContain("下午好");
    expect(await company.inboxOf(lecturer(1))).toEqual([]);
  });

  test("every message can be tried", { timeout: 60_000 }, async () => {
    const before = (await company.messages()).length;
    const messages = await (await api.messages.$get()).json();
    for (const { template } of messages)
      expect((await api.messages.try.$post({ json: { template, act: act() } })).status).toBe(202);
    await company.advance(60_000);
    const fresh = (await company.messages()).slice(before);
    expect(fresh.filter(({ texts }) => texts.join().includes("试运行 · "))).toHaveLength(messages.length);
  });
});

describe("settings and those who run it", () => {
  test("a value is refused with what may stand there, or saved", async () => {
    const wrong = await api.settings.$post({ json: { key: "minimum", value: "1", act: act() } });
    expect(wrong.status).toBe(400);
    expect((await api.settings.$post({ json: { key: "nothing", value: "1", act: act() } })).status).toBe(404);
    await api.settings.$post({ json: { key: "minimum", value: "6", act: act() } });
    await company.advance(5_000);
    expect(said((await row("设置", "键", "minimum"))?.fields["值"])).toBe("6");
    const settings = await (await api.settings.$get()).json();
    expect(settings.find(({ key }) => key === "minimum")).toMatchObject({
      value: "6",
      standard: "5",
      section: "rating",
    });
    expect(new Set(settings.map(({ section }) => section)).size).toBe(12);
  });

  test("an admin is added and taken off, but never the last", async () => {
    const last = await api.settings.admins.$post({ json: { person: ADMIN, to: "remove" } });
    expect(last.status).toBe(400);
    await api.settings.admins.$post({ json: { person: lecturer(2), to: "add" } });
    expect((await (await apiOf(company, lecturer(2))).start.$get()).status).toBe(200);
    const { admins, others } = await (await api.settings.admins.$get()).json();
    expect(admins.map(({ name }) => name)).toEqual(["小陈", "王芳"]);
    expect(others.map(({ name }) => name)).toContain("学员1");
    await api.settings.admins.$post({ json: { person: lecturer(2), to: "remove" } });
    const nobody = await api.settings.admins.$post({ json: { person: "ou_nobody", to: "add" } });
    expect(nobody.status).toBe(400);
  });
});

test("what learners ask for, by topic, with the words; what no topic covers apart", async () => {
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 关键词: "投诉" }]);
  const wishes = ["客户投诉怎么安抚", "投诉升级怎么办", "储能方案怎么讲"];
  await company.add(
    "学员需求",
    wishes.map((text) => ({ 内容: text, 来源: "提问" })),
  );
  await company.advance(10_000);
  const found = await (await api.demand.$get()).json();
  const topic = found.topics.find(({ name }) => name === "客户投诉处理技巧");
  expect(topic).toMatchObject({ count: 2, trend: null });
  expect(topic?.share).toBeCloseTo(2 / 3);
  expect(topic?.examples.map(({ text }) => text).sort()).toEqual(
    ["客户投诉怎么安抚", "投诉升级怎么办"].sort(),
  );
  expect(found.unclassified.map(({ text }) => text)).toEqual(["储能方案怎么讲"]);
});

test("the report has counts beside rates, the baseline apart, and comes as a file", async () => {
  const text =
    "指标,值,日期,来源\n主动分享率,70%,2026-10-31,人事部统计\n学员满意度,4.2,2026-10-31,人事部统计";
  await api.imports.$post({ json: { kind: "baseline", from: { text } } });
  const found = await (await api.report.$get()).json();
  expect(found.months).toEqual(["2026-11"]);
  expect(found.baseline).toMatchObject({ proactive: 0.7, satisfaction: 4.2, source: "人事部统计" });
  expect(found.figures.find(({ group }) => group === null)).toMatchObject({
    proactive: { share: null, n: 0, of: 0 },
  });
  const file = (format: "csv" | "xlsx") => api.report.export.$get({ query: { format } });
  const csv = await (await file("csv")).text();
  expect(csv).toContain("月份,讲师群,阶段");
  expect(csv).toContain("上线前（自报）,0.7");
  const xlsx = new Uint8Array(await (await file("xlsx")).arrayBuffer());
  const { header, rows } = await readSheet(xlsx);
  expect(header.slice(0, 2)).toEqual(["月份", "讲师群"]);
  expect(rows.at(1)?.cells.slice(0, 2)).toEqual(["2026-11", "全部"]);
});
