import { parseWindowsExact, windowsOf as windowsOfKeys, type Window } from "#base/text/windows.ts";
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
