import { z } from "zod";
import {
  anyNumber,
  duplicates,
  flag,
  instant,
  integerFrom,
  itemsOf,
  listOf,
  namesOf,
  numberFrom,
  object,
  oneOf,
  parseInput,
  pathText,
  text,
  unknownNames,
  zone,
} from "../input.ts";
import type { Parsed, Problem } from "../input.ts";
import { score } from "../feedback/score.ts";
import { rule, ruleProblems } from "./rules.ts";

const periodExpected = "a period like 2026-10, 2026-Q4 or 2026";
export const period = z
  .string(periodExpected)
  .regex(/^\d{4}(?:-(?:0[1-9]|1[0-2])|-Q[1-4])?$/, periodExpected);

const session = object({
  id: text,
  lecturer: text,
  co: listOf(text).default([]),
  start: instant,
  state: oneOf("open", "planned", "confirmed", "submitted", "delivered", "rated", "cancelled"),
  group: text.optional(),
  topic: text.optional(),
  title: text.optional(),
  difficulty: numberFrom(0).default(1),
  hours: numberFrom(0).default(1),
  thanks: integerFrom(0).default(0),
  used: integerFrom(0).default(0),
  newCourse: flag.default(false),
  helpers: listOf(text).default([]),
});

const lecturer = object({
  id: text,
  level: numberFrom(0).default(1),
  optOut: flag.default(false),
  sharesBefore: integerFrom(0).default(0),
});

const entry = object({
  key: text,
  kind: oneOf("grant", "reversal", "adjust").optional(),
  lecturer: text,
  period: period.optional(),
  rule: text.nullish(),
  version: integerFrom(1).nullish(),
  points: anyNumber,
  reason: z.string("a text").nullish(),
  source: z.string("a text").nullish(),
  reverses: text.nullish(),
});

const shape = {
  timezone: zone,
  rules: listOf(rule),
  lecturers: listOf(lecturer),
  sessions: listOf(session),
  ratings: listOf(object({ lecturer: text, session: text, score })).default([]),
  prior: object({ mean: anyNumber.optional(), weight: numberFrom(0).optional() }).optional(),
  ledger: listOf(entry).default([]),
};

const closeInput = object({ period, ...shape });
const simulateInput = object({
  period: period.optional(),
  ...shape,
  proposed: listOf(rule),
  periods: listOf(period),
});

export type CloseInput = z.output<typeof closeInput>;
export type SimulateInput = z.output<typeof simulateInput>;
export type Session = z.output<typeof session>;
export type LedgerEntry = z.output<typeof entry>;

export function parseCloseInput(input: unknown): Parsed<CloseInput> {
  return parseInput<CloseInput>(closeInput, input, crossProblems);
}

export function parseSimulateInput(input: unknown): Parsed<SimulateInput> {
  return parseInput<SimulateInput>(simulateInput, input, (raw) => [
    ...crossProblems(raw),
    ...rulesProblems(raw, "proposed"),
    ...repeated(raw, "periods"),
  ]);
}

function crossProblems(input: unknown): Problem[] {
  const lecturers = namesOf(input, "lecturers");
  const known = (key: string, field: string) => unknownNames(input, key, field, lecturers, "lecturer");
  return [
    ...rulesProblems(input, "rules"),
    ...duplicates(input, "lecturers", "id"),
    ...duplicates(input, "sessions", "id"),
    ...duplicates(input, "ledger", "key", "a key used once"),
    ...known("sessions", "lecturer"),
    ...known("sessions", "co"),
    ...known("sessions", "helpers"),
    ...known("ratings", "lecturer"),
    ...unknownNames(input, "ratings", "session", namesOf(input, "sessions"), "session"),
    ...unknownNames(input, "ledger", "reverses", namesOf(input, "ledger", "key"), "ledger entry"),
  ];
}

function rulesProblems(input: unknown, key: string): Problem[] {
  const seen = new Set<string>();
  return itemsOf(input, key).flatMap(({ index, item }) => {
    const found = ruleProblems(item).map((problem) => ({
      ...problem,
      path: pathText([key, index, problem.key]),
    }));
    const version = JSON.stringify([item["id"], item["version"] ?? 1]);
    if (seen.has(version))
      found.push({
        key: "",
        path: pathText([key, index, "version"]),
        value: item["version"],
        expected: "another version than the rule of the same id before",
      });
    seen.add(version);
    return found.map(({ path, value, expected }) => ({ path, value, expected }));
  });
}

function repeated(input: unknown, key: string): Problem[] {
  const list: unknown = (input as Record<string, unknown> | null)?.[key];
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    list.indexOf(value) < index
      ? [{ path: pathText([key, index]), value, expected: "a period named once" }]
      : [],
  );
}
