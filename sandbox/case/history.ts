import { comment } from "../people/comments.ts";
import { at, DAY, dateOf, isWorkday, MINUTE, timeOf } from "./dates.ts";
import type { Org, Person } from "./org.ts";
import { GROUPS } from "./org.ts";
import { rating, toneOf, trueMean } from "./quality.ts";
import { between, chance, draw, hash, pick, shuffled } from "./random.ts";
import { type Cell, expertise, meetings, type Row, START, type Table } from "./shared.ts";
import { SUBJECTS } from "./topics.ts";

interface PastRating {
  session: string;
  score: number;
  comment: string;
}

export interface History {
  /** The four figures before, as the admin declares them (the article's): 自报, never computed. */
  baseline: {
    declared: "自报";
    source: string;
    from: string;
    to: string;
    nudgedShare: number;
    satisfaction: number;
    hoursPerWeek: number;
    willing: number;
  };
  sessions: Table;
  ratings: PastRating[];
}

interface Past {
  start: number;
  group: string;
  lecturer: Person;
  subject: string;
  title: string;
  ownField: boolean;
  nudges: number;
  attended: Person[];
  scores: number[];
}

const FIRST = "2026-08-31";
const LAST = "2026-11-27";
/** The article's lecturer whose ratings fell from 4.5 to 3.8 and who then fell silent. */
const FADING = "李建国";
const FADING_TURNS: [string, number[]][] = [
  ["2026-09-04", [5, 5, 5, 5, 5, 4, 4, 4, 4, 4]],
  ["2026-09-18", [5, 5, 5, 5, 5, 4, 4, 4, 4, 4]],
  ["2026-10-09", [5, 4, 4, 4, 4, 4, 4, 3, 3, 3]],
  ["2026-10-23", [5, 4, 4, 4, 4, 4, 4, 3, 3, 3]],
];

/** The three months before: each month 30 % of the lecturers needed a nudge, all ratings average 3.5. */
export function history(seed: number, org: Org): History {
  const past = schedule(seed, org);
  nudge(seed, past);
  level(past, 3.5);
  return {
    baseline: {
      declared: "自报",
      source: "内训管理员统计,2026 年 9–11 月",
      from: FIRST,
      to: LAST,
      nudgedShare: 0.3,
      satisfaction: 3.5,
      hoursPerWeek: 8,
      willing: 0.5,
    },
    sessions: {
      table: "分享",
      links: { 讲师群: "讲师群", 讲师: "讲师", 主题: "主题" },
      files: [],
      rows: past.map(row),
    },
    ratings: past.flatMap((entry) => ratingsOf(seed, entry)),
  };
}

function schedule(seed: number, org: Org): Past[] {
  const lecturers = org.people.filter((person) => person.role === "lecturer");
  const last = new Map<string, number>();
  const turns = new Map<string, number>();
  const slots = GROUPS.flatMap((group) =>
    meetings(group, FIRST, LAST, isWorkday).map((start) => ({ group, start })),
  );
  return slots
    .sort((a, b) => a.start - b.start || a.group.localeCompare(b.group))
    .map(({ group, start }) => {
      const lecturer = fading(group, start, lecturers) ?? rested(seed, group, start, lecturers, last, turns);
      last.set(lecturer.name, start);
      turns.set(lecturer.name, (turns.get(lecturer.name) ?? 0) + 1);
      return talk(seed, org, group, start, lecturer);
    });
}

function fading(group: string, start: number, lecturers: Person[]): Person | undefined {
  const due = group === "客户维护技巧" && FADING_TURNS.some(([date]) => date === dateOf(start));
  return due ? lecturers.find((person) => person.name === FADING) : undefined;
}

/** Whoever of the group has spoken least, and not within two weeks; the newcomer has not joined yet. */
function rested(
  seed: number,
  group: string,
  start: number,
  lecturers: Person[],
  last: Map<string, number>,
  turns: Map<string, number>,
): Person {
  const free = lecturers
    .filter((person, index) => index !== 12 && person.name !== FADING && person.groups.includes(group))
    .filter((person) => start - (last.get(person.name) ?? 0) >= 14 * DAY);
  const ranked = free.sort(
    (a, b) =>
      (turns.get(a.name) ?? 0) - (turns.get(b.name) ?? 0) ||
      draw(seed, "turn", start, a.name) - draw(seed, "turn", start, b.name),
  );
  const first = ranked[0];
  if (!first) throw new Error(`no rested lecturer of ${group} for ${dateOf(start)}`);
  return first;
}

