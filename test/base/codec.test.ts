import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, decodeById, encode, EncodeError } from "#base/codec.ts";
import { anyTables, type PatchOf, type TableKey, tableKeys } from "#base/index.ts";
import type { Field } from "#base/table.ts";
import { sampleMapping } from "./sample-mapping.ts";

const zh = sampleMapping("zh");

/** Feishu's read format of what was written (facts.md §4.7), said here a second time, apart from the codec. */
function readBack(field: Field, written: unknown): unknown {
  if (written === null || written === undefined) return undefined;
  switch (field.kind) {
    case "text":
      return [{ type: "text", text: written }];
    case "person":
    case "persons":
      return (written as { id: string }[]).map(({ id }) => ({
        id,
        name: "张三",
        en_name: "",
        email: "",
        avatar_url: "",
      }));
    case "chat":
    case "chats":
      return (written as { id: string }[]).map(({ id }) => ({ id, name: "群", avatar_url: "" }));
    case "link":
    case "links":
      return { link_record_ids: written };
    case "attachment":
      return (written as { file_token: string }[]).map(({ file_token }) => ({
        file_token,
        name: "a.pptx",
        size: 10,
        type: "application/pdf",
        url: "https://x",
        tmp_url: "https://y",
      }));
    default:
      return written;
  }
}

const id = fc.stringMatching(/^[a-z0-9_]{3,12}$/u);
const several = (max: number) => fc.uniqueArray(id, { minLength: 1, maxLength: max });

function arbitraryOf(field: Field): fc.Arbitrary<unknown> | undefined {
  switch (field.kind) {
    case "text":
      if (field.format === "time") return fc.constantFrom("00:00", "09:30", "23:59");
      if (field.format === "month") return fc.constantFrom("2026-01", "2026-12");
      if (field.format === "timezone") return fc.constantFrom("Asia/Shanghai", "Europe/Berlin");
      if (field.format === "rrule") return fc.constant("FREQ=WEEKLY;BYDAY=WE");
      return fc
        .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
        .filter((text) => text.trim() !== "");
    case "number": {
      const whole = fc.integer({ min: Math.ceil(field.min ?? -1000), max: Math.floor(field.max ?? 1000) });
      if (field.integer) return whole;
      return fc
        .oneof(fc.double({ min: field.min ?? -1000, max: field.max ?? 1000, noNaN: true }), whole)
        .filter((n) => !Object.is(n, -0) && n >= (field.min ?? -1000));
    }
    case "rating":
      return fc.integer({ min: field.min, max: field.max });
    case "select":
      return fc.constantFrom(...field.options.map((option) => option.key));
    case "multiSelect":
      return fc.subarray(
        field.options.map((option) => option.key),
        { minLength: 1 },
      );
    case "openSelect":
      return fc.subarray(
        field.options.map((option) => option.zh),
        { minLength: 1 },
      );
    case "date":
      return fc.integer({ min: 0, max: 4_000_000_000_000 });
    case "checkbox":
      return fc.boolean();
    case "person":
    case "link":
    case "chat":
      return id;
    case "persons":
    case "links":
      return several(20);
    case "chats":
      return several(10);
    case "url":
      return fc.record({ text: fc.constantFrom("看这里", "link"), link: fc.webUrl() });
    case "attachment":
      return fc
        .uniqueArray(id, { minLength: 1, maxLength: 3 })
        .map((tokens) =>
          tokens.map((fileToken) => ({ fileToken, name: "a.pptx", size: 10, type: "application/pdf" })),
        );
    case "updated":
    case "backLinks":
      return undefined;
  }
}

