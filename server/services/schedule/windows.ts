import { parseWindowsExact, windowsOf as windowsOfKeys, type Window } from "#base/text/windows.ts";
import { covers, mergeWindows, wallSpans } from "#domain/schedule/windows.ts";
import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";

/** When a lecturer can speak: 精确时段 if filled, else the chosen parts of the week; empty = always. */
export function windowsOf(ctx: Ctx, lecturer: Rec<"lecturers">): Window[] {
  if (lecturer.windowsExact) {
    const { windows } = parseWindowsExact(lecturer.windowsExact);
    if (windows.length > 0) return windows;
  }
  const { morning, afternoon, evening } = ctx.settings;
  const hours = { am: morning[0]!, pm: afternoon[0]!, eve: evening[0]! };
  return windowsOfKeys(lecturer.windows ?? [], hours);
}

interface Span {
  from: number;
  to: number;
}

/**
 * Windows for a plan, which has one zone: where a group meets in another, the lecturer's hours are that zone's wall clock, and
 * the slots that lie outside of them are given instead.
 */
export function windowsIn(
  ctx: Ctx,
  lecturer: Rec<"lecturers">,
  slots: Iterable<{ group: Rec<"groups">; start: number; minutes: number }>,
): { windows: Window[]; outside: Span[] } {
  const windows = windowsOf(ctx, lecturer);
  const zoneOf = (group: Rec<"groups">) => group.timezone ?? ctx.workspace.timezone;
  const mine = [...slots].filter(({ group }) => lecturer.groups?.includes(group.id));
  if (windows.length === 0 || mine.every(({ group }) => zoneOf(group) === ctx.workspace.timezone))
    return { windows, outside: [] };
  const cover = mergeWindows(windows);
  const outside = mine.flatMap(({ group, start, minutes }): Span[] => {
    const to = start + minutes * 60_000;
    return covers(cover, wallSpans(start, to, zoneOf(group))) ? [] : [{ from: start, to }];
  });
  return { windows: [], outside };
}
