import { z } from "zod";
import {
  anyNumber,
  duplicates,
  instant,
  integerFrom,
  itemsOf,
  listOf,
  namesOf,
  object,
  parseInput,
  pathText,
  positive,
  recordOf,
  text,
  timeOfDay,
  unknownNames,
  zone,
} from "../input.ts";
import type { Parsed, Problem } from "../input.ts";
import { parseInstant } from "../time.ts";

const slot = object({
  id: text,
  group: text,
  start: instant,
  minutes: integerFrom(1),
  topics: listOf(text).default([]),
  requires: recordOf(anyNumber).default({}),
});

const weekdayExpected = "an ISO weekday from 1 (Monday) to 7 (Sunday)";
const weeklyWindow = object({
  weekday: z.number(weekdayExpected).int(weekdayExpected).gte(1, weekdayExpected).lte(7, weekdayExpected),
  from: timeOfDay,
  to: timeOfDay,
});

const lecturer = object({
  id: text,
  groups: listOf(text),
  weight: positive.default(1),
  credit: anyNumber.default(0),
  expertise: recordOf(anyNumber).default({}),
  windows: listOf(weeklyWindow).default([]),
  busy: listOf(object({ from: instant, to: instant })).default([]),
  maxPerMonth: integerFrom(0).optional(),
  minGapDays: integerFrom(0).optional(),
});

/** What `lectern plan` reads; the meaning of every key is in design.md §8. */
export const planProblem = object({
  timezone: zone,
  slots: listOf(slot),
  lecturers: listOf(lecturer),
  topics: listOf(object({ id: text, tags: recordOf(anyNumber).default({}) })).default([]),
  history: listOf(object({ lecturer: text, start: instant })).default([]),
  pinned: listOf(object({ slot: text, lecturer: text })).default([]),
  previous: listOf(object({ slot: text, lecturer: text })).default([]),
});

export type PlanProblem = z.output<typeof planProblem>;
export type PlanInput = z.input<typeof planProblem>;
export type WeeklyWindow = z.output<typeof weeklyWindow>;

/** Checks a problem; unknown slots in `previous` are warnings, everything else that points nowhere is a problem. */
export function parsePlanProblem(input: unknown): Parsed<PlanProblem> {
  const parsed = parseInput<PlanProblem>(planProblem, input, crossProblems);
  const slots = namesOf(input, "slots");
  for (const { index, item } of itemsOf(input, "previous"))
    if (typeof item["slot"] === "string" && !slots.has(item["slot"]))
      parsed.warnings.push(`previous[${index}].slot: no such slot, ignored: ${JSON.stringify(item["slot"])}`);
  return parsed;
}

function crossProblems(input: unknown): Problem[] {
  const slots = namesOf(input, "slots");
  const lecturers = namesOf(input, "lecturers");
  return [
    ...duplicates(input, "slots", "id"),
    ...duplicates(input, "lecturers", "id"),
    ...duplicates(input, "topics", "id"),
    ...duplicates(input, "pinned", "slot", "a slot pinned once"),
    ...duplicates(input, "previous", "slot", "a slot named once"),
    ...unknownNames(input, "slots", "topics", namesOf(input, "topics"), "topic"),
    ...unknownNames(input, "pinned", "slot", slots, "slot"),
    ...unknownNames(input, "pinned", "lecturer", lecturers, "lecturer"),
    ...itemsOf(input, "lecturers").flatMap(({ index, item }) => [
      ...spans(
        item["windows"],
        ["lecturers", index, "windows"],
        (from, to) => from < to,
        "a time after `from`",
      ),
      ...spans(item["busy"], ["lecturers", index, "busy"], inOrder, "an instant not before `from`"),
    ]),
  ];
}

function inOrder(from: string, to: string): boolean {
  const [start, end] = [parseInstant(from), parseInstant(to)];
  return start === null || end === null || start <= end;
}

function spans(
  list: unknown,
  path: (string | number)[],
  right: (from: string, to: string) => boolean,
  expected: string,
): Problem[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, at) => {
    const { from, to } = (entry ?? {}) as { from?: unknown; to?: unknown };
    if (typeof from !== "string" || typeof to !== "string" || right(from, to)) return [];
    return [{ path: pathText([...path, at, "to"]), value: to, expected: `${expected} (${from})` }];
  });
}