describe("round trip", () => {
  it.each(tableKeys)("%s: what is written is read back as the same values", (key) => {
    const fields = Object.entries(anyTables[key].fields).flatMap(([name, field]) => {
      const arbitrary = arbitraryOf(field);
      return arbitrary ? [[name, arbitrary] as const] : [];
    });
    const rows = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
    fc.assert(
      fc.property(rows, fc.constantFrom("zh" as const, "en" as const), (values, language) => {
        const mapping = sampleMapping(language);
        const spoken = language === "zh" ? values : inEnglish(key, values);
        const wire = encode(mapping, key, spoken as PatchOf<typeof key>);
        const read = Object.fromEntries(
          Object.entries(anyTables[key].fields).map(([, field]) => [
            field[language],
            readBack(field, wire[field[language]]),
          ]),
        );
        const { row, problems } = decode(mapping, key, read);
        expect(problems).toEqual([]);
        const boxes = Object.entries(anyTables[key].fields).filter(([, field]) => field.kind === "checkbox");
        expect(row).toEqual({ ...Object.fromEntries(boxes.map(([name]) => [name, false])), ...spoken });
      }),
      { numRuns: 40 },
    );
  });
});

function inEnglish(key: TableKey, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = anyTables[key].fields[name];
      if (field?.kind !== "openSelect") return [name, value];
      return [
        name,
        (value as string[]).map((zhName) => field.options.find((option) => option.zh === zhName)?.en),
      ];
    }),
  );
}

describe("decode", () => {
  it("leaves a bad cell out, names it, and reads the others", () => {
    const { row, problems } = decode(zh, "sessions", {
      分享: [
        { type: "text", text: "2026-12-02 " },
        { type: "mention", text: "张三", token: "ou_1" },
      ],
      状态: "随便",
      开始: [{ type: "text", text: "明天" }],
      "时长（分钟）": [{ type: "text", text: "四十五" }],
      讲师: { link_record_ids: ["rec1", "rec2"] },
      参加者: [
        { id: "ou_1", name: "甲" },
        { id: "ou_2", name: "乙" },
      ],
      内容链接: "www.example.com",
      标题: [{ type: "url", text: "看这里", link: "https://example.com" }],
      别人加的一列: 1,
    });
    expect(row).toEqual({
      label: "2026-12-02 张三",
      attended: ["ou_1", "ou_2"],
      title: "看这里",
      pinned: false,
      provisional: false,
      proactive: false,
    });
    expect(problems.map(({ field, expected }) => [field, expected])).toEqual([
      ["state", "one of 待安排 / 已安排 / 已确认 / 已提交 / 已分享 / 已评价 / 已取消"],
      ["start", "a date"],
      ["minutes", "a number"],
      ["lecturer", "one linked record"],
      ["contentLink", "a link that begins with http:// or https://"],
    ]);
    expect(problems[0]).toMatchObject({ fieldName: "状态", value: "随便" });
  });

  it("understands numbers typed as text, full-width digits, and times as people type them", () => {
    const { row, problems } = decode(zh, "groups", {
      "时长（分钟）": [{ type: "text", text: "４５" }],
      开始时间: [{ type: "text", text: "9：05" }],
      时区: " Asia/Shanghai ",
    });
    expect(problems).toEqual([]);
    expect(row).toMatchObject({ minutes: 45, startTime: "09:05", timezone: "Asia/Shanghai" });
  });

  it.each(["25:00", "9:75", "三点", "12"])("refuses the time %s", (time) => {
    expect(decode(zh, "groups", { 开始时间: time }).problems).toMatchObject([
      { field: "startTime", value: time },
    ]);
  });

  it("refuses numbers out of range and zones that do not exist", () => {
    const { problems } = decode(zh, "groups", { "时长（分钟）": 0, 时区: "Asia/Beijingg" });
    expect(problems.map((problem) => problem.field)).toEqual(["minutes", "timezone"]);
  });

  it("takes the echo of a create (write format) too", () => {
    const { row, problems } = decode(zh, "sessions", {
      讲师: ["rec1"],
      讲师账号: [{ id: "ou_1" }],
      标题: "好",
    });
    expect(problems).toEqual([]);
    expect(row).toMatchObject({ lecturer: "rec1", account: "ou_1", title: "好" });
  });

  it("reads an empty cell as absent, whatever its form", () => {
    const cells = {
      标题: [],
      讲师: { link_record_ids: [] },
      参加者: [],
      状态: "",
      备注: [{ type: "text", text: " " }],
    };
    expect(decode(zh, "sessions", cells)).toEqual({
      row: { pinned: false, provisional: false, proactive: false },
      problems: [],
    });
  });

  it("keeps working when people rename fields and options, because ids are remembered", () => {
    const mapping = sampleMapping("zh");
    const state = mapping.tables.sessions?.fields["state"];
    if (!state?.options) throw new Error("no state");
    state.name = "进度";
    state.options["planned"] = { id: "opt.sessions.state.planned", name: "等回复" };
    expect(decode(mapping, "sessions", { 进度: "等回复" }).row.state).toBe("planned");
    expect(encode(mapping, "sessions", { state: "planned" })).toEqual({ 进度: "等回复" });
  });
});

