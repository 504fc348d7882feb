import { z } from "zod";
import { isZone, parseInstant } from "./time.ts";

/** One thing wrong with an input: where, what stands there, what was expected (design.md §8). */
export interface Problem {
  path: string;
  /** undefined = nothing there. */
  value: unknown;
  expected: string;
}

export type Parsed<T> =
  | { ok: true; value: T; warnings: string[] }
  | { ok: false; problems: Problem[]; warnings: string[] };

type Step = PropertyKey;

/** `lecturers[3].weight: expected a number > 0, got -1`. */
export function problemText(problem: Problem): string {
  return `${problem.path || "(input)"}: expected ${problem.expected}, got ${shown(problem.value)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** `["lecturers", 3, "weight"]` → `lecturers[3].weight`; keys that are no plain names stand in quotes. */
export function pathText(steps: readonly Step[]): string {
  let text = "";
  for (const step of steps) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(String(step))) text += (text && ".") + String(step);
    else text += `[${JSON.stringify(String(step))}]`;
  }
  return text;
}

function valueAt(root: unknown, steps: readonly Step[]): unknown {
  let value = root;
  for (const step of steps) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<Step, unknown>)[step];
  }
  return value;
}

/**
 * Checks an input against a schema whose messages are expectations ("a number > 0").
 * Unknown keys become warnings; `cross` adds what one schema cannot say (duplicates, names that point nowhere).
 */
export function parseInput<T>(
  schema: z.ZodType<T>,
  input: unknown,
  cross: (input: unknown) => Problem[] = () => [],
): Parsed<T> {
  const copy: unknown = structuredClone(input);
  const warnings: string[] = [];
  let result = schema.safeParse(copy);
  const unknown = result.error?.issues.filter((issue) => issue.code === "unrecognized_keys") ?? [];
  if (unknown.length > 0) {
    for (const issue of unknown) warnings.push(...dropKeys(copy, issue.path, issue.keys));
    result = schema.safeParse(copy);
  }
  const problems = dedupe([
    ...(result.error?.issues ?? []).map((issue) => toProblem(copy, issue)),
    ...cross(copy),
  ]);
  if (result.success && problems.length === 0) return { ok: true, value: result.data, warnings };
  return { ok: false, problems, warnings };
}

function dropKeys(root: unknown, path: readonly Step[], keys: readonly string[]): string[] {
  const holder = valueAt(root, path) as Record<string, unknown>;
  return keys.map((key) => {
    delete holder[key];
    return `${pathText([...path, key])}: unknown key, ignored`;
  });
}

function toProblem(root: unknown, issue: z.core.$ZodIssue): Problem {
  return { path: pathText(issue.path), value: valueAt(root, issue.path), expected: issue.message };
}

function dedupe(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = `${problem.path}\u0000${problem.expected}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

// Expectations said once; every schema of the command line is made of these.

export const text = z.string("a text that is not empty").min(1, "a text that is not empty");
export const anyNumber = z.number("a number");
export const positive = z.number("a number > 0").gt(0, "a number > 0");
export const flag = z.boolean("true or false");

export function integerFrom(least: number) {
  const expected = `an integer >= ${least}`;
  return z.number(expected).int(expected).gte(least, expected);
}

export function numberFrom(least: number) {
  const expected = `a number >= ${least}`;
  return z.number(expected).gte(least, expected);
}

export function oneOf<const T extends readonly [string, ...string[]]>(...values: T) {
  return z.enum(values, `one of ${values.join(", ")}`);
}

export function listOf<T extends z.ZodType>(item: T) {
  return z.array(item, "a list");
}

export function recordOf<T extends z.ZodType>(item: T) {
  return z.record(z.string(), item, "an object");
}

export function object<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "invalid_type" ? "an object" : undefined),
  });
}

const instantExpected = "a date and time with offset, like 2026-12-02T15:00:00+08:00";
export const instant = z
  .string(instantExpected)
  .refine((value) => parseInstant(value) !== null, instantExpected);

const zoneExpected = "an IANA time zone name, like Asia/Shanghai";
export const zone = z.string(zoneExpected).refine(isZone, zoneExpected);

const timeExpected = "a time of day HH:mm from 00:00 to 24:00";
export const timeOfDay = z.string(timeExpected).regex(/^(?:([01]\d|2[0-3]):[0-5]\d|24:00)$/, timeExpected);

// Cross checks look at the raw input, so that they speak even when something else is wrong too.

/** The objects of a list at a top-level key, with their positions; anything else is left to the schema. */
export function itemsOf(input: unknown, key: string): { index: number; item: Record<string, unknown> }[] {
  const list = valueAt(input, [key]);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) =>
    typeof item === "object" && item !== null ? [{ index, item: item as Record<string, unknown> }] : [],
  );
}

/** Problems for values of `field` that stand twice in the list at `key`. */
export function duplicates(input: unknown, key: string, field: string, what = "an id used once"): Problem[] {
  const first = new Map<unknown, number>();
  const problems: Problem[] = [];
  for (const { index, item } of itemsOf(input, key)) {
    const value = item[field];
    if (typeof value !== "string") continue;
    const before = first.get(value);
    if (before === undefined) first.set(value, index);
    else
      problems.push({
        path: pathText([key, index, field]),
        value,
        expected: `${what} (also at ${pathText([key, before, field])})`,
      });
  }
  return problems;
}

/** The texts found at `field` of the list at `key`. */
export function namesOf(input: unknown, key: string, field = "id"): Set<string> {
  return new Set(
    itemsOf(input, key).flatMap(({ item }) => (typeof item[field] === "string" ? [item[field]] : [])),
  );
}

/** Problems for values of `field` (a text or a list of texts) that are not among `known`. */
export function unknownNames(
  input: unknown,
  key: string,
  field: string,
  known: ReadonlySet<string>,
  what: string,
): Problem[] {
  const expected = `the id of a known ${what}`;
  return itemsOf(input, key).flatMap(({ index, item }) => {
    const value = item[field];
    const entries: [Step[], unknown][] = Array.isArray(value)
      ? value.map((one: unknown, at) => [[key, index, field, at], one])
      : [[[key, index, field], value]];
    return entries
      .filter(([, one]) => typeof one === "string" && !known.has(one))
      .map(([steps, one]) => ({ path: pathText(steps), value: one, expected }));
  });
}
