import { createHash } from "node:crypto";

/** A row as whoever holds a copy of the database sees it: every column, and where and by which transaction it was written. */
export interface SeenRow {
  table: string;
  xmin: number;
  /** `(block,item)` as one number. */
  place: number;
  row: Record<string, unknown>;
}

/** Everything but the key. */
export interface Evidence {
  rows: SeenRow[];
  /** Records of both Bases with their hidden times, as given by Feishu, in its order. */
  records: Record<string, unknown>[];
  logs: string[];
  sessions: { id: string; asked: string[] }[];
}

export interface Guess {
  /** Which weakness it stands on. */
  channel: string;
  session: string;
  /** Person → score. */
  pairs: Map<string, number>;
}

/**
 * Tries to join people and scores, by every channel it knows. `known` is what somebody may have seen with their own eyes:
 * in which order people tapped.
 */
export function attack(evidence: Evidence, known: Map<string, string[]>): Guess[] {
  return evidence.sessions.flatMap((session) => {
    const people = peopleOrders(evidence, session, known.get(session.id) ?? []);
    const answers = answerOrders(evidence, session.id);
    const joined = people.flatMap(([who, order]) =>
      answers.map(([what, scores]) => ({
        channel: `${who} × ${what}`,
        session: session.id,
        pairs: new Map(
          order.flatMap((person, at) => (scores[at] === undefined ? [] : [[person, scores[at]] as const])),
        ),
      })),
    );
    return [...joined, byWords(evidence, session), byTag(evidence, session)];
  });
}

/** Tags in the order in which their marks seem to have been written; one rank for all = nothing learned. */
export function orderOfMarks({ rows }: Evidence, session: string): { tags: string[]; ranks: number } {
  const marks = marksOf(rows, session);
  return {
    tags: marks.map(({ row }) => String(row["tag"])),
    ranks: new Set(marks.map(({ xmin }) => xmin)).size,
  };
}

const marksOf = (rows: SeenRow[], session: string) =>
  rows
    .filter(({ table, row }) => table === "sealed_mark" && row["box"] === `rate:${session}`)
    .sort((a, b) => a.xmin - b.xmin || a.place - b.place);

/** Everything a careless hash of a person could have been made of. */
export function hashes(session: string, person: string): string[] {
  const texts = [
    person,
    `${session}${person}`,
    `rate:${session}\n${person}`,
    `rate:${session}:${person}`,
    `${person}\nrate:${session}`,
  ];
  return texts.flatMap((text) =>
    ["md5", "sha1", "sha256"].flatMap((kind) => {
      const hex = createHash(kind).update(text).digest("hex");
      return [hex, hex.slice(0, 32), hex.slice(0, 16)];
    }),
  );
}

function peopleOrders(
  { rows }: Evidence,
  { id, asked }: Evidence["sessions"][number],
  known: string[],
): [string, string[]][] {
  const owner = new Map(asked.flatMap((person) => hashes(id, person).map((hash) => [hash, person] as const)));
  const marked = marksOf(rows, id).flatMap(({ row }) => owner.get(String(row["tag"])) ?? []);
  // Rows that name a person, in the order in which they were last written.
  const touched = asked
    .map((person) => {
      const mine = rows.filter(({ row }) => text(row).includes(person) && text(row).includes(id));
      return { person, last: Math.max(0, ...mine.map(({ xmin }) => xmin)) };
    })
    .sort((a, b) => a.last - b.last)
    .map(({ person }) => person);
  const orders: [string, string[]][] = [
    ["seen with own eyes", known],
    ["marks", marked],
    ["rows that name people", touched],
  ];
  return orders.flatMap(([name, order]) => [
    [name, order],
    [`${name}, backwards`, order.toReversed()],
  ]);
}

function answerOrders({ rows, records }: Evidence, id: string): [string, number[]][] {
  const scoresOf = (one: SeenRow) => (one.row["scores"] as number[] | undefined) ?? [];
  const queued = rows
    .filter(
      ({ table, row }) =>
        table === "outbox" && String(row["key"]).startsWith("release:") && text(row).includes(id),
    )
    .sort((a, b) => Number(a.row["id"]) - Number(b.row["id"]));
  const score = (value: unknown) => Number(/"(?:score|评分)":"?([1-5])/.exec(text(value))?.[1] ?? Number.NaN);
  const real = (values: number[]) => values.filter((value) => !Number.isNaN(value));
  const own = records.filter((record) => text(record).includes(id) && !Number.isNaN(score(record)));
  const byTime = own.toSorted((a, b) => Number(a["created_time"]) - Number(b["created_time"]));
  const byName = own.toSorted((a, b) => (text(a["record_id"]) < text(b["record_id"]) ? -1 : 1));
  return [
    [
      "table released",
      rows.filter(({ table, row }) => table === "released" && row["session"] === id).flatMap(scoresOf),
    ],
    ["queue", real(queued.map(({ row }) => score(row["effect"])))],
    [
      "queue by place",
      real(
        queued
          .toSorted((a, b) => a.xmin - b.xmin || a.place - b.place)
          .map(({ row }) => score(row["effect"])),
      ),
    ],
    ["Base", real(own.map(score))],
    ["Base by time", real(byTime.map(score))],
    ["Base by id", real(byName.map(score))],
    ["blob", blobAnswers(rows, id).flatMap((answer) => answer.score ?? [])],
  ];
}

/** A person's name and a score side by side: in a row, a line of the log, a record. */
function byWords({ rows, records, logs }: Evidence, { id, asked }: Evidence["sessions"][number]): Guess {
  const lines = [...rows.map(({ row }) => text(row)), ...records.map(text), ...logs];
  const pairs = asked.flatMap((person) => {
    const found = lines
      .filter((line) => line.includes(person) && line.includes(id))
      .map(
        (line) => /"?score\\?"?\s*[:=]\s*"?([1-5])\b/.exec(line) ?? /rate\.score\D{0,80}([1-5])\b/.exec(line),
      )
      .find(Boolean);
    return found ? [[person, Number(found[1])] as const] : [];
  });
  return { channel: "words side by side", session: id, pairs: new Map(pairs) };
}

/** A tag beside its answer in the blob. */
function byTag({ rows }: Evidence, { id, asked }: Evidence["sessions"][number]): Guess {
  const answers = blobAnswers(rows, id);
  const pairs = asked.flatMap((person) => {
    const mine = new Set(hashes(id, person));
    const found = answers.find(({ tag, score }) => score !== undefined && tag !== undefined && mine.has(tag));
    return found ? [[person, found.score!] as const] : [];
  });
  return { channel: "tags in the blob", session: id, pairs: new Map(pairs) };
}

function blobAnswers(rows: SeenRow[], id: string): { score?: number; tag?: string }[] {
  const blob = rows.find(({ table, row }) => table === "sealed_box" && row["box"] === `rate:${id}`)?.row[
    "blob"
  ];
  if (!Buffer.isBuffer(blob)) return [];
  return [...blob.toString("utf8").matchAll(/\{[^{}]*\}/g)].flatMap(([found]) => {
    try {
      return [JSON.parse(found) as { score?: number; tag?: string }];
    } catch {
      return [];
    }
  });
}

const texts = new WeakMap<object, string>();
function text(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const known = texts.get(value);
  if (known !== undefined) return known;
  const made = JSON.stringify(value);
  texts.set(value, made);
  return made;
}
