import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { baseline, importBatch, ledger, released } from "#server/db/schema.ts";
import { importData, readSheet, readText } from "#server/services/lecturers/import.ts";
import { knownRows } from "#server/services/lecturers/import-known.ts";
import type { SheetKind } from "#server/services/lecturers/import-columns.ts";
import { importedIds } from "#server/services/lecturers/import-store.ts";
import { undoImport } from "#server/services/lecturers/undo-import.ts";
import { type OnCompany, onCompany } from "../base/company.ts";
import { writesSince } from "../base/workspace.ts";

let on: OnCompany;
beforeAll(async () => {
  on = await onCompany();
});
afterAll(() => on.close());

const csv = async (name: string) =>
  readSheet(await readFile(new URL(`../../../sandbox/case/${name}.csv`, import.meta.url)));
const run = async (kind: SheetKind, options = {}) =>
  importData(on.ctx, { kind, sheet: await csv(kind) }, options);
const totalOf = async () =>
  (await on.ctx.db.select().from(ledger)).reduce((sum, { points }) => sum + points, 0);

describe("the case company's own sheets", () => {
  const batches: string[] = [];

  it("are previewed without a write", async () => {
    await on.mark();
    const preview = await run("lecturers", { preview: true });
    expect(preview).toMatchObject({
      errors: [],
      skipped: [],
      unused: [],
      batch: null,
      creates: { lecturers: 30 },
    });
    const writes = (await writesSince(on)).filter((operation) => !operation.endsWith("/batch_get_id"));
    expect(writes).toEqual([]);
    expect(await on.ctx.db.select().from(importBatch)).toEqual([]);
  });

  it("bring in thirty lecturers with accounts, groups and managers", async () => {
    const report = await run("lecturers");
    expect(report).toMatchObject({ errors: [], creates: { lecturers: 30 } });
    batches.push(report.batch ?? "");
    const rows = await knownRows(on.ctx, "lecturers");
    expect(rows).toHaveLength(30);
    const people = new Map(on.company.org.people.map((person) => [person.name, person]));
    for (const row of rows) {
      expect(row.person).toBe(people.get(row.name ?? "")?.open_id);
      expect(row.manager).toBe(people.get(row.name ?? "")?.leader_user_id || undefined);
      expect(row.state).toBe("active");
      expect(row.groups?.length).toBeGreaterThan(0);
    }
    expect(rows.find(({ name }) => name === "张三")).toMatchObject({
      expertise: ["销售"],
      windows: ["thu-pm", "fri-pm"],
      joined: Date.parse("2025-12-18T00:00:00+08:00"),
    });
    expect(await importedIds(on.ctx, "lecturers")).toEqual(new Set(rows.map(({ recordId }) => recordId)));
  });

  it("skip people who are there, whatever the form of the sheet", async () => {
    const twice = await run("lecturers");
    expect(twice).toMatchObject({ batch: null, creates: { lecturers: 0 } });
    expect(twice.skipped).toHaveLength(30);
    const again = await importData(on.ctx, {
      kind: "lecturers",
      sheet: readText("姓名,邮箱\n张三,u1010@case.example"),
    });
    expect(again).toMatchObject({ batch: null, skipped: [{ row: 2, value: "张三" }] });
  });

  it("bring in seventy past sessions, held, with their figures", async () => {
    const report = await run("sessions");
    expect(report).toMatchObject({
      errors: [],
      unused: [],
      creates: { sessions: on.company.history.sessions.rows.length },
    });
    batches.push(report.batch ?? "");
    const rows = await knownRows(on.ctx, "sessions");
    for (const row of rows) expect(row.state).toBe(row.score === undefined ? "delivered" : "rated");
    const first = rows.find(({ label }) => label === "2026-08-31 专业知识 · 吴晓峰");
    expect(first).toMatchObject({
      start: Date.parse("2026-08-31T15:00:00+08:00"),
      title: "把售后做成口碑",
      attendance: 13,
      score: 3.75,
      ratings: 8,
      nudges: 0,
      proactive: true,
    });
    expect(first?.topic).toBeDefined();
  });

  it("bring in ratings as one released batch, scores and comments apart and not in the sheet's order", async () => {
    const report = await run("ratings");
    expect(report.errors).toEqual([]);
    await expect(run("ratings")).rejects.toMatchObject({ code: "imported_before" });
    batches.push(report.batch ?? "");
    const rows = await knownRows(on.ctx, "ratings");
    const scores = rows.filter(({ score }) => score !== undefined);
    const comments = rows.filter(({ comment }) => comment !== undefined);
    expect(scores).toHaveLength(on.company.history.ratings.length);
    expect(scores.length + comments.length).toBe(rows.length);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(1);
    const labels = new Map((await knownRows(on.ctx, "sessions")).map((row) => [row.recordId, row.label]));
    const order = scores.map(({ session }) => labels.get(session ?? ""));
    expect(order).not.toEqual(on.company.history.ratings.map(({ session }) => session));
    const stored = await on.ctx.db.select().from(released);
    expect(stored.flatMap((row) => row.scores)).toHaveLength(scores.length);
    for (const row of stored) expect(row.lecturer).toMatch(/^rec/u);
  });

  it("bring in the baseline with date and source", async () => {
    const report = await run("baseline");
    expect(report).toMatchObject({ errors: [], creates: { baseline: 4 } });
    batches.push(report.batch ?? "");
    const rows = await on.ctx.db.select().from(baseline);
    expect(Object.fromEntries(rows.map(({ figure, value }) => [figure, value]))).toEqual({
      proactive: "0.7",
      satisfaction: "3.5",
      hours: "8",
      willing: "0.5",
    });
    expect(rows[0]).toMatchObject({ statedAt: Date.parse("2026-11-27T00:00:00+08:00") });
    expect(rows[0]?.source).toContain("内训管理员");
  });

  it("send nothing to anybody", async () => {
    const sent = (await on.traffic()).filter(
      ({ operation }) => /\/(messages|events|attendees)$/u.test(operation) && operation.startsWith("POST"),
    );
    expect(sent).toEqual([]);
  });

  it("are undone batch by batch, to the last row", async () => {
    for (const batch of batches.toReversed()) await undoImport(on.ctx, batch);
    for (const table of ["ratings", "sessions", "lecturers"] as const)
      expect(await knownRows(on.ctx, table)).toEqual([]);
    expect(await on.ctx.db.select().from(released)).toEqual([]);
    expect(await on.ctx.db.select().from(baseline)).toEqual([]);
    expect(await importedIds(on.ctx, "lecturers")).toEqual(new Set());
    await expect(undoImport(on.ctx, batches[0] ?? "")).rejects.toMatchObject({ code: "undone_before" });
    expect((await run("lecturers", { preview: true })).creates).toEqual({ lecturers: 30 });
  });
});

