import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decode } from "#base/codec.ts";
import { messageRows } from "#base/defaults/message-rows.ts";
import { settingRows } from "#base/defaults/settings.ts";
import { anyTables, tableKeys } from "#base/index.ts";
import { optionsOf } from "#base/match.ts";
import { locate, type BaseMapping } from "#base/mapping.ts";
import { findDrift } from "#server/services/base/drift.ts";
import { wikiNodes } from "#sandbox/api/wiki.ts";
import { colleague, onSandbox, type OnSandbox } from "../feishu/on-sandbox.ts";
import { type Bases, OWNER, personsBase, provisionOn, twoBases, writesSince } from "./workspace.ts";

let on: OnSandbox;
beforeAll(async () => {
  on = await onSandbox();
  colleague(on.sandbox, OWNER, "陈敏");
});
afterAll(() => on.sandbox.close());

function fieldIn(mapping: BaseMapping, table: keyof BaseMapping["tables"], field: string) {
  const place = mapping.tables[table];
  const found = place?.fields[field];
  if (!place || !found) throw new Error(`${table}.${field} is not mapped`);
  return { ref: locate(mapping, table), id: found.id, options: found.options ?? {} };
}

describe("two empty Bases", () => {
  let bases: Bases;
  let mapping: BaseMapping;

  it("get all tables, fields, options, views, first rows and the subscription, without a single refusal", async () => {
    bases = await twoBases(on);
    await on.mark();
    const first = await provisionOn(on, bases);
    mapping = first.mapping;
    expect(first.report.problems).toEqual([]);
    expect(first.report.drift).toEqual([]);
    expect(first.report.created.filter(({ what }) => what === "table").map(({ table }) => table)).toEqual(
      tableKeys,
    );
    for (const key of tableKeys) {
      const fields = Object.keys(anyTables[key].fields);
      expect(Object.keys(mapping.tables[key]?.fields ?? {}).toSorted()).toEqual(fields.toSorted());
      const views = anyTables[key].views.filter(({ type }) => type !== "calendar").map((view) => view.key);
      expect(Object.keys(mapping.tables[key]?.views ?? {}).toSorted()).toEqual(views.toSorted());
    }
    expect(mapping).toMatchObject({ ...bases, language: "zh", timezone: "Asia/Shanghai" });
    expect((await on.traffic()).filter(({ refused }) => refused)).toEqual([]);
    expect(await on.gateway.drive.isSubscribed(bases.appToken, "bitable")).toBe(true);
    expect(await on.gateway.drive.isSubscribed(bases.adminAppToken, "bitable")).toBe(true);
  });

  it("say what the API cannot make", async () => {
    const other = await provisionOn(on, await twoBases(on));
    expect(other.report.byHand).toContainEqual({
      table: "sessions",
      view: "日历",
      next: "请手动新建日历视图「日历」：日历按「开始」显示",
    });
  });

  it("hold real fields as the schema says them: kinds, options in order, formats, two-way links", async () => {
    const fields = await on.gateway.bases.listFields(locate(mapping, "sessions"));
    const named = new Map(fields.map((field) => [field.field_name, field]));
    expect(fields.find((field) => field.is_primary)?.field_name).toBe("分享");
    const options = named.get("状态")?.property?.["options"] as { name: string }[];
    expect(options.map(({ name }) => name)).toEqual([
      "待安排",
      "已安排",
      "已确认",
      "已提交",
      "已分享",
      "已评价",
      "已取消",
    ]);
    expect(named.get("开始")).toMatchObject({ type: 5, property: { date_formatter: "yyyy-MM-dd HH:mm" } });
    expect(named.get("讲师")).toMatchObject({
      type: 21,
      property: { table_id: mapping.tables.lecturers?.tableId },
    });
    expect(mapping.tables.lecturers?.fields["sessions"]?.id).toBe(
      named.get("讲师")?.property?.["back_field_id"],
    );
    const rating = (await on.gateway.bases.listFields(locate(mapping, "ratings"))).find(
      ({ field_name }) => field_name === "评分",
    );
    expect(rating).toMatchObject({ type: 2, ui_type: "Rating", property: { min: 1, max: 5 } });
  });

  it("have the first rows, readable by the codec", async () => {
    const rows = async (table: "messages" | "settings" | "rules") =>
      (await on.gateway.records.search(locate(mapping, table))).map(({ fields }) => {
        const { row, problems } = decode(mapping, table, fields);
        expect(problems).toEqual([]);
        return row as Record<string, unknown>;
      });
    expect((await rows("messages")).map(({ id, on: switched }) => [id, switched])).toEqual(
      messageRows("zh").map(({ id, on: switched }) => [id, switched]),
    );
    expect((await rows("settings")).map(({ key }) => key)).toEqual(settingRows("zh").map(({ key }) => key));
    expect(await rows("rules")).toContainEqual(
      expect.objectContaining({
        status: "active",
        trigger: "rank",
        threshold: 10,
        points: 1,
        reward: "内训名师",
      }),
    );
  });

  it("open the form to the company, with three fields only", async () => {
    const form = mapping.tables.demands?.views["ask"] ?? "";
    const ref = locate(mapping, "demands");
    expect(await on.gateway.bases.getForm(ref, form)).toMatchObject({
      shared: true,
      shared_limit: "tenant_editable",
    });
    const visible = (await on.gateway.bases.listFormFields(ref, form)).filter((field) => field.visible);
    const ids = ["text", "source", "asker"].map((key) => mapping.tables.demands?.fields[key]?.id);
    expect(visible.map(({ fieldId }) => fieldId).toSorted()).toEqual(ids.map(String).toSorted());
  });

  it("are left alone by a second run: not one write", async () => {
    await on.mark();
    const second = await provisionOn(on, { ...bases, mapping });
    expect(await writesSince(on)).toEqual([]);
    expect(second.report).toMatchObject({ created: [], drift: [], problems: [], byHand: [] });
    expect(second.report.found).toHaveLength(tableKeys.length);
    expect(second.mapping).toEqual(mapping);
  });

  it("are found again by name alone when nothing is remembered", async () => {
    await on.mark();
    const again = await provisionOn(on, bases);
    expect(await writesSince(on)).toEqual([]);
    const { mapping: found } = again;
    expect(found).toEqual(mapping);
  });

  it("survive renamed tables, fields and options", async () => {
    const state = fieldIn(mapping, "sessions", "state");
    const [real] = (await on.gateway.bases.listFields(state.ref)).filter(
      ({ field_id }) => field_id === state.id,
    );
    if (!real) throw new Error("no state field");
    const options = optionsOf(real).map((option) =>
      option.id === state.options["planned"]?.id ? { ...option, name: "等回复" } : option,
    );
    const renamed = { field_name: "进度", type: real.type, property: { ...real.property, options } };
    await on.gateway.bases.updateField(state.ref, state.id, renamed);
    await on.mark();
    const { drift } = await findDrift(on.gateway.bases, mapping);
    expect(drift).toEqual([
      { what: "renamed", of: "field", table: "sessions", field: "state", expected: "状态", actual: "进度" },
      {
        what: "renamed",
        of: "option",
        table: "sessions",
        field: "state",
        key: "planned",
        expected: "已安排",
        actual: "等回复",
      },
    ]);
    const after = await provisionOn(on, { ...bases, mapping });
    expect(await writesSince(on)).toEqual([]);
    expect(after.report.drift).toEqual(drift);
    expect(after.mapping.tables.sessions?.fields["state"]).toMatchObject({ id: state.id, name: "进度" });
    expect(after.mapping.tables.sessions?.fields["state"]?.options?.["planned"]?.name).toBe("等回复");
    mapping = after.mapping;
  });

  it("get a removed option back, keeping every other with its id and its values", async () => {
    const kind = fieldIn(mapping, "companyDays", "kind");
    const [real] = (await on.gateway.bases.listFields(kind.ref)).filter(
      ({ field_id }) => field_id === kind.id,
    );
    if (!real) throw new Error("no kind field");
    const [record] = await on.gateway.records.batchCreate(kind.ref, [{ 名称: "盘点", 类型: "上班" }], {
      key: "test-company-day-record",
    });
    const kept = optionsOf(real).filter(({ name }) => name !== "放假");
    await on.gateway.bases.updateField(kind.ref, kind.id, {
      field_name: real.field_name,
      type: real.type,
      property: { ...real.property, options: kept },
    });
    const after = await provisionOn(on, { ...bases, mapping });
    expect(after.report.created).toEqual([
      { what: "option", table: "companyDays", key: "kind.off", name: "类型: 放假" },
    ]);
    expect(after.mapping.tables.companyDays?.fields["kind"]?.options?.["work"]?.id).toBe(
      kind.options["work"]?.id,
    );
    const { records } = await on.gateway.records.batchGet(kind.ref, [record?.recordId ?? ""]);
    expect(records[0]?.fields["类型"]).toBe("上班");
    mapping = after.mapping;
  });

  it("warn instead of filling anew when rows that were written read as empty", async () => {
    const ref = locate(mapping, "settings");
    const ids = (await on.gateway.records.search(ref)).map(({ recordId }) => recordId);
    await on.gateway.records.batchDelete(ref, ids);
    await on.mark();
    const after = await provisionOn(on, { ...bases, mapping });
    expect(await writesSince(on)).toEqual([]);
    expect(after.report.problems).toMatchObject([
      { table: "settings", detail: "「设置」读出来是空的，以前写过内容" },
    ]);
  });
});

