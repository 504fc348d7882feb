import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import {
  dayAndDate,
  dayOnly,
  deadline,
  periodWords,
  whenWords,
  type Reading,
} from "#domain/messages/dates.ts";

const zone = "Asia/Shanghai";
const at = (iso: string) => DateTime.fromISO(iso, { zone }).toMillis();
const zh = (now: string): Reading => ({ now: at(now), zone, language: "zh" });
const en = (now: string): Reading => ({ now: at(now), zone, language: "en" });

describe("dates as people read them", () => {
  it("says a Wednesday session on the Friday before as 下周三", () => {
    expect(whenWords(at("2026-12-02T15:00"), 45, zh("2026-11-27T09:30"))).toBe("下周三(12月2日)15:00–15:45");
    expect(whenWords(at("2026-12-02T15:00"), 45, en("2026-11-27T09:30"))).toBe(
      "next Wed, 2 Dec, 15:00–15:45",
    );
    expect(dayOnly(at("2026-12-02T15:00"), zh("2026-11-27T09:30"))).toBe("下周三");
    expect(dayOnly(at("2026-12-02T15:00"), en("2026-11-27T09:30"))).toBe("next Wednesday");
  });

  it.each([
    ["2026-12-02T00:00", "今天(12月2日)15:00", "today, 2 Dec, 15:00"],
    ["2026-12-02T23:59", "今天(12月2日)15:00", "today, 2 Dec, 15:00"],
    ["2026-12-01T23:59", "明天(12月2日)15:00", "tomorrow, 2 Dec, 15:00"],
    ["2026-11-30T00:00", "本周三(12月2日)15:00", "this Wed, 2 Dec, 15:00"],
    ["2026-11-29T23:59", "下周三(12月2日)15:00", "next Wed, 2 Dec, 15:00"],
    ["2026-11-23T00:00", "下周三(12月2日)15:00", "next Wed, 2 Dec, 15:00"],
    ["2026-11-22T23:59", "12月2日 15:00", "2 Dec, 15:00"],
    ["2026-12-03T00:00", "12月2日 15:00", "2 Dec, 15:00"],
  ])("at %s", (now, words, english) => {
    expect(whenWords(at("2026-12-02T15:00"), undefined, zh(now))).toBe(words);
    expect(whenWords(at("2026-12-02T15:00"), undefined, en(now))).toBe(english);
  });

  it("names tomorrow on a Sunday as 明天, though it is another week, and the year when it changes", () => {
    expect(dayAndDate(at("2026-11-30T09:00"), zh("2026-11-29T10:00"))).toBe("明天(11月30日)");
    expect(dayAndDate(at("2027-01-04T09:00"), zh("2026-12-31T10:00"))).toBe("下周一(2027年1月4日)");
    expect(dayAndDate(at("2027-02-04T09:00"), en("2026-12-31T10:00"))).toBe("4 Feb 2027");
  });

  it("reads the zone of the group, not the machine's", () => {
    const instant = Date.parse("2026-12-01T17:00:00Z");
    expect(dayOnly(instant, { now: Date.parse("2026-12-01T15:00:00Z"), zone, language: "zh" })).toBe("明天");
    expect(dayOnly(instant, { now: Date.parse("2026-12-01T15:00:00Z"), zone: "UTC", language: "zh" })).toBe(
      "今天",
    );
    expect(() => dayOnly(instant, { now: instant, zone: "Nowhere/City", language: "zh" })).toThrow(
      /Nowhere\/City/,
    );
  });

  it("gives time limits briefly when they are near", () => {
    expect(deadline(at("2026-11-28T12:00"), zh("2026-11-27T09:30"))).toBe("明天 12:00");
    expect(deadline(at("2026-11-28T12:00"), en("2026-11-27T09:30"))).toBe("tomorrow 12:00");
    expect(deadline(at("2026-12-01T12:00"), zh("2026-11-27T09:30"))).toBe("下周二(12月1日)12:00");
  });

  it("words periods", () => {
    expect(["2026-11", "2026-Q4", "2026", "spring"].map((period) => periodWords(period, "zh"))).toEqual([
      "2026年11月",
      "2026年第四季度",
      "2026年",
      "spring",
    ]);
    expect(["2026-11", "2026-Q4", "2026"].map((period) => periodWords(period, "en"))).toEqual([
      "Nov 2026",
      "Q4 2026",
      "2026",
    ]);
  });

  it("uses a relative word exactly when the ISO week is this one or the next, and it is always the right day", () => {
    const instants = fc.integer({ min: at("2024-01-01"), max: at("2030-01-01") });
    const zones = fc.constantFrom(
      "Asia/Shanghai",
      "America/New_York",
      "Europe/Berlin",
      "Pacific/Apia",
      "UTC",
    );
    fc.assert(
      fc.property(instants, fc.integer({ min: -5, max: 30 * 24 * 60 }), zones, (now, minutes, where) => {
        const then = now + minutes * 60_000;
        const [from, to] = [now, then].map((ms) => DateTime.fromMillis(ms, { zone: where }));
        const words = dayAndDate(then, { now, zone: where, language: "zh" });
        expect(words).toContain(`${to?.month}月${to?.day}日`);
        const week = from?.startOf("week");
        const weeks = Math.round(to?.startOf("week").diff(week ?? to, "days").days ?? 0) / 7;
        const past = (to?.startOf("day") ?? 0) < (from?.startOf("day") ?? 0);
        const named = /^[本下]周(.)/.exec(words);
        if (named) {
          expect("一二三四五六日".indexOf(named[1] ?? "")).toBe((to?.weekday ?? 0) - 1);
          expect(Math.round(weeks)).toBe(words.startsWith("本") ? 0 : 1);
        } else if (!/^[今明]天/.test(words)) expect(past || Math.round(weeks) > 1).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
