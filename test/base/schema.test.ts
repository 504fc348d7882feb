import { describe, expect, expectTypeOf, it } from "vitest";
import { anyTables, type PatchOf, type RowOf, tableKeys, tables } from "#base/index.ts";
import { schemaOf } from "#base/rows.ts";

describe("the registry", () => {
  it("has the nine shared tables and the eight of the admins", () => {
    const of = (base: string) => tableKeys.filter((key) => anyTables[key].base === base);
    expect(of("shared")).toEqual([
      "lecturers",
      "groups",
      "sessions",
      "topics",
      "templates",
      "materials",
      "demands",
      "ratings",
      "companyDays",
    ]);
    expect(of("admin")).toEqual([
      "profiles",
      "rules",
      "ledger",
      "awards",
      "careNotes",
      "messages",
      "metrics",
      "settings",
    ]);
  });

  it.each(tableKeys)("%s: names of fields, options and views are unique in both languages", (key) => {
    const table = anyTables[key];
    for (const language of ["zh", "en"] as const) {
      const names = Object.values(table.fields).map((field) => field[language]);
      expect(new Set(names).size).toBe(names.length);
      const views = table.views.map((view) => view[language]);
      expect(new Set(views).size).toBe(views.length);
      for (const field of Object.values(table.fields)) {
        if (!("options" in field)) continue;
        const options = field.options.map((option) => option[language]);
        expect(new Set(options).size).toBe(options.length);
      }
    }
  });

  it.each(tableKeys)("%s: no field is called in one language what another is called in the other", (key) => {
    const fields = Object.entries(anyTables[key].fields);
    for (const [name, { zh }] of fields)
      for (const [other, { en }] of fields) if (name !== other) expect(zh).not.toBe(en);
  });

  it("has table names that are unique, also by their aliases, and free of Feishu's forbidden signs", () => {
    const names = tableKeys.flatMap((key) => {
      const { names: own, aliases = [] } = anyTables[key];
      return [...new Set([own.zh, own.en, ...aliases])];
    });
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).not.toMatch(/[/\\?*:[\]]/u);
  });

  it.each(tableKeys)("%s: the primary field comes first and is text", (key) => {
    const table = anyTables[key];
    expect(Object.keys(table.fields)[0]).toBe(table.primary);
    expect(table.fields[table.primary]?.kind).toBe("text");
  });

  it.each(tableKeys)("%s: ends with 更新时间, except 评分, which has no time and no person", (key) => {
    const kinds = Object.values(anyTables[key].fields).map((field) => field.kind);
    if (key === "ratings") expect(kinds).not.toEqual(expect.arrayContaining(["updated", "person", "date"]));
    else expect(kinds.at(-1)).toBe("updated");
  });

  it("links only inside one Base, and two-way only where the reverse list is wanted", () => {
    const twoWay: string[] = [];
    for (const key of tableKeys)
      for (const [name, field] of Object.entries(anyTables[key].fields)) {
        if (!("table" in field)) continue;
        const target = tableKeys.find((other) => other === field.table);
        expect(target).toBeDefined();
        expect(anyTables[target ?? key].base).toBe(anyTables[key].base);
        if (field.kind === "link" && field.back) {
          twoWay.push(`${key}.${name}`);
          expect(anyTables[target ?? key].fields[field.back.key]).toMatchObject({
            kind: "backLinks",
            of: name,
            table: key,
          });
        }
      }
    expect(twoWay).toEqual(["sessions.lecturer", "materials.session"]);
  });

  it("puts the state first among selects and the main date first among dates", () => {
    const firstOf = (key: keyof typeof tables, kind: string) =>
      Object.entries(anyTables[key].fields).find(([, field]) => field.kind === kind)?.[0];
    for (const key of [
      "lecturers",
      "groups",
      "sessions",
      "topics",
      "demands",
      "awards",
      "careNotes",
    ] as const)
      expect(firstOf(key, "select")).toBe("state");
    expect(firstOf("sessions", "date")).toBe("start");
    expect(firstOf("rules", "date")).toBe("from");
  });

  it("keeps the private fields of a lecturer out of the shared Base", () => {
    const shared = Object.keys(tables.lecturers.fields);
    for (const field of [
      "weight",
      "preference",
      "preferenceSource",
      "points",
      "score",
      "scoreN",
      "scoreRange",
      "note",
    ]) {
      expect(shared).not.toContain(field);
      expect(Object.keys(tables.profiles.fields)).toContain(field);
    }
  });

  it("names views without brackets and filters by fields and options that exist", () => {
    for (const key of tableKeys)
      for (const view of anyTables[key].views) {
        expect(`${view.zh}${view.en}`).not.toMatch(/[[\]]/u);
        for (const { field: name, value } of view.filter ?? []) {
          const field = anyTables[key].fields[name];
          expect(field).toBeDefined();
          if (field?.kind === "select")
            expect(field.options.map((option) => option.key)).toEqual(expect.arrayContaining([...value]));
        }
        for (const name of view.only ?? []) expect(anyTables[key].fields[name]).toBeDefined();
      }
  });

  it("gives rows their types", () => {
    expectTypeOf<RowOf<"sessions">["state"]>().toEqualTypeOf<
      "open" | "planned" | "confirmed" | "submitted" | "delivered" | "rated" | "cancelled" | undefined
    >();
    expectTypeOf<RowOf<"sessions">["pinned"]>().toEqualTypeOf<boolean>();
    expectTypeOf<RowOf<"sessions">["co"]>().toEqualTypeOf<string[] | undefined>();
    expectTypeOf<RowOf<"lecturers">["expertise"]>().toEqualTypeOf<string[] | undefined>();
    expectTypeOf<RowOf<"lecturers">["sessions"]>().toEqualTypeOf<string[] | undefined>();
    expectTypeOf<RowOf<"groups">["weekdays"]>().toEqualTypeOf<
      ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[] | undefined
    >();
    expectTypeOf<PatchOf<"sessions">["start"]>().toEqualTypeOf<number | null | undefined>();
    expectTypeOf<PatchOf<"sessions">>().not.toHaveProperty("updated");
    expectTypeOf<PatchOf<"lecturers">>().not.toHaveProperty("sessions");
  });

  it("checks rows by zod: defaults for checkboxes, unknown keys refused", () => {
    expect(schemaOf("sessions").parse({ label: "x" })).toEqual({
      label: "x",
      pinned: false,
      provisional: false,
      proactive: false,
    });
    expect(schemaOf("sessions").safeParse({ label: "x", nonsense: 1 }).success).toBe(false);
    expect(schemaOf("groups").safeParse({ startTime: "25:00" }).success).toBe(false);
  });
});