describe("half-filled Bases", () => {
  it("keep what is there, use it by name, and get only what is missing; a wrong column is named", async () => {
    const bases = await twoBases(on);
    const { tableId } = await on.gateway.bases.createTable(bases.appToken, {
      name: "讲师群",
      fields: [
        { field_name: "名称", type: 1 },
        { field_name: "状态", type: 3, property: { options: [{ name: "启用" }, { name: "自己加的" }] } },
        { field_name: "开始时间", type: 5 },
        { field_name: "我的备注", type: 1 },
      ],
    });
    const ref = { appToken: bases.appToken, tableId };
    const before = await on.gateway.bases.listFields(ref);
    await on.gateway.records.create(
      ref,
      { 名称: "专业知识", 状态: "启用", 我的备注: "留着" },
      { key: "test-half-filled-group" },
    );

    const { mapping, report } = await provisionOn(on, bases);
    expect(mapping.tables.groups?.tableId).toBe(tableId);
    expect(report.created.filter(({ what, table }) => what === "table" && table === "groups")).toEqual([]);
    const after = await on.gateway.bases.listFields(ref);
    for (const field of before)
      expect(after.map(({ field_id, field_name }) => [field_id, field_name])).toContainEqual([
        field.field_id,
        field.field_name,
      ]);
    const options = after.find(({ field_name }) => field_name === "状态")?.property?.["options"] as {
      name: string;
    }[];
    expect(options.map(({ name }) => name)).toEqual(["启用", "自己加的", "停用"]);
    expect(report.problems).toEqual([
      {
        table: "groups",
        field: "startTime",
        detail: "「讲师群」的「开始时间」是日期，应为文本，暂时没有使用这一列",
        next: "把这一列改名（或改成文本），再运行一次 lectern provision",
      },
    ]);
    expect(mapping.tables.groups?.fields["startTime"]).toBeUndefined();
    const [group] = await on.gateway.records.search(ref);
    expect(group?.fields["状态"]).toBe("启用");
    expect(decode(mapping, "groups", group?.fields ?? {}).row).toMatchObject({
      name: "专业知识",
      state: "active",
    });

    // The column renamed, the next run makes the right one.
    const wrong = after.find(({ field_name }) => field_name === "开始时间");
    await on.gateway.bases.updateField(ref, wrong?.field_id ?? "", { field_name: "旧开始时间", type: 5 });
    const mended = await provisionOn(on, { ...bases, mapping });
    expect(mended.report.problems).toEqual([]);
    expect(mended.report.created).toMatchObject([
      { what: "field", table: "groups", key: "startTime", name: "开始时间" },
    ]);
  });

  it("are finished by a run after one that was cut off", async () => {
    const bases = await twoBases(on);
    await on.fault("500", "POST /open-apis/bitable/v1/apps/:app_token/tables/:table_id/fields", {
      count: 50,
    });
    await expect(provisionOn(on, bases)).rejects.toThrow(/field/iu);
    await on.noFaults();
    const { mapping, report } = await provisionOn(on, bases);
    expect(report.problems).toEqual([]);
    for (const key of tableKeys)
      expect(Object.keys(mapping.tables[key]?.fields ?? {})).toHaveLength(
        Object.keys(anyTables[key].fields).length,
      );
    const tables = await on.gateway.bases.listTables(bases.appToken);
    expect(new Set(tables.map(({ name }) => name)).size).toBe(tables.length);
  });
});

