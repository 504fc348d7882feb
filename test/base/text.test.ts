import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expertiseOf, parseLevels } from "#base/text/levels.ts";
import { parseTime } from "#base/text/time.ts";
import { parseWindowsExact, windowsOf } from "#base/text/windows.ts";

describe("levels", () => {
  it("reads tags with and without levels, in the separators people use", () => {
    expect(parseLevels("销售 0.9; 技术 0.5；客户服务，产品：80%")).toEqual({
      levels: { 销售: 0.9, 技术: 0.5, 客户服务: 0.7, 产品: 0.8 },
      problems: [],
    });
    expect(parseLevels("Customer service 0.4").levels).toEqual({ "Customer service": 0.4 });
  });
  it("names what it cannot read and goes on", () => {
    expect(parseLevels("销售 9; 0.5; 技术")).toMatchObject({
      levels: { 技术: 0.7 },
      problems: [{ value: "销售 9" }, { value: "0.5" }],
    });
  });
  it("counts a tag without level 0.7", () => {
    expect(expertiseOf(["销售", "技术"], "技术 0.5")).toEqual({ 销售: 0.7, 技术: 0.5 });
    expect(expertiseOf()).toEqual({});
  });
});

describe("windows", () => {
  it("turns the 21 options into hours of the week", () => {
    expect(windowsOf(["mon-am", "wed-pm", "sun-eve"])).toEqual([
      { weekday: 1, from: "09:00", to: "12:00" },
      { weekday: 3, from: "14:00", to: "18:00" },
      { weekday: 7, from: "18:00", to: "21:00" },
    ]);
  });
  it("reads exact windows", () => {
    expect(parseWindowsExact("周三 14:30-17:00; 星期五 9：00至10：30\nWed, Thu")).toMatchObject({
      windows: [
        { weekday: 3, from: "14:30", to: "17:00" },
        { weekday: 5, from: "09:00", to: "10:30" },
      ],
      problems: [{ value: "Wed" }, { value: "Thu" }],
    });
    expect(parseWindowsExact("周一周二 20:00–24:00").windows).toEqual([
      { weekday: 1, from: "20:00", to: "24:00" },
      { weekday: 2, from: "20:00", to: "24:00" },
    ]);
  });
  it.each(["周三 17:00-14:30", "周八 9:00-10:00", "周三", "周三 25:00-26:00"])(
    "names %s as unreadable",
    (text) => {
      expect(parseWindowsExact(text)).toMatchObject({ windows: [], problems: [{ value: text }] });
    },
  );
});

describe("times", () => {
  it("gives HH:mm or nothing, never anything else", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const time = parseTime(text);
        if (time !== undefined) expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/u);
      }),
    );
    expect(parseTime("15点30")).toBe("15:30");
    expect(parseTime("24:00")).toBeUndefined();
    expect(parseTime("24:00", { end: true })).toBe("24:00");
  });
});