describe("decodeById", () => {
  it("reads event values by field id: JSON in strings, option ids, identities, emptied cells", () => {
    const event = decodeById(zh, "sessions", [
      { field_id: "fld.sessions.state", field_value: "opt.sessions.state.confirmed" },
      { field_id: "fld.sessions.title", field_value: "2026" },
      { field_id: "fld.sessions.start", field_value: "1796182200000" },
      { field_id: "fld.sessions.lecturer", field_value: '["rec1"]' },
      {
        field_id: "fld.sessions.content",
        field_value: '[{"file_token":"box1","name":"a.pptx","size":3,"type":"x"}]',
      },
      {
        field_id: "fld.sessions.account",
        field_value: "张三",
        field_identity_value: { users: [{ user_id: { open_id: "ou_1" }, name: "张三" }] },
      },
      { field_id: "fld.sessions.note", field_value: "" },
      { field_id: "fldOther", field_value: "x" },
    ]);
    expect(event).toEqual({
      cells: {
        state: "confirmed",
        title: "2026",
        start: 1796182200000,
        lecturer: "rec1",
        content: [{ fileToken: "box1", name: "a.pptx", size: 3, type: "x" }],
        account: "ou_1",
        note: null,
      },
      problems: [],
      unknown: ["fldOther"],
    });
  });
});

describe("encode", () => {
  it("leaves undefined out, clears with null, and writes by present names", () => {
    expect(
      encode(zh, "sessions", { state: "planned", topic: null, title: undefined, lecturer: "rec1" }),
    ).toEqual({
      状态: "已安排",
      主题: null,
      讲师: ["rec1"],
    });
  });

  it("refuses every option that is not in the list, so that none is made by writing", () => {
    const mapping = sampleMapping("zh");
    delete mapping.tables.sessions?.fields["state"]?.options?.["rated"];
    expect(() => encode(mapping, "sessions", { state: "rated" })).toThrow(/sessions\.state: .*provision/u);
    expect(() => encode(zh, "lecturers", { expertise: ["炒菜"] })).toThrow(/one of 销售/u);
    expect(encode(zh, "lecturers", { expertise: ["炒菜"] }, { newOptions: true })).toEqual({
      擅长领域: ["炒菜"],
    });
  });

  it("names every bad value at once", () => {
    try {
      encode(zh, "groups", { startTime: "9:00", minutes: -5, timezone: "Mars" });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(EncodeError);
      expect((error as EncodeError).problems.map((problem) => problem.field)).toEqual([
        "startTime",
        "minutes",
        "timezone",
      ]);
      expect((error as EncodeError).message).toContain(
        'groups.startTime: expected a time of day HH:mm, got "9:00"',
      );
    }
  });

  it("refuses texts longer than a cell holds and fields that Feishu writes", () => {
    expect(() => encode(zh, "templates", { outline: "x".repeat(100_001) })).toThrow(/100000 characters/u);
    expect(() => encode(zh, "sessions", { updated: 1 } as never)).toThrow(/Feishu writes/u);
  });
});