describe("sheets as people make them", () => {
  it("import the good rows and name what is wrong with the others", async () => {
    const sheet = readText(
      [
        "姓名\t邮箱\t所属讲师群\t擅长\t每月上限\t期初积分\t期初场次\t工号",
        "张三\tu1010@case.example\t专业知识\t销售、茶艺\t2\t3.5\t4\tQM1",
        "无此人\tnobody@case.example\t专业知识\t\t\t\t\t",
        "吴佳琪\tu1011@case.example\t没有的群\t\t很多\t\t\t",
        "\t\t\t\t\t\t\t无",
      ].join("\n"),
    );
    const report = await importData(on.ctx, { kind: "lecturers", sheet });
    expect(report.unused).toEqual(["工号"]);
    expect(report.newOptions).toEqual(["茶艺"]);
    expect(report.creates).toEqual({ lecturers: 1, profiles: 1, ledger: 1 });
    expect(report.errors.map(({ row, column, value }) => [row, column, value])).toEqual([
      [3, "邮箱", "nobody@case.example"],
      [4, "所属讲师群", "没有的群"],
      [4, "每月上限", "很多"],
      [5, "姓名", ""],
    ]);
    const [lecturer] = await knownRows(on.ctx, "lecturers");
    expect(lecturer).toMatchObject({ name: "张三", expertise: ["销售", "茶艺"], maxPerMonth: 2 });
    const [profile] = await knownRows(on.ctx, "profiles");
    expect(profile).toMatchObject({ lecturer: "张三", lecturerRecord: lecturer?.recordId, credit: 4 });
    expect(await on.ctx.db.select().from(ledger)).toMatchObject([
      { kind: "adjust", lecturer: lecturer?.recordId, points: 350, reason: "期初积分（导入）" },
    ]);
    await undoImport(on.ctx, report.batch ?? "");
    expect(await totalOf()).toBe(0);
    expect(await on.ctx.db.select().from(ledger).where(eq(ledger.kind, "reversal"))).toHaveLength(1);
    expect(await knownRows(on.ctx, "profiles")).toEqual([]);
  });

  it("find people by name among the members of the lecturers' chats when nothing else is given", async () => {
    const preview = await importData(
      on.ctx,
      { kind: "lecturers", sheet: readText("讲师,群\n张三,专业知识\n陌生人,专业知识") },
      { preview: true },
    );
    expect(preview.creates).toEqual({ lecturers: 1 });
    expect(preview.errors).toMatchObject([{ row: 3, column: "讲师", value: "陌生人" }]);
  });

  it("refuse to start when a required column is missing, and say which", async () => {
    const sheet = readText("谁,邮箱\n张三,u1010@case.example");
    await expect(importData(on.ctx, { kind: "lecturers", sheet })).rejects.toMatchObject({
      code: "missing_columns",
      nextStep: { zh: "请补上列：姓名，或指定哪一列是它" },
    });
    const chosen = await importData(
      on.ctx,
      { kind: "lecturers", sheet, columns: { name: "谁" } },
      { preview: true },
    );
    expect(chosen.creates).toEqual({ lecturers: 1 });
  });

  it("refuse sessions that are not over", async () => {
    const made = await importData(on.ctx, {
      kind: "lecturers",
      sheet: readText("姓名,邮箱\n张三,u1010@case.example"),
    });
    const report = await importData(on.ctx, {
      kind: "sessions",
      sheet: readText("日期,讲师群,讲师\n2027-03-01,专业知识,张三\n2026-11-02,专业知识,张三"),
    });
    expect(report.errors).toMatchObject([{ row: 2, column: "日期", value: "2027-03-01" }]);
    const [session] = await knownRows(on.ctx, "sessions");
    // The group's own time of day, and no score: held, not rated.
    expect(session).toMatchObject({ state: "delivered", start: Date.parse("2026-11-02T15:00:00+08:00") });
    await undoImport(on.ctx, report.batch ?? "");
    await undoImport(on.ctx, made.batch ?? "");
  });

  it("take all members of a chat", async () => {
    const chat = on.company.chats.find(
      ({ audience, group }) => audience === "lecturers" && group === "专业知识",
    );
    const [group] = await knownRows(on.ctx, "groups");
    const report = await importData(on.ctx, {
      kind: "chat",
      chatId: chat?.chat_id ?? "",
      groups: [group?.recordId ?? ""],
    });
    expect(report.creates).toEqual({ lecturers: chat?.members.length });
    const rows = await knownRows(on.ctx, "lecturers");
    expect(new Set(rows.map(({ person }) => person))).toEqual(new Set(chat?.members));
    expect(rows[0]?.groups).toEqual([group?.recordId]);
    await undoImport(on.ctx, report.batch ?? "");
  });

  it("put files into the library, beside the session whose label or title is in their name", async () => {
    const people = await importData(on.ctx, {
      kind: "lecturers",
      sheet: readText("姓名,邮箱\n张三,u1010@case.example"),
    });
    const held = await importData(on.ctx, {
      kind: "sessions",
      sheet: readText("日期,讲师群,讲师,标题\n2026-11-02,专业知识,张三,客户维护技巧"),
    });
    const bytes = new TextEncoder().encode("# 提纲");
    const files = [
      { name: "张三《客户维护技巧》.pptx", bytes },
      { name: "新人手册.pdf", bytes },
      { name: "空的.pdf", bytes: new Uint8Array() },
    ];
    const report = await importData(on.ctx, { kind: "files", files });
    expect(report.errors).toMatchObject([{ row: 3, value: "空的.pdf" }]);
    const rows = await knownRows(on.ctx, "materials");
    const [session] = await knownRows(on.ctx, "sessions");
    expect(rows.map(({ title, kind, source, session: of }) => ({ title, kind, source, of }))).toEqual([
      { title: "张三《客户维护技巧》", kind: "slides", source: "share", of: session?.recordId },
      { title: "新人手册", kind: "document", source: "training", of: undefined },
    ]);
    expect(rows[0]?.file).toMatchObject([{ name: "张三《客户维护技巧》.pptx", size: bytes.length }]);
    for (const { batch } of [report, held, people]) await undoImport(on.ctx, batch ?? "");
    expect(await knownRows(on.ctx, "materials")).toEqual([]);
  });

  it("can be imported again after an undo, as a new batch", async () => {
    const sheet = readText("姓名,邮箱\n张三,u1010@case.example");
    const first = await importData(on.ctx, { kind: "lecturers", sheet });
    await undoImport(on.ctx, first.batch ?? "");
    const second = await importData(on.ctx, { kind: "lecturers", sheet });
    expect(second.batch).not.toBe(first.batch);
    expect(await knownRows(on.ctx, "lecturers")).toHaveLength(1);
  });
});
