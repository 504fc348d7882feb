import { expect, test } from "vitest";
import {
  addMonths,
  addWorkdays,
  instantAt,
  isWorkday,
  isZone,
  isoWeek,
  localDay,
  monthsOf,
  parseInstant,
  periodRange,
  weekdayOf,
  workdaysBetween,
} from "#domain/time.ts";

test("instants need an offset, zones a name", () => {
  expect(parseInstant("2026-12-02T15:00:00+08:00")).toBe(Date.UTC(2026, 11, 2, 7));
  for (const bad of ["2026-12-02T15:00:00", "2026-12-02", "2026-02-30T10:00:00Z", "2026-12-02 15:00:00Z"])
    expect(parseInstant(bad)).toBeNull();
  expect(["Asia/Shanghai", "UTC", "+08:00", "Mars/Base", ""].map(isZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("local days, weeks and periods in their zone", () => {
  const late = Date.UTC(2026, 11, 31, 16, 30);
  expect([localDay(late, "Asia/Shanghai"), localDay(late, "UTC")]).toEqual(["2027-01-01", "2026-12-31"]);
  expect(isoWeek(late, "Asia/Shanghai")).toBe("2026-W53");
  expect(weekdayOf("2026-12-02")).toBe(3);
  expect(weekdayOf("1969-12-31")).toBe(3);
  expect(monthsOf("2026-Q4")).toEqual(["2026-10", "2026-11", "2026-12"]);
  expect(addMonths("2026-01", -1)).toBe("2025-12");
  const { from, to } = periodRange("2026-Q4", "Asia/Shanghai");
  expect([new Date(from).toISOString(), new Date(to).toISOString()]).toEqual([
    "2026-09-30T16:00:00.000Z",
    "2026-12-31T16:00:00.000Z",
  ]);
});

test("workdays know holidays and the Saturdays worked for them", () => {
  expect(isWorkday("2026-10-10")).toBe(true);
  expect(isWorkday("2026-10-01")).toBe(false);
  expect(addWorkdays("2026-09-30", 1)).toBe("2026-10-08");
  // A Wednesday session is reminded of on the Friday before (texts.md §5.5).
  expect(addWorkdays("2026-12-02", -3)).toBe("2026-11-27");
  expect(workdaysBetween("2026-09-30", "2026-10-10")).toBe(3);
  expect(workdaysBetween("2026-10-10", "2026-09-30")).toBe(-3);
  expect(isWorkday("2026-12-02", [{ kind: "off", from: "2026-12-01", to: "2026-12-03" }])).toBe(false);
});

test("a time the clocks skip moves forward; 24:00 is the next day's start", () => {
  expect(new Date(instantAt("2026-03-08", "02:30", "America/New_York")).toISOString()).toBe(
    "2026-03-08T07:30:00.000Z",
  );
  expect(instantAt("2026-12-02", "24:00", "Asia/Shanghai")).toBe(
    instantAt("2026-12-03", "00:00", "Asia/Shanghai"),
  );
});
