import fc from "fast-check";
import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { quarterEnds } from "#domain/schedule/quarter-end.ts";
import { groupSlots } from "#domain/schedule/slots.ts";
import type { Cadence } from "#domain/schedule/slots.ts";
import { addDays, isHoliday, isWorkday, type DayOverride } from "#domain/time.ts";

const weekly: Cadence = {
  frequency: "weekly",
  weekdays: [3],
  anchor: "2026-01-01",
  startTime: "15:00",
  minutes: 45,
  zone: "Asia/Shanghai",
  talks: 1,
  onHoliday: "skip",
};

function slots(
  cadence: Partial<Cadence>,
  from: string,
  to: string,
  companyDays: DayOverride[] = [],
  avoidEdges = false,
) {
  const all = { ...weekly, ...cadence };
  const at = (day: string) => DateTime.fromISO(day, { zone: all.zone }).toMillis();
  return groupSlots({ group: "g", cadence: all, from: at(from), to: at(to), companyDays, avoidEdges });
}
const daysOf = (...args: Parameters<typeof slots>) => slots(...args).map(({ day }) => day);

test("wall-clock time stays through the clock change", () => {
  const found = slots({ zone: "Europe/Berlin" }, "2026-03-18", "2026-04-02");
  expect(found.map((slot) => new Date(slot.start).toISOString())).toEqual([
    "2026-03-18T14:00:00.000Z",
    "2026-03-25T14:00:00.000Z",
    "2026-04-01T13:00:00.000Z",
  ]);
});

test("public holidays: skipped, put off to the next workday, or kept", () => {
  const days = (onHoliday: Cadence["onHoliday"]) =>
    slots({ onHoliday, weekdays: [4] }, "2026-09-24", "2026-10-15").map((slot) => slot.day);
  expect(days("skip")).toEqual(["2026-09-24", "2026-10-08"]);
  expect(days("keep")).toEqual(["2026-09-24", "2026-10-01", "2026-10-08"]);
  const put = slots({ onHoliday: "next", weekdays: [4] }, "2026-09-24", "2026-10-08");
  expect(put.at(-1)).toMatchObject({ movedFrom: null, day: "2026-09-24" });
  expect(days("next")).toEqual(["2026-09-24", "2026-10-08"]);
});

test("a Saturday worked for a holiday is a workday, days beside a long holiday are to be avoided", () => {
  const found = slots({ weekdays: [1, 2, 3, 4, 5, 6] }, "2026-09-28", "2026-10-12");
  const avoid = Object.fromEntries(found.map((slot) => [slot.day, slot.avoid]));
  expect(avoid["2026-09-30"]).toBe("before-holiday");
  expect(avoid["2026-10-08"]).toBe("after-holiday");
  expect(avoid["2026-09-29"]).toBeNull();
  expect(avoid["2026-10-10"]).toBeNull();
  expect(Object.keys(avoid)).not.toContain("2026-10-05");
});

test("the company's own days win: off, working, blocked for one group", () => {
  const day = (kind: DayOverride["kind"], on: string, groups?: string[]): DayOverride => ({
    kind,
    from: on,
    to: on,
    groups,
  });
  const at = "2026-12-02";
  expect(slots({}, at, "2026-12-03", [day("off", at)])).toEqual([]);
  expect(slots({}, at, "2026-12-03", [day("blocked", at, ["g"])])).toEqual([]);
  expect(slots({}, at, "2026-12-03", [day("blocked", at, ["other"])])).toHaveLength(1);
  expect(slots({ weekdays: [4] }, "2026-10-01", "2026-10-02", [day("work", "2026-10-01")])).toHaveLength(1);
});

test("every two weeks from the anchor's week, the anchor's week of the month, RRULE", () => {
  const days = (cadence: Partial<Cadence>) =>
    slots(cadence, "2026-11-01", "2027-01-01").map((slot) => slot.day);
  expect(days({ frequency: "biweekly", anchor: "2026-11-05" })).toEqual([
    "2026-11-18",
    "2026-12-02",
    "2026-12-16",
    "2026-12-30",
  ]);
  expect(days({ frequency: "monthly", anchor: "2026-01-14" })).toEqual(["2026-11-11", "2026-12-09"]);
  expect(days({ frequency: "monthly", anchor: "2026-07-29" })).toEqual(["2026-11-25", "2026-12-30"]);
  expect(days({ frequency: "custom", rrule: "RRULE:FREQ=MONTHLY;BYDAY=-1FR" })).toEqual([
    "2026-11-27",
    "2026-12-25",
  ]);
  expect(() => days({ frequency: "custom", rrule: "FREQ=SECONDLY" })).toThrow(/FREQ=SECONDLY/);
});

