import { expect, test } from "vitest";
import { defaultSettings } from "#base/defaults/settings.ts";
import type { Ctx } from "#server/context.ts";
import type { Rec } from "#server/services/records/read.ts";
import { windowsIn } from "#server/services/schedule/windows.ts";

const ctx = { workspace: { timezone: "Asia/Shanghai" }, settings: defaultSettings() } as unknown as Ctx;
const group = (id: string, timezone?: string) =>
  ({ id, ...(timezone ? { timezone } : {}) }) as unknown as Rec<"groups">;
const lecturer = (windowsExact: string, groups: string[]) =>
  ({ id: "l", windowsExact, groups }) as unknown as Rec<"lecturers">;
const slot = (of: Rec<"groups">, start: string) => ({ group: of, start: Date.parse(start), minutes: 45 });

test("a group in the workspace's zone: windows go into the plan as they are", () => {
  const own = group("g");
  const { windows, outside } = windowsIn(ctx, lecturer("周三 14:00-17:00", ["g"]), [
    slot(own, "2026-12-02T15:00:00+08:00"),
  ]);
  expect(windows).toEqual([{ weekday: 3, from: "14:00", to: "17:00" }]);
  expect(outside).toEqual([]);
});

test("a group in Berlin: its own wall clock decides, on both sides of the clock change", () => {
  const berlin = group("b", "Europe/Berlin");
  // 15:00 in Berlin: 21:00 in Shanghai in summer, 22:00 in winter.
  const slots = [slot(berlin, "2026-10-21T15:00:00+02:00"), slot(berlin, "2026-10-28T15:00:00+01:00")];
  expect(windowsIn(ctx, lecturer("周三 14:00-17:00", ["b"]), slots)).toEqual({ windows: [], outside: [] });
  expect(windowsIn(ctx, lecturer("周三 21:00-22:00", ["b"]), slots).outside).toEqual(
    slots.map(({ start }) => ({ from: start, to: start + 45 * 60_000 })),
  );
  // Other people's groups are no matter of theirs.
  expect(windowsIn(ctx, lecturer("周三 14:00-17:00", ["g"]), slots).outside).toEqual([]);
});

test("who is always free stays so", () => {
  const berlin = group("b", "Europe/Berlin");
  expect(windowsIn(ctx, lecturer("", ["b"]), [slot(berlin, "2026-10-28T15:00:00+01:00")])).toEqual({
    windows: [],
    outside: [],
  });
});
