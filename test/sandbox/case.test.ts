import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { anyTables, tableKeys } from "#base/index.ts";
import type { Field, Table as Spec } from "#base/table.ts";
import { company } from "#sandbox/case/generate.ts";
import type { Cell, Row, Table } from "#sandbox/case/shared.ts";
import { SUBJECTS } from "#sandbox/case/topics.ts";
import { files } from "#sandbox/case/write.ts";
import { bank } from "#sandbox/people/comments.ts";

const folder = join(import.meta.dirname, "../../sandbox/case");
const seeds = [1, 2, 7];

describe("the case company", () => {
  test("the committed files are what seed 1 generates", () => {
    for (const [name, text] of Object.entries(files(company(1)))) {
      expect(
        readFileSync(join(folder, name), "utf8") === text,
        `${name}: run tsx sandbox/case/write.ts`,
      ).toBe(true);
    }
  });

  test.each(seeds)("seed %i has the people of the article, all different", (seed) => {
    const { org, chats } = company(seed);
    const count = (role: string) => org.people.filter((person) => person.role === role).length;
    expect([count("lecturer"), count("learner"), count("admin"), count("manager")]).toEqual([30, 240, 3, 6]);
    for (const key of ["open_id", "union_id", "user_id", "name", "email", "mobile", "employee_no"] as const) {
      expect(new Set(org.people.map((person) => person[key])).size, key).toBe(279);
    }
    const ids = new Set(org.people.map((person) => person.open_id));
    const managers = new Set(
      org.people.filter((person) => person.role === "manager").map((person) => person.open_id),
    );
    for (const person of org.people) {
      if (person.role !== "manager") expect(managers.has(person.leader_user_id), person.name).toBe(true);
    }
    for (const chat of chats)
      expect(
        chat.members.every((member) => ids.has(member)),
        chat.name,
      ).toBe(true);
  });

  test.each(seeds)("seed %i tells the three months before as the article does", (seed) => {
    const { history } = company(seed);
    const mean = history.ratings.reduce((sum, entry) => sum + entry.score, 0) / history.ratings.length;
    expect(mean).toBeCloseTo(3.5, 2);
    const rows = history.sessions.rows;
    for (const month of ["2026-09", "2026-10", "2026-11"]) {
      const turns = rows.filter((row) => row.key.startsWith(month));
      const people = new Set(turns.map(lecturerOf));
      const nudged = new Set(turns.filter((row) => Number(row.fields["人工催促次数"]) > 0).map(lecturerOf));
      expect(nudged.size / people.size, month).toBeGreaterThan(0.27);
      expect(nudged.size / people.size, month).toBeLessThan(0.33);
    }
    const fading = rows.filter((row) => lecturerOf(row) === "李建国");
    expect(fading.map((row) => row.fields["评分"])).toEqual([4.5, 4.5, 3.8, 3.8]);
  });

  test.each(seeds)(
    "seed %i asks for after-sales in 35 of the latest 100 demands, found by the topics' own keywords",
    (seed) => {
      const demands = rowsOf(company(seed).shared, "学员需求");
      expect(demands).toHaveLength(600);
      const latest = demands.slice(-100).map((row) => byKeywords(row.fields["内容"] as string));
      const share = latest.filter((name) => name === "售后问题处理技巧").length;
      expect(share).toBeGreaterThanOrEqual(34);
      expect(share).toBeLessThanOrEqual(37);
      expect(new Set(latest).size).toBeGreaterThan(15);
      const dates = demands.map((row) => Number(row.fields["日期"]));
      expect(dates.at(-1)! - dates[0]!).toBeLessThanOrEqual(180 * 86_400_000);
      expect([...dates].sort((a, b) => a - b)).toEqual(dates);
    },
  );

  test("every table, field and option is one the registry knows, in the form Feishu takes", () => {
    const { shared, history } = company(1);
    const problems = [...shared, history.sessions].flatMap((table) => check(table));
    expect(problems).toEqual([]);
  });

  test("a wrong option and an unknown field are found", () => {
    const wrong: Table = {
      table: "讲师",
      links: {},
      files: [],
      rows: [{ key: "x", fields: { 状态: "在职", 姓氏: "王" } }],
    };
    expect(check(wrong)).toEqual(["讲师.x.状态: no option 在职", "讲师.x.姓氏: no such field"]);
  });

  test("links point to rows posted before them", () => {
    const { shared, history } = company(1);
    const seen = new Map<string, Set<string>>();
    for (const table of [...shared, history.sessions]) {
      for (const row of table.rows) {
        for (const [field, target] of Object.entries(table.links)) {
          for (const key of (row.fields[field] ?? []) as string[]) {
            expect(seen.get(target)?.has(key), `${table.table}.${row.key}.${field} → ${key}`).toBe(true);
          }
        }
      }
      seen.set(table.table, new Set(table.rows.map((row) => row.key)));
      expect(seen.get(table.table)?.size, `keys of ${table.table}`).toBe(table.rows.length);
    }
  });

  test("people have at least 150 different sentences for each tone", () => {
    for (const tone of ["praise", "problem", "mixed"] as const) {
      expect(new Set(bank(tone)).size).toBe(bank(tone).length);
      expect(bank(tone).length).toBeGreaterThanOrEqual(150);
    }
  });
});

