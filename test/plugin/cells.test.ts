import { afterAll, beforeAll, expect, test } from "vitest";
import { anyTables, tableKeys, type TableKey } from "#base/index.ts";
import type { Cells } from "#plugin/bitable.ts";
import { cellOf } from "#plugin/cells.ts";
import type { FieldPlace } from "#server/services/workspace/places.ts";
import { apiOf } from "#test/support/api.ts";
import { ADMIN, LEARNERS_CHAT, lecturer, startCompany, type Company } from "#test/support/company.ts";
import { valueOf } from "./read-cell.ts";

let company: Company;
beforeAll(async () => {
  company = await startCompany();
}, 180_000);
afterAll(() => company?.close());

/** One call of the Base SDK, answered by the strict host: wrong shapes are refused. */
async function host(base: string, method: string, c: unknown[], ...p: unknown[]): Promise<unknown> {
  const reply = (await company.wire.post("/sandbox/host/calls", {
    base,
    as: ADMIN,
    batches: [{ method, calls: [{ c, p }] }],
  })) as { batches: ({ value?: unknown } | { error: { message: string } })[][] };
  const [answer] = reply.batches[0]!;
  if (answer && "error" in answer) throw new Error(`${method}: ${answer.error.message}`);
  return answer?.value;
}

/** A value a person could fill in; undefined for what they cannot, and for links to rows that are not there. */
function sample(place: FieldPlace, token: string): unknown {
  const [option] = Object.keys(place.options ?? {});
  const values: Record<string, unknown> = {
    text: "一二三\n四",
    number: 2,
    rating: 4,
    date: Date.parse("2026-12-02T15:00:00+08:00"),
    checkbox: true,
    select: option,
    multiSelect: option && [option],
    openSelect: option && [place.options![option]!.name],
    person: lecturer(1),
    persons: [lecturer(1), lecturer(2)],
    chat: LEARNERS_CHAT,
    chats: [LEARNERS_CHAT],
    url: { text: "会议", link: "https://meet.example.com/1" },
    attachment: [{ fileToken: token, name: "课件.pdf", size: 3, type: "application/pdf" }],
    link: place.linked === company.mapping.tables.lecturers?.tableId ? company.lecturers[0] : undefined,
    links: place.linked === company.mapping.tables.lecturers?.tableId ? company.lecturers : undefined,
  };
  return values[place.kind];
}

async function uploaded(base: string): Promise<string> {
  const query = new URLSearchParams({ base, as: ADMIN, name: "课件.pdf" });
  const response = await fetch(`${company.sandbox.url}/sandbox/host/files?${query}`, {
    method: "POST",
    headers: { "content-type": "application/pdf" },
    body: "pdf",
  });
  return ((await response.json()) as { token: string }).token;
}

test("every field of every table goes into the Base in the SDK's shape, and comes back as it was", async () => {
  const places = await (await (await apiOf(company, ADMIN)).mapping.$get()).json();
  const tokens = { shared: await uploaded(company.shared), admin: await uploaded(company.admin) };
  const kinds = new Set<string>();
  for (const key of tableKeys as TableKey[]) {
    const table = places[key]!;
    const base = table.base === "shared" ? company.shared : company.admin;
    const given = new Map<string, unknown>();
    const fields: Cells = {};
    for (const [name, place] of Object.entries(table.fields)) {
      const value = sample(place, tokens[table.base]);
      if (value === undefined || anyTables[key].fields[name]?.by === "S") continue;
      given.set(name, value);
      kinds.add(place.kind);
      fields[place.id] = cellOf(place, value);
    }
    const record = (await host(base, "WidgetTable_addRecord", [table.id], { fields })) as string;
    const read = (await host(base, "WidgetTable_getRecordById", [table.id], record)) as { fields: Cells };
    for (const [name, value] of given) {
      const place = table.fields[name]!;
      expect(valueOf(place, read.fields[place.id]), `${key}.${name}`).toEqual(value);
    }
    for (const place of Object.values(table.fields).filter(({ kind }) => kind === "text")) {
      await host(base, "WidgetTable_setCellValue", [table.id], place.id, record, cellOf(place, null));
      break;
    }
  }
  expect(kinds.size).toBeGreaterThan(10);
});

test("an option that is not there is refused before it reaches the Base", () => {
  const place: FieldPlace = { id: "fld1", name: "状态", kind: "select", options: {} };
  expect(() => cellOf(place, "gone")).toThrow("状态: there is no option gone");
});