test("RRULE with exceptions: dates left out, dates besides, in the forms people paste", () => {
  const wednesdays = (rrule: string) => daysOf({ frequency: "custom", rrule }, "2026-12-01", "2027-01-15");
  const plain = [
    "2026-12-02",
    "2026-12-09",
    "2026-12-16",
    "2026-12-23",
    "2026-12-30",
    "2027-01-06",
    "2027-01-13",
  ];
  expect(wednesdays("FREQ=WEEKLY;BYDAY=WE")).toEqual(plain);
  const some = plain.filter((day) => day !== "2026-12-23" && day !== "2026-12-30");
  expect(wednesdays("RRULE:FREQ=WEEKLY;BYDAY=WE\nEXDATE:20261223,20261230")).toEqual(some);
  expect(
    wednesdays("FREQ=WEEKLY;BYDAY=WE EXDATE;TZID=Asia/Shanghai:20261223T150000 EXDATE=2026-12-30"),
  ).toEqual(some);
  expect(wednesdays("FREQ=WEEKLY;BYDAY=WE\nEXDATE:20261223\nRDATE:20261224")).toEqual(
    plain.map((day) => (day === "2026-12-23" ? "2026-12-24" : day)),
  );
  expect(() => wednesdays("FREQ=WEEKLY\nEXDATE:2026-13-01")).toThrow(/not a repeat rule/);
  expect(() => wednesdays("EXDATE:20261223")).toThrow(/not a repeat rule/);
});

test("the DST week in Berlin: 15:00 stays 15:00 in autumn too, and a time the clocks skip moves forward", () => {
  const starts = (cadence: Partial<Cadence>, from: string, to: string) =>
    slots({ zone: "Europe/Berlin", ...cadence }, from, to).map(({ start }) => new Date(start).toISOString());
  expect(starts({ weekdays: [1, 2, 3, 4, 5, 6, 7] }, "2026-10-23", "2026-10-28")).toEqual([
    "2026-10-23T13:00:00.000Z",
    "2026-10-24T13:00:00.000Z",
    "2026-10-25T14:00:00.000Z",
    "2026-10-26T14:00:00.000Z",
    "2026-10-27T14:00:00.000Z",
  ]);
  // 2026-03-29 has no 02:30 in Berlin.
  expect(starts({ weekdays: [7], startTime: "02:30" }, "2026-03-28", "2026-03-30")).toEqual([
    "2026-03-29T01:30:00.000Z",
  ]);
  // The hour that comes twice in autumn: the first one.
  expect(starts({ weekdays: [7], startTime: "02:30" }, "2026-10-25", "2026-10-26")).toEqual([
    "2026-10-25T00:30:00.000Z",
  ]);
});

test("National Day 2026 with its make-up days", () => {
  const every = [1, 2, 3, 4, 5, 6, 7];
  const workdays = daysOf({ weekdays: every }, "2026-09-18", "2026-10-13").filter((day) => isWorkday(day));
  expect(workdays).toContain("2026-09-20");
  expect(workdays).toContain("2026-10-10");
  expect(workdays.filter((day) => day >= "2026-10-01" && day <= "2026-10-07")).toEqual([]);
  // Put off: the Thursday of the holiday meets on the 8th, once, though the 8th is a Thursday itself.
  expect(daysOf({ weekdays: [4], onHoliday: "next" }, "2026-09-24", "2026-10-16")).toEqual([
    "2026-09-24",
    "2026-10-08",
    "2026-10-15",
  ]);
  // With the first workday after it avoided too, the make-up Saturday does not count as one to meet on before the Friday.
  expect(daysOf({ weekdays: [5], onHoliday: "next" }, "2026-09-30", "2026-10-16", [], true)).toEqual([
    "2026-10-09",
  ]);
  expect(daysOf({ weekdays: [3, 4] }, "2026-09-28", "2026-10-16", [], true)).toEqual([
    "2026-10-14",
    "2026-10-15",
  ]);
  expect(daysOf({ weekdays: [3, 4], onHoliday: "keep" }, "2026-09-28", "2026-10-09", [], true)).toHaveLength(
    4,
  );
});

