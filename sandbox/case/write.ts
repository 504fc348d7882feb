import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { company, type Company } from "./generate.ts";
import { sessionLine } from "./history.ts";

/** The committed files of the case, by name: JSON with one row a line, and the sheets an admin would paste. */
export function files(of: Company): Record<string, string> {
  const { app, bases, admin, seed, start } = of;
  const { baseline, sessions, ratings } = of.history;
  return {
    "company.json": JSON.stringify({ seed, start, admin, bases, app }, null, 2) + "\n",
    "org.json": object({
      tenant: of.org.tenant,
      departments: of.org.departments,
      people: of.org.people,
      chats: of.chats,
    }),
    "shared.json": list(of.shared.map((table) => object(table).trimEnd())),
    "history.json": object({ baseline, sessions: sessions.rows, ratings }),
    "calendar.json": object(of.calendar),
    "lecturers.csv": csv(LECTURER_COLUMNS, lecturerLines(of)),
    "sessions.csv": csv(SESSION_COLUMNS, sessions.rows.map(sessionLine)),
    "baseline.csv": csv(["指标", "值", "日期", "来源"], baselineLines(of)),
    "ratings.csv": csv(
      ["分享", "评分", "评论"],
      ratings.map((entry) => [entry.session, entry.score, entry.comment]),
    ),
  };
}

const LECTURER_COLUMNS = ["姓名", "邮箱", "手机", "讲师群", "擅长领域", "可讲时段", "每月上限", "加入日期"];
const SESSION_COLUMNS = [
  "日期",
  "开始时间",
  "讲师群",
  "讲师",
  "主题",
  "标题",
  "参加人数",
  "评分",
  "评分数",
  "人工催促次数",
];

function lecturerLines(of: Company): (string | number)[][] {
  const rows = of.shared.find((table) => table.table === "讲师")?.rows ?? [];
  return rows.map((row) => {
    const person = of.org.people.find((entry) => entry.name === row.key);
    const list = (name: string) => ((row.fields[name] ?? []) as string[]).join("、");
    const joined = new Date(Number(row.fields["加入日期"]) + 8 * 3_600_000).toISOString().slice(0, 10);
    const cap = (row.fields["每月上限"] as number | undefined) ?? "";
    return [
      row.key,
      person?.email ?? "",
      person?.mobile ?? "",
      list("所属讲师群"),
      list("擅长领域"),
      list("可讲时段"),
      cap,
      joined,
    ];
  });
}

/** The four figures before, as the admin declares them. */
function baselineLines({ history: { baseline } }: Company): (string | number)[][] {
  const figures: [string, string | number][] = [
    ["主动分享率", `${Math.round((1 - baseline.nudgedShare) * 100)}%`],
    ["学员满意度", baseline.satisfaction],
    ["协调工时", baseline.hoursPerWeek],
    ["分享意愿", `${Math.round(baseline.willing * 100)}%`],
  ];
  return figures.map(([figure, value]) => [figure, value, baseline.to, baseline.source]);
}

/** An object with its lists broken into one row a line, so that a change of one row is a change of one line. */
function object(value: object): string {
  const parts = Object.entries(value).map(([key, entry]) => {
    const isList = Array.isArray(entry) && entry.length > 0 && typeof entry[0] === "object";
    return `${JSON.stringify(key)}: ${isList ? list(entry.map((item) => JSON.stringify(item))).trimEnd() : JSON.stringify(entry)}`;
  });
  return `{\n${parts.join(",\n")}\n}\n`;
}

function list(items: string[]): string {
  return `[\n${items.join(",\n")}\n]\n`;
}

function csv(columns: string[], rows: (string | number)[][]): string {
  const cell = (value: string | number) =>
    /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

/** Writes the files of a seed beside this one: `tsx sandbox/case/write.ts`. */
function write(folder: string, seed = 1): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files(company(seed)))) writeFileSync(join(folder, name), text);
}

if (import.meta.url === `file://${process.argv[1]}`) write(import.meta.dirname);
