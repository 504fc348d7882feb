import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { groupSlots } from "#domain/schedule/slots.ts";
import type { Cadence } from "#domain/schedule/slots.ts";
import type { DayOverride } from "#domain/time.ts";

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

function slots(cadence: Partial<Cadence>, from: string, to: string, companyDays: DayOverride[] = []) {
  const all = { ...weekly, ...cadence };
  const at = (day: string) => DateTime.fromISO(day, { zone: all.zone }).toMillis();
  return groupSlots({ group: "g", cadence: all, from: at(from), to: at(to), companyDays });
}

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

test("several talks follow one another; years not announced are provisional", () => {
  const found = slots({ talks: 2 }, "2026-12-02", "2026-12-03");
  expect(found.map((slot) => [slot.talk, new Date(slot.start).toISOString()])).toEqual([
    [0, "2026-12-02T07:00:00.000Z"],
    [1, "2026-12-02T07:45:00.000Z"],
  ]);
  expect(found[0]?.provisional).toBe(false);
  expect(slots({}, "2035-12-05", "2035-12-06")[0]?.provisional).toBe(true);
});