function talk(seed: number, org: Org, group: string, start: number, lecturer: Person): Past {
  const tags = expertise(seed, org, lecturer);
  const ownField = lecturer.name === FADING || chance(0.45, seed, "own field", start, lecturer.name);
  const fitting = SUBJECTS.filter((subject) => subject.tags.some((tag) => tags.includes(tag)) === ownField);
  const subject = pick(fitting, seed, "subject", start, lecturer.name);
  const learners = org.people.filter((person) => person.role === "learner" && person.groups.includes(group));
  const attended = shuffled(learners, seed, "attends", start).slice(
    0,
    between(9, 22, seed, "attendance", start),
  );
  const mean = trueMean(seed, lecturer.name, {
    ownField,
    askedFor: false,
    prepared: chance(0.4, seed, "prepared", start),
  });
  const scripted =
    lecturer.name === FADING ? FADING_TURNS.find(([date]) => date === dateOf(start))?.[1] : undefined;
  const raters = attended.filter((person) => chance(0.55, seed, "rates", start, person.name));
  return {
    start,
    group,
    lecturer,
    subject: subject.name,
    title: pick(subject.titles, seed, "title", start),
    ownField,
    nudges: 0,
    attended,
    scores: scripted ? [...scripted] : raters.map((person) => rating(mean, seed, start, person.name)),
  };
}

/** Each month 30 % of those who had a turn waited for a nudge, mostly the same people; one to three nudges a turn. */
function nudge(seed: number, past: Past[]): void {
  for (const month of new Set(past.map((entry) => dateOf(entry.start).slice(0, 7)))) {
    const entries = past.filter((entry) => dateOf(entry.start).startsWith(month));
    const people = [...new Set(entries.map((entry) => entry.lecturer.name))];
    const slow = people
      .sort((a, b) => reluctance(seed, month, b) - reluctance(seed, month, a))
      .slice(0, Math.round(people.length * 0.3));
    for (const entry of entries) {
      if (slow.includes(entry.lecturer.name)) entry.nudges = between(1, 3, seed, "nudges", entry.start);
    }
  }
}

/** A lasting trait, and a little of the month. */
export function reluctance(seed: number, month: string, name: string): number {
  return draw(seed, "reluctant", name) + 0.15 * draw(seed, "reluctant", month, name);
}

/** Moves single ratings by one until the mean of all is the wanted one (to half a rating). */
function level(past: Past[], wanted: number): void {
  const movable = past
    .filter((entry) => entry.lecturer.name !== FADING)
    .flatMap((entry) => entry.scores.map((_, index) => ({ entry, index })));
  movable.sort((a, b) => hash(a.entry.start, a.index) - hash(b.entry.start, b.index));
  const scores = past.flatMap((entry) => entry.scores);
  let excess = scores.reduce((sum, score) => sum + score, 0) - wanted * scores.length;
  for (const { entry, index } of movable) {
    if (Math.abs(excess) < 1) return;
    const moved = (entry.scores[index] ?? 3) - Math.sign(excess);
    if (moved < 1 || moved > 5) continue;
    entry.scores[index] = moved;
    excess -= Math.sign(excess);
  }
}

function label(entry: Past): string {
  return `${dateOf(entry.start)} ${entry.group} · ${entry.lecturer.name}`;
}

function row(entry: Past): Row {
  const mean = entry.scores.reduce((sum, score) => sum + score, 0) / Math.max(1, entry.scores.length);
  const fields: Record<string, Cell> = {
    分享: label(entry),
    状态: "已评价",
    开始: entry.start,
    "时长（分钟）": 45,
    讲师群: [entry.group],
    讲师: [entry.lecturer.name],
    讲师账号: [{ id: entry.lecturer.open_id }],
    主题: [entry.subject],
    标题: entry.title,
    人工催促次数: entry.nudges,
    主动提交: entry.nudges === 0,
    参加者: entry.attended.map((person) => ({ id: person.open_id })),
    参加人数: entry.attended.length,
  };
  if (entry.scores.length >= 5) {
    fields["评分"] = Math.round(mean * 100) / 100;
    fields["评分数"] = entry.scores.length;
  }
  return { key: label(entry), fields };
}