function lecturerOf(row: Row): string {
  return (row.fields["讲师"] as string[])[0] ?? "";
}

function rowsOf(tables: Table[], name: string): Row[] {
  return tables.find((table) => table.table === name)?.rows ?? [];
}

/** The plainest classifier there is: most keywords found, the first topic on a tie. */
function byKeywords(text: string): string | null {
  const hits = SUBJECTS.map((subject) => ({
    name: subject.name,
    n: subject.keywords.filter((word) => text.includes(word)).length,
  }));
  const best = hits.reduce((a, b) => (b.n > a.n ? b : a));
  return best.n > 0 ? best.name : null;
}

function check(table: Table): string[] {
  const spec = tableKeys.map((key) => anyTables[key]).find((entry) => entry.names.zh === table.table);
  if (!spec) return [`${table.table}: no such table`];
  return table.rows.flatMap((row) =>
    Object.entries(row.fields).flatMap(([name, cell]) => {
      const problem = checkCell(spec, name, cell);
      return problem ? [`${table.table}.${row.key}.${name}: ${problem}`] : [];
    }),
  );
}

function checkCell(spec: Spec, name: string, cell: Cell): string | null {
  const field = Object.values(spec.fields).find((entry) => entry.zh === name);
  if (!field) return "no such field";
  const unknown = optionNames(field, cell).find(
    (option) => !("options" in field) || !field.options.some((known) => known.zh === option),
  );
  if (unknown !== undefined) return `no option ${unknown}`;
  return shapes[field.kind]?.(cell) === false ? `${JSON.stringify(cell)} is not a ${field.kind}` : null;
}

function optionNames(field: Field, cell: Cell): string[] {
  if (field.kind === "select") return [cell as string];
  return field.kind === "multiSelect" || field.kind === "openSelect" ? (cell as string[]) : [];
}

const isText = (cell: Cell) => typeof cell === "string";
const isNumber = (cell: Cell) => typeof cell === "number";
const isIds = (cell: Cell) =>
  Array.isArray(cell) && cell.every((item) => typeof item === "object" && "id" in item);
const isNames = (cell: Cell) => Array.isArray(cell) && cell.every((item) => typeof item === "string");

const shapes: Partial<Record<Field["kind"], (cell: Cell) => boolean>> = {
  text: isText,
  number: isNumber,
  date: isNumber,
  checkbox: (cell) => typeof cell === "boolean",
  person: (cell) => isIds(cell) && (cell as unknown[]).length === 1,
  persons: isIds,
  chat: (cell) => isIds(cell) && (cell as unknown[]).length === 1,
  chats: isIds,
  link: (cell) => isNames(cell) && (cell as unknown[]).length === 1,
  links: isNames,
  attachment: isNames,
  url: (cell) => typeof cell === "object" && "link" in cell,
};
