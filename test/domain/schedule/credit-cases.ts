import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { CreditInput, CreditLecturer, Outcome } from "#domain/schedule/credit.ts";

const turn = z.tuple([z.string(), z.string()]).rest(z.string());
const shape = z.strictObject({
  people: z.record(
    z.string(),
    z.strictObject({
      joined: z.string().optional(),
      away: z.array(z.tuple([z.string(), z.string()])).default([]),
      weights: z.array(z.tuple([z.string(), z.number()])).optional(),
      groups: z.array(z.string()).default(["专业知识"]),
      opening: z.number().optional(),
    }),
  ),
  turns: z.array(turn),
  corrections: z.array(z.tuple([z.string(), z.string(), z.number(), z.string(), z.string()])).default([]),
  since: z.string().default("2026-01-01"),
  openingDay: z.string().optional(),
});

export interface CreditCase {
  title: string;
  input: CreditInput;
  /** By lecturer, as the document's table has it: had, fair part, corrected, balance. */
  expected: Record<string, number[]>;
}

/** The worked cases of docs/credit.md: each heading with a JSON block and a table of numbers. */
export function creditCases(): CreditCase[] {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/credit.md"), "utf8");
  return text
    .split(/^#{2,3} /mu)
    .filter((section) => section.includes("```json"))
    .map((section) => ({
      title: section.split("\n", 1)[0] ?? "",
      input: inputOf(/```json\n([\s\S]*?)```/u.exec(section)?.[1] ?? ""),
      expected: Object.fromEntries(
        [...section.matchAll(/^\| (\S+) \|((?: -?[\d.]+ \|){4})$/gmu)].map(([, who = "", cells = ""]) => [
          who,
          cells.split("|").slice(0, 4).map(Number),
        ]),
      ),
    }));
}

function inputOf(json: string): CreditInput {
  const { people, turns, corrections, since, openingDay } = shape.parse(JSON.parse(json));
  return {
    since,
    openingDay: openingDay ?? null,
    lecturers: Object.entries(people).map(([id, one]): CreditLecturer => {
      const [first = ["2026-01-01", 1] as const, ...later] = one.weights ?? [];
      const standing = ([from, weight]: readonly [string, number]) => ({ from, weight, groups: one.groups });
      return {
        id,
        standings: [standing(first), ...later.map(standing)],
        joined: one.joined ?? null,
        left: null,
        away: one.away.map(([from, to]) => ({ from, to })),
        opening: one.opening ?? null,
      };
    }),
    turns: turns.map(([day, lecturer, outcome = "had", group = "专业知识"]) => ({
      day,
      lecturer,
      group,
      outcome: (outcome === "extra" ? "had" : outcome) as Outcome,
      extra: outcome === "extra",
    })),
    corrections: corrections.map(([day, lecturer, count, reason, by]) => ({
      day,
      lecturer,
      turns: count,
      reason,
      by,
    })),
  };
}
