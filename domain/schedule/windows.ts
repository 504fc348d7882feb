import { local } from "../time.ts";
import type { WeeklyWindow } from "./problem.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
export const weekMs = 7 * dayMs;

/** A stretch of local wall-clock time: milliseconds since Monday 00:00, and length. */
export interface WallSpan {
  from: number;
  length: number;
}

/** Merged availability: [from, to) in ms since Monday 00:00; null = always. */
export type WeekCover = readonly (readonly [number, number])[] | null;

/**
 * Overlapping and touching windows are one, over midnight and over Sunday too.
 * A stretch that runs past Sunday 24:00 ends beyond one week, so that a slot over that midnight finds it.
 */
export function mergeWindows(windows: readonly WeeklyWindow[]): WeekCover {
  if (windows.length === 0) return null;
  const once = windows.map((window) => {
    const day = (window.weekday - 1) * dayMs;
    return [day + clockMs(window.from), day + clockMs(window.to)] as [number, number];
  });
  // Two weeks side by side show which stretches meet over Sunday midnight.
  const spans = [...once, ...once.map(([from, to]) => [from + weekMs, to + weekMs] as [number, number])];
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: [number, number][] = [];
  for (const [from, to] of spans) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  const whole = merged.some(([from, to]) => to - from >= 2 * weekMs);
  return whole ? null : merged;
}

function clockMs(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return (hour * 60 + minute) * minuteMs;
}

/** The wall-clock stretches of [start, end): one, or several where the clocks change in between. */
export function wallSpans(start: number, end: number, zone: string): WallSpan[] {
  const spans: WallSpan[] = [];
  let at = start;
  while (at < end) {
    const until = nextOffsetChange(at, end, zone);
    const wall = local(at, zone);
    const midnight = wall.startOf("day");
    const sinceMidnight = at - midnight.toMillis() + (wall.offset - midnight.offset) * minuteMs;
    spans.push({ from: (wall.weekday - 1) * dayMs + sinceMidnight, length: until - at });
    at = until;
  }
  return spans;
}

/** The first instant in (from, to] with another offset than `from`, or `to`. */
function nextOffsetChange(from: number, to: number, zone: string): number {
  const offset = local(from, zone).offset;
  // Steps of a day: no zone changes its clocks there and back within one.
  for (let low = from; low < to; low += dayMs) {
    const high = Math.min(low + dayMs, to);
    if (local(high, zone).offset !== offset) return bisectOffset(low, high, offset, zone);
  }
  return to;
}

function bisectOffset(low: number, high: number, offset: number, zone: string): number {
  let [same, other] = [low, high];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (local(middle, zone).offset === offset) same = middle;
    else other = middle;
  }
  return other;
}

/** Whether every stretch lies in one merged window; it may end exactly where the window ends. */
export function covers(cover: WeekCover, spans: readonly WallSpan[]): boolean {
  return cover === null || spans.every((span) => cover.some(([from, to]) => inside(span, from, to)));
}

function inside(span: WallSpan, from: number, to: number): boolean {
  return (
    (from <= span.from && span.from + span.length <= to) ||
    (from <= span.from + weekMs && span.from + weekMs + span.length <= to)
  );
}
