import { createHash } from "node:crypto";
import { Writable } from "node:stream";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Seal } from "#server/context.ts";
import { attack, orderOfMarks, type Evidence, type Guess, type SeenRow } from "#test/support/attacker.ts";
import { learner, startCompany, type Company } from "#test/support/company.ts";
import { addHeld, cardWith, pressOn, query, setLive } from "#test/support/held.ts";

/** Shared with the replaced modules below. */
const state = vi.hoisted(() => ({ weak: false, logs: [] as string[] }));

vi.mock("pino", async (original) => {
  const actual = await original<typeof import("pino")>();
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      state.logs.push(chunk.toString());
      done();
    },
  });
  const loud = (options: object) => actual.pino({ ...options, level: "trace" }, sink);
  return { ...actual, pino: Object.assign(loud, actual.pino) };
});

vi.mock("#server/seal.ts", async (original) => {
  const actual = await original<typeof import("#server/seal.ts")>();
  // Plain hashes in place of keyed ones, answers readable and in the order they came.
  const weak: Seal = {
    tag: (box, person) => createHash("sha256").update(`${box}\n${person}`).digest("hex").slice(0, 32),
    close: (answers) => Buffer.from(JSON.stringify(answers)),
    open: (blob) => JSON.parse(blob.toString("utf8")) as unknown[],
  };
  return { createSeal: (key: Buffer) => (state.weak ? weak : actual.createSeal(key)) };
});

const LABELS = ["", "1 没帮助", "2 不太有用", "3 一般", "4 有用", "5 很有用"];
const PEOPLE = [1, 2, 3, 4, 5];
/** Came, was asked, and says nothing. */
const SILENT = learner(6);

interface Truth {
  id: string;
  /** Who tapped, in order, and what. */
  given: [string, number][];
}

let company: Company | undefined;
afterEach(async () => {
  await company?.close();
  company = undefined;
  state.weak = false;
});

async function open(weak: boolean): Promise<Company> {
  state.weak = weak;
  state.logs.length = 0;
  company = await startCompany({ learners: 6 });
  await setLive(company);
  await company.advanceTo("2026-12-01T17:00:00+08:00");
  return company;
}

/** `n` sessions, in each of which five people tap in a random order, with five different scores. */
async function play(
  on: Company,
  n: number,
  name: string,
  watch?: { start(): Promise<void>; tapped(): Promise<void> },
): Promise<Truth[]> {
  const present = [...PEOPLE.map(learner), SILENT];
  const held = Array.from({ length: n }, (_, at) => ({
    title: `${name}${at + 10}`,
    start: `2026-12-01T${String(9 + (at % 7)).padStart(2, "0")}:${at < 7 ? "00" : "30"}:00+08:00`,
    lecturer: at % 4,
    present,
  }));
  const ids = await addHeld(on, held);
  await watch?.start();
  const truth: Truth[] = [];
  for (const [at, { title }] of held.entries()) {
    const scores = shuffle([1, 2, 3, 4, 5]);
    const given = shuffle(PEOPLE.map(learner)).map((person, k): [string, number] => [person, scores[k]!]);
    for (const [person, score] of given) {
      const card = await cardWith(on, person, title, LABELS[score]!);
      await pressOn(on, person, card, LABELS[score]!);
      await watch?.tapped();
    }
    truth.push({ id: ids[at]!, given });
  }
  return truth;
}

function shuffle<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, by: Math.random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item);
}

const tables = async (on: Company) =>
  (
    await query<{ name: string }>(
      on,
      "select tablename as name from pg_tables where schemaname = 'public' order by 1",
    )
  ).map(({ name }) => name);

async function everyRow(on: Company): Promise<SeenRow[]> {
  const rows: SeenRow[] = [];
  for (const table of await tables(on)) {
    const found = await query(
      on,
      `select *, xmin::text as seen_xmin, ctid::text as seen_ctid from "${table}"`,
    );
    for (const { seen_xmin, seen_ctid, ...row } of found) {
      const [block = 0, item = 0] = String(seen_ctid).slice(1, -1).split(",").map(Number);
      rows.push({ table, xmin: Number(seen_xmin), place: block * 100_000 + item, row });
    }
  }
  return rows;
}

const listed = z.object({ data: z.object({ items: z.array(z.object({ table_id: z.string() })) }) });
const found = z.object({ data: z.object({ items: z.array(z.record(z.string(), z.unknown())).optional() }) });

async function everyRecord(on: Company): Promise<Evidence["records"]> {
  const records: Evidence["records"] = [];
  for (const base of [on.shared, on.admin]) {
    const { json } = await on.sandbox.api("GET", `/bitable/v1/apps/${base}/tables`);
    for (const { table_id } of listed.parse(json).data.items) {
      const path = `/bitable/v1/apps/${base}/tables/${table_id}/records/search`;
      const reply = await on.sandbox.api("POST", path, { automatic_fields: true }, { page_size: "500" });
      records.push(...(found.parse(reply.json).data.items ?? []));
    }
  }
  return records;
}

async function seize(on: Company, truth: Truth[]): Promise<Evidence> {
  const asked = [...PEOPLE.map(learner), SILENT];
  return {
    rows: await everyRow(on),
    records: await everyRecord(on),
    logs: [...state.logs],
    sessions: truth.map(({ id }) => ({ id, asked })),
  };
}