function ratingsOf(seed: number, entry: Past): PastRating[] {
  return entry.scores.map((score, index) => {
    const tone = toneOf(score, seed, entry.start, index);
    return {
      session: label(entry),
      score,
      comment: tone ? comment(tone, entry.subject, seed, entry.start, index) : "",
    };
  });
}

export interface Leave {
  open_id: string;
  name: string;
  /** When it is asked for and approved, ms. */
  asked: number;
  from: number;
  to: number;
  kind: "年假" | "病假" | "事假" | "调休";
}

export interface Busy {
  open_id: string;
  name: string;
  summary: string;
  from: number;
  to: number;
}

/** Leave, appointments and departures of the lecturers over the next three months. */
export function calendar(
  seed: number,
  org: Org,
): { leave: Leave[]; busy: Busy[]; departures: { open_id: string; name: string; at: number }[] } {
  const lecturers = org.people.filter((person) => person.role === "lecturer");
  const leave = lecturers
    .filter((person) => person.name !== FADING && chance(0.5, seed, "leave", person.name))
    .map((person) => leaveOf(seed, person));
  const busy = lecturers.flatMap((person) =>
    Array.from({ length: between(3, 8, seed, "appointments", person.name) }, (_, i) =>
      appointment(seed, person, i),
    ),
  );
  const leaver = lecturers.find(
    (person) => person.name !== FADING && person.name !== "张三" && chance(0.2, seed, "departs", person.name),
  );
  return {
    leave,
    busy: busy.filter((entry) => isWorkday(dateOf(entry.from))).sort((a, b) => a.from - b.from),
    departures: leaver ? [{ open_id: leaver.open_id, name: leaver.name, at: at("2027-01-18", "11:00") }] : [],
  };
}

function leaveOf(seed: number, person: Person): Leave {
  const first = dateOf(at(START) + between(4, 82, seed, "leave from", person.name) * DAY);
  const days = between(1, 4, seed, "leave days", person.name);
  const asked = Math.max(
    at("2026-11-27", "10:00"),
    at(first, "10:00") - between(3, 25, seed, "leave asked", person.name) * DAY,
  );
  const kind = pick(["年假", "年假", "病假", "事假", "调休"] as const, seed, "leave kind", person.name);
  return {
    open_id: person.open_id,
    name: person.name,
    asked,
    from: at(first),
    to: at(first) + days * DAY,
    kind,
  };
}

const APPOINTMENTS = [
  "拜访客户",
  "项目例会",
  "供应商评审",
  "部门周会",
  "出差",
  "面试",
  "产线切换",
  "季度评审",
];

function appointment(seed: number, person: Person, index: number): Busy {
  const date = dateOf(at(START) + between(0, 90, seed, "busy day", person.name, index) * DAY);
  const from = at(
    date,
    pick(
      ["09:30", "10:30", "13:30", "14:30", "15:00", "16:00", "16:30"],
      seed,
      "busy hour",
      person.name,
      index,
    ),
  );
  return {
    open_id: person.open_id,
    name: person.name,
    summary: pick(APPOINTMENTS, seed, "busy what", person.name, index),
    from,
    to: from + pick([60, 90, 120], seed, "busy long", person.name, index) * MINUTE,
  };
}

/** A past session as a line of the sheet that `lectern import` reads. */
export function sessionLine(entry: Row): (string | number)[] {
  const value = (name: string) => entry.fields[name];
  const start = Number(value("开始"));
  return [
    dateOf(start),
    timeOf(start),
    String((value("讲师群") as string[])[0]),
    String((value("讲师") as string[])[0]),
    String((value("主题") as string[])[0]),
    value("标题") as string,
    Number(value("参加人数")),
    value("评分") === undefined ? "" : Number(value("评分")),
    value("评分数") === undefined ? "" : Number(value("评分数")),
    Number(value("人工催促次数")),
  ];
}
