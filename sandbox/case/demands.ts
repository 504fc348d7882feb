import { at, DAY, dateOf } from "./dates.ts";
import { between, chance, draw, pick, weighted } from "./random.ts";
import type { Org, Person } from "./org.ts";
import { COLLEAGUES, CUSTOMERS, EMERGING, PRODUCTS, SUBJECTS, UNCLASSIFIED } from "./topics.ts";

export interface Demand {
  text: string;
  source: "提问" | "投诉" | "培训反馈" | "业务痛点" | "投票";
  at: number;
  department: string;
  asker: Person | null;
  /** What the writer had in mind; never posted, only to judge a classifier by. */
  meant: string | null;
}

const AFTER_SALES = "售后问题处理技巧";
const SOURCES = [
  ["提问", 45],
  ["投诉", 18],
  ["培训反馈", 17],
  ["业务痛点", 20],
] as const;

/**
 * `count` demands of the 180 days before `start`, oldest first. Of the latest hundred exactly 35 are about after-sales:
 * that is what the article's reminder says.
 */
export function demands(seed: number, org: Org, start: string, count = 600): Demand[] {
  const learners = org.people.filter((person) => person.role === "learner");
  const teams = new Map(
    org.departments.map((department) => [department.open_department_id, department.name]),
  );
  const times = Array.from({ length: count }, (_, i) => moment(seed, start, i)).sort((a, b) => a - b);
  const used = new Set<string>();
  return times.map((time, i) => {
    const meant = meaning(seed, i, count);
    const asker = pick(learners, seed, "asker", i);
    const source =
      meant === "客户投诉处理技巧" && chance(0.5, seed, "complaint", i)
        ? "投诉"
        : weighted(SOURCES, seed, "source", i);
    const department = teams.get(asker.department_ids[0] ?? "") ?? "";
    return {
      text: sentence(seed, i, meant, used),
      source,
      at: time,
      department,
      asker: chance(0.7, seed, "named", i) ? asker : null,
      meant,
    };
  });
}

/** Workdays mostly, the day's hour kept at noon: the field holds a date only. */
function moment(seed: number, start: string, index: number): number {
  const back = 1 + Math.floor(draw(seed, "when", index) ** 1.15 * 178);
  return at(dateOf(at(start) - back * DAY));
}

function meaning(seed: number, index: number, count: number): string | null {
  const latest = index - (count - 100);
  if (latest >= 0) {
    // 37 and 100 have no common divisor: the 35 lie spread over the hundred.
    const place = (latest * 37) % 100;
    if (place < 35) return AFTER_SALES;
    return place < 42 ? "emerging" : place < 49 ? null : other(seed, index);
  }
  return weighted(
    [
      [AFTER_SALES, 22],
      ["other", 70],
      [null, 8],
    ] as const,
    seed,
    "meant",
    index,
  ) === "other"
    ? other(seed, index)
    : weighted(
        [
          [AFTER_SALES, 22],
          [null, 8],
        ] as const,
        seed,
        "meant2",
        index,
      );
}

function other(seed: number, index: number): string {
  const rest = SUBJECTS.filter((subject) => subject.name !== AFTER_SALES).map(
    (subject) => [subject.name, subject.weight] as const,
  );
  return weighted(rest, seed, "topic", index);
}

const OPENERS = [
  "",
  "",
  "",
  "请教一下:",
  "想听一次:",
  "最近遇到:",
  "组里都在问,",
  "建议安排:",
  "上周碰到的,",
];
const CLOSERS = ["", "", "", ",求分享", ",最好有案例", ",有经验的同事讲讲", ",谢谢", ",越具体越好"];

/** A sentence nobody has written before, if the bank allows it within a few tries. */
function sentence(seed: number, index: number, meant: string | null, used: Set<string>): string {
  const bank = meant === null ? UNCLASSIFIED : meant === "emerging" ? EMERGING : subjectOf(meant).asks;
  let text = "";
  for (let attempt = 0; attempt < 12; attempt++) {
    const raw = pick(bank, seed, "ask", index, attempt);
    text =
      (meant === null ? "" : pick(OPENERS, seed, "open", index, attempt)) +
      raw
        .replace("{产品}", pick(PRODUCTS, seed, "product", index, attempt))
        .replace("{客户}", pick(CUSTOMERS, seed, "customer", index, attempt))
        .replace("{人}", pick(COLLEAGUES, seed, "colleague", index, attempt)) +
      (meant === null || /[?\uff1f]$/.test(raw) ? "" : pick(CLOSERS, seed, "close", index, attempt));
    if (!used.has(text)) break;
  }
  used.add(text);
  return between(1, 40, seed, "typo", index) === 1 ? text.replaceAll(",", " ") : fullWidth(text);
}

/** Punctuation as Chinese input methods set it. */
function fullWidth(text: string): string {
  return text.replaceAll(",", "\uff0c").replaceAll("?", "\uff1f").replaceAll(":", "\uff1a");
}

function subjectOf(name: string) {
  const subject = SUBJECTS.find((entry) => entry.name === name);
  if (!subject) throw new Error(`no subject ${name}`);
  return subject;
}