test("2027 is not announced: planned like plain days, marked, and known once the company enters it", () => {
  const plain = slots({ weekdays: [5] }, "2026-12-18", "2027-01-09");
  expect(plain.map(({ day, provisional }) => [day, provisional])).toEqual([
    ["2026-12-18", false],
    ["2026-12-25", false],
    ["2027-01-01", true],
    ["2027-01-08", true],
  ]);
  const entered: DayOverride[] = [
    { kind: "off", from: "2027-01-01", to: "2027-01-03" },
    { kind: "off", from: "2027-10-01", to: "2027-10-07" },
  ];
  expect(
    slots({ weekdays: [5] }, "2026-12-18", "2027-01-09", entered).map(({ day, provisional }) => [
      day,
      provisional,
    ]),
  ).toEqual([
    ["2026-12-18", false],
    ["2026-12-25", false],
    ["2027-01-08", false],
  ]);
});

test("quarter ends: the last workdays of a quarter, weekends and holidays aside, for the groups named", () => {
  const ends = quarterEnds("2026-09-01", "2027-01-10", 3, ["g"], []);
  expect(ends).toEqual([
    { kind: "blocked", from: "2026-09-28", to: "2026-09-30", groups: ["g"] },
    { kind: "blocked", from: "2026-12-29", to: "2026-12-31", groups: ["g"] },
  ]);
  expect(daysOf({ weekdays: [1, 2, 3, 4, 5] }, "2026-12-25", "2027-01-01", ends)).toEqual([
    "2026-12-25",
    "2026-12-28",
  ]);
  // The end of May 2027 is none; that of October 2027 neither.
  expect(quarterEnds("2027-04-01", "2027-05-31", 3, ["g"], [])).toEqual([]);
});

test("whatever the rhythm: meetings lie in the span, in order, at the group's time, on no day off", () => {
  const zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York"];
  fc.assert(
    fc.property(
      fc.record({
        frequency: fc.constantFrom<Cadence["frequency"]>("weekly", "biweekly", "monthly"),
        weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
        zone: fc.constantFrom(...zones),
        talks: fc.integer({ min: 1, max: 4 }),
        onHoliday: fc.constantFrom<Cadence["onHoliday"]>("skip", "next"),
        startTime: fc.constantFrom("09:00", "15:00", "18:30"),
      }),
      fc.integer({ min: 0, max: 300 }),
      fc.boolean(),
      (cadence, offset, avoidEdges) => {
        const from = addDays("2026-01-05", offset);
        const found = slots(cadence, from, addDays(from, 56), [], avoidEdges);
        expect(slots(cadence, from, addDays(from, 56), [], avoidEdges)).toEqual(found);
        expect(found.map(({ start }) => start)).toEqual(
          [...new Set(found.map(({ start }) => start))].sort((a, b) => a - b),
        );
        for (const slot of found) {
          expect(from <= slot.day && slot.day < addDays(from, 56)).toBe(true);
          expect(isHoliday(slot.day)).toBe(false);
          if (avoidEdges) expect(slot.avoid).toBeNull();
          if (slot.talk === 0)
            expect(DateTime.fromMillis(slot.start, { zone: cadence.zone }).toFormat("HH:mm")).toBe(
              cadence.startTime,
            );
        }
        for (const day of new Set(found.map((slot) => slot.day)))
          expect(found.filter((slot) => slot.day === day)).toHaveLength(cadence.talks);
      },
    ),
    { numRuns: 60 },
  );
});

test("several talks follow one another; years not announced are provisional", () => {
  const found = slots({ talks: 2 }, "2026-12-02", "2026-12-03");
  expect(found.map((slot) => [slot.talk, new Date(slot.start).toISOString()])).toEqual([
    [0, "2026-12-02T07:00:00.000Z"],
    [1, "2026-12-02T07:45:00.000Z"],
  ]);
  expect(found[0]?.provisional).toBe(false);
  expect(slots({}, "2035-12-05", "2035-12-06")[0]?.provisional).toBe(true);
});