describe("advanced permissions", () => {
  it("get both roles once, with what each may see, when they are asked for", async () => {
    const bases = await twoBases(on);
    const { mapping, report } = await provisionOn(on, { ...bases, advanced: true });
    expect(report.problems).toEqual([]);
    expect(report.created.filter(({ what }) => what === "role").map(({ name }) => name)).toEqual([
      "讲台·讲师",
      "讲台·主管",
    ]);
    const [lecturer] = await on.gateway.bases.listRoles(bases.appToken);
    const tableRole = (key: keyof BaseMapping["tables"]) =>
      lecturer?.table_roles.find(({ table_id }) => table_id === mapping.tables[key]?.tableId);
    expect(tableRole("ratings")).toMatchObject({ table_perm: 0 });
    expect(tableRole("topics")).toMatchObject({ table_perm: 1 });
    expect(tableRole("sessions")).toMatchObject({ table_perm: 2, field_perm: { 内容: 2, 状态: 1 } });
    expect(tableRole("demands")?.["field_perm"]).not.toHaveProperty("提出人");
    await on.mark();
    await provisionOn(on, { ...bases, mapping, advanced: true });
    expect(await writesSince(on)).toEqual([]);
  });

  it("are left off when nobody asked for them", async () => {
    const bases = await twoBases(on);
    await provisionOn(on, bases);
    expect((await on.gateway.bases.getApp(bases.appToken)).isAdvanced).toBe(false);
  });
});