/** Joins that are right, by channel. */
function right(guesses: Guess[], truth: Truth[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { channel, session, pairs } of guesses) {
    const given = new Map(truth.find(({ id }) => id === session)!.given);
    const hits = [...pairs].filter(([person, score]) => given.get(person) === score).length;
    counts.set(channel, (counts.get(channel) ?? 0) + hits);
  }
  return counts;
}

const seenOrders = (truth: Truth[]) =>
  new Map(truth.map(({ id, given }) => [id, given.map(([person]) => person)]));
const total = (truth: Truth[]) => truth.reduce((sum, { given }) => sum + given.length, 0);
const best = (counts: Map<string, number>) => Math.max(...counts.values());
/** One of five is right by chance a session, with variance 1; six deviations beyond never happens. */
const chance = (sessions: number) => sessions + 6 * Math.sqrt(sessions);

test("whoever holds everything but the key joins nobody with an answer, before the release and after", async () => {
  const on = await open(false);
  const counts: Record<string, number>[] = [];
  const touched = new Set<string>();
  let before = new Map<string, Size>();
  const start = async () => {
    before = await sizes(on);
  };
  const tapped = async () => {
    const after = await sizes(on);
    for (const table of after.keys())
      if (after.get(table)!.text !== before.get(table)!.text) touched.add(table);
    counts.push({ blob: after.get("sealed_box")!.bytes - before.get("sealed_box")!.bytes });
    before = after;
  };
  const truth = await play(on, 12, "甲讲", { start, tapped });
  // Between two copies taken around one tap, only sealed tables differ, and by the same size whatever was tapped.
  expect([...touched].sort()).toEqual(["sealed_box", "sealed_mark"]);
  const firsts = counts.filter((_, at) => at % 5 === 0).map(({ blob }) => blob);
  const others = counts.filter((_, at) => at % 5 !== 0).map(({ blob }) => blob);
  expect([new Set(firsts).size, new Set(others).size]).toEqual([1, 1]);

  const sealed = await seize(on, truth);
  expect([sealed.logs.length, sealed.records.length].every((seen) => seen > 0)).toBe(true);
  expect(best(right(attack(sealed, seenOrders(truth)), truth))).toBeLessThanOrEqual(chance(12));
  for (const { id } of truth) expect(orderOfMarks(sealed, id).ranks).toBe(1);

  await on.advanceTo("2026-12-02T10:05:00+08:00");
  const released = await seize(on, truth);
  const joined = right(attack(released, seenOrders(truth)), truth);
  // The attack had something to work with: it saw every answer, only not whose.
  expect(
    released.rows.filter(({ table }) => table === "released").flatMap(({ row }) => row["scores"]),
  ).toHaveLength(60);
  expect(joined.size).toBeGreaterThan(20);
  expect(best(joined), JSON.stringify([...joined])).toBeLessThanOrEqual(chance(12));
  for (const { id } of truth) expect(orderOfMarks(released, id).ranks).toBe(1);

  // The same, with marks that are written alone: their order in time lies open.
  await query(on, MARKS_ALONE);
  const alone = await play(on, 3, "乙讲");
  const seized = await seize(on, alone);
  for (const { id } of alone) expect(orderOfMarks(seized, id).ranks).toBe(5);
}, 400_000);

test("with a weak seal the same attacker finds everybody", async () => {
  const on = await open(true);
  const truth = await play(on, 4, "丙讲");
  const counts = right(attack(await seize(on, truth), new Map()), truth);
  expect(counts.get("tags in the blob")).toBe(total(truth));
  // Marks written alone give the order of people, the blob that of answers: without any tag beside an answer it is the same.
  await query(on, MARKS_ALONE);
  const alone = await play(on, 4, "丁讲");
  const joined = right(attack(await seize(on, alone), new Map()), alone);
  expect(joined.get("marks × blob")).toBe(total(alone));
}, 400_000);

test("an answer that leaves a name in the log or the queue is found", () => {
  const evidence: Evidence = {
    rows: [],
    records: [],
    logs: [`{"act":"rate.score","session":"s1","person":"${learner(1)}","score":4}`],
    sessions: [{ id: "s1", asked: [learner(1)] }],
  };
  expect(attack(evidence, new Map()).find(({ channel }) => channel === "words side by side")!.pairs).toEqual(
    new Map([[learner(1), 4]]),
  );
});

interface Size {
  text: string;
  bytes: number;
}

/** Content and size of every table, by name. */
async function sizes(on: Company): Promise<Map<string, Size>> {
  const rows = await everyRow(on);
  const seen = new Map((await tables(on)).map((name) => [name, { text: "", bytes: 0 }]));
  for (const { table, xmin, row } of rows) {
    const one = seen.get(table)!;
    one.text += `${xmin} ${JSON.stringify(row)}\n`;
    if (Buffer.isBuffer(row["blob"])) one.bytes += row["blob"].length;
  }
  return seen;
}

/** Keeps marks that are there: each new one then stands alone, with a transaction of its own. */
const MARKS_ALONE = `
  create function keep_mark() returns trigger language plpgsql as $$ begin return null; end $$;
  create function skip_known() returns trigger language plpgsql as $$ begin
    if exists (select 1 from sealed_mark m where m.workspace = new.workspace and m.box = new.box and m.tag = new.tag)
    then return null; end if;
    return new;
  end $$;
  create trigger keep_mark before delete on sealed_mark for each row execute function keep_mark();
  create trigger skip_known before insert on sealed_mark for each row execute function skip_known();`;
