import writeExcelFile from "write-excel-file/node";
import { describe, expect, it } from "vitest";
import { RowReader, parseDay } from "#server/services/lecturers/import-cells.ts";
import { matchColumns } from "#server/services/lecturers/import-columns.ts";
import { readSheet, readText } from "#server/services/lecturers/import.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("reading sheets", () => {
  it("reads CSV with quotes and blank lines, keeping the row numbers of the spreadsheet", async () => {
    const sheet = await readSheet(bytes('\uFEFF姓名,备注\n\n张三,"会 Excel,和 PPT"\n,,\n李四,\n'));
    expect(sheet).toEqual({
      header: ["姓名", "备注"],
      rows: [
        { number: 3, cells: ["张三", "会 Excel,和 PPT"] },
        { number: 5, cells: ["李四", ""] },
      ],
    });
  });

  it("reads what is pasted from a spreadsheet (tabs)", () => {
    expect(readText("姓名\t邮箱\n张三\tz@example.com").rows[0]?.cells).toEqual(["张三", "z@example.com"]);
  });

  it("reads CSV in the code page that Excel in China saves", async () => {
    // 姓名,群\n张三,甲 in GB18030.
    const gb = Uint8Array.from([
      0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xc8, 0xba, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0xbc, 0xd7,
    ]);
    expect(await readSheet(gb)).toMatchObject({ header: ["姓名", "群"], rows: [{ cells: ["张三", "甲"] }] });
  });

  it("reads XLSX with real dates and numbers", async () => {
    const rows = [
      [{ value: "姓名" }, { value: "加入日期" }, { value: "每月上限" }],
      [
        { value: "张三" },
        { value: new Date(Date.UTC(2025, 11, 18)), type: Date, format: "yyyy/mm/dd" },
        { value: 2 },
      ],
    ];
    const file = await writeExcelFile(rows as never).toBuffer();
    expect((await readSheet(file)).rows[0]?.cells).toEqual(["张三", "2025-12-18", "2"]);
  });

  it("says what is wrong with what is no sheet", async () => {
    await expect(readSheet(bytes("\n \n"))).rejects.toMatchObject({ code: "empty_sheet" });
    await expect(readSheet(Uint8Array.from([0x50, 0x4b, 3, 4, 1]))).rejects.toMatchObject({
      code: "unreadable_sheet",
      nextStep: { zh: "请另存为 .xlsx 或 CSV 后再试" },
    });
  });
});

describe("matching columns", () => {
  const match = (header: string[], chosen?: Record<string, string>) => {
    const { columns, unused } = matchColumns("lecturers", { header, rows: [] }, chosen);
    return {
      taken: Object.fromEntries(columns.flatMap(({ key, header: h }) => (h === null ? [] : [[key, h]]))),
      unused,
    };
  };
  it("knows Chinese and English names, what people add to them, and other words", () => {
    expect(match(["姓名*", "企业邮箱", "所属讲师群", "擅长", "每月上限（次）", "工号"])).toEqual({
      taken: {
        name: "姓名*",
        email: "企业邮箱",
        groups: "所属讲师群",
        expertise: "擅长",
        maxPerMonth: "每月上限（次）",
      },
      unused: ["工号"],
    });
    expect(match(["Full Name", "E-mail", "Group"]).taken).toEqual({
      name: "Full Name",
      email: "E-mail",
      groups: "Group",
    });
  });
  it("prefers the exact name over another word for it, and the caller's choice over both", () => {
    expect(match(["讲师", "姓名"]).taken).toEqual({ name: "姓名" });
    expect(match(["讲师", "姓名"], { name: "讲师" }).taken).toEqual({ name: "讲师" });
  });
});

describe("reading cells", () => {
  it("names row, column, value and what was expected", () => {
    const header = ["姓名", "可讲时段", "每月上限", "加入日期"];
    const sheet = { header, rows: [{ number: 7, cells: ["", "周三下午、星期八", "三次", "昨天"] }] };
    const { columns } = matchColumns("lecturers", sheet);
    const reader = new RowReader(sheet, columns, sheet.rows[0] ?? { number: 0, cells: [] });
    reader.windows("windows");
    reader.amount("maxPerMonth", { min: 0, max: 31, whole: true });
    reader.day("joined");
    expect(
      reader.errors.map(({ row, column, value, expected }) => [row, column, value, expected.zh]),
    ).toEqual([
      [7, "姓名", "", "不能为空"],
      [7, "可讲时段", "周三下午、星期八", "时段，如 周三下午（读不懂「星期八」）"],
      [7, "每月上限", "三次", "0 到 31 之间的整数"],
      [7, "加入日期", "昨天", "日期，如 2026-11-30"],
    ]);
  });
  it.each([
    ["2026-11-30", "2026-11-30"],
    ["2026/1/5", "2026-01-05"],
    ["2026年1月5日", "2026-01-05"],
    ["2026.01.05 15:00", "2026-01-05"],
    ["2026-02-30", undefined],
    ["5 Jan 2026", undefined],
  ])("reads the day %s", (text, day) => expect(parseDay(text)).toBe(day));
});