describe("a Feishu that answers late, refuses now and then, and conflicts", () => {
  const complete = (mapping: BaseMapping) => {
    for (const key of tableKeys)
      expect(Object.keys(mapping.tables[key]?.fields ?? {})).toHaveLength(
        Object.keys(anyTables[key].fields).length,
      );
  };

  it("is waited for when its reads lag behind the writes", async () => {
    const bases = await twoBases(on);
    const { switches } = on.sandbox.kernel;
    switches.readLagMs = 2_000;
    const { mapping, report } = await provisionOn(on, bases).finally(() => (switches.readLagMs = 0));
    expect(report.problems).toEqual([]);
    complete(mapping);
    const names = (await on.gateway.bases.listFields(locate(mapping, "sessions"))).map(
      ({ field_name }) => field_name,
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it("gets everything once in the end", async () => {
    const bases = await twoBases(on);
    const kinds = ["rateLimit", "conflict", "500", "drop-before"];
    const rules = kinds.map((kind, index) => ({
      kind,
      probability: 0.05,
      seed: `provision-${index}`,
      match: { path: "bitable" },
    }));
    await on.sandbox.lever("POST", "/faults", { rules });
    let mapping: BaseMapping | undefined;
    for (let run = 0; run < 6 && !mapping; run++)
      mapping = await provisionOn(on, bases).then(
        (done) => (done.report.problems.length === 0 ? done.mapping : undefined),
        () => undefined,
      );
    await on.noFaults();
    const last = await provisionOn(on, { ...bases, mapping });
    expect(last.report.problems).toEqual([]);
    complete(last.mapping);
    for (const token of [bases.appToken, bases.adminAppToken]) {
      const names = (await on.gateway.bases.listTables(token)).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
    const ids = (await on.gateway.records.search(locate(last.mapping, "messages"))).map(
      ({ fields }) => decode(last.mapping, "messages", fields).row.id,
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(messageRows("zh").length);
  });
});

describe("an English workspace", () => {
  it("speaks English throughout, and is recognised as English afterwards", async () => {
    const bases = await twoBases(on);
    const { mapping, report } = await provisionOn(on, { ...bases, language: "en" });
    expect(report.problems).toEqual([]);
    const names = (await on.gateway.bases.listTables(bases.appToken)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["Lecturers", "Groups", "Sessions", "Library", "Demands"]));
    const fields = await on.gateway.bases.listFields(locate(mapping, "lecturers"));
    expect(fields.map(({ field_name }) => field_name)).toEqual(
      expect.arrayContaining(["Name", "Availability", "Sessions"]),
    );
    await on.mark();
    const again = await provisionOn(on, bases);
    expect(again.mapping).toEqual(mapping);
    expect(await writesSince(on)).toEqual([]);
  });
});

describe("Bases that cannot be used", () => {
  it("refuses one Base for both", async () => {
    const { appToken } = await twoBases(on);
    await expect(provisionOn(on, { appToken, adminAppToken: appToken })).rejects.toMatchObject({
      code: "same_base",
    });
  });

  it("names the missing right when the app was not added", async () => {
    const { appToken } = await twoBases(on);
    const closed = await personsBase(on.sandbox, "别人的", {}, "none");
    await expect(provisionOn(on, { appToken, adminAppToken: closed })).rejects.toMatchObject({
      nextStep: { zh: expect.stringContaining("添加文档应用") as string },
    });
  });

  it("refuses a Base inside a wiki and says why", async () => {
    const { appToken } = await twoBases(on);
    const inside = await personsBase(on.sandbox, "知识库里的", { wiki: true });
    const node = "wikcn00000000000000000000001";
    wikiNodes(on.sandbox.kernel.state)[node] = {
      node_token: node,
      space_id: "7",
      obj_token: inside,
      created: 0,
    };
    await expect(provisionOn(on, { appToken: node, adminAppToken: appToken })).rejects.toMatchObject({
      code: "base_in_wiki",
      nextStep: { zh: "知识库或文档里的多维表格不能用：请在云空间新建一张多维表格" },
    });
  });
});
