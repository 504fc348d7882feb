import { at, COMPANY_DAYS, DAY, dateOf, plusDays } from "./dates.ts";
import { demands } from "./demands.ts";
import { GROUPS, type Org, type Person } from "./org.ts";
import { between, chance, pick, shuffled } from "./random.ts";
import { TEMPLATES } from "./templates.ts";
import { SUBJECTS } from "./topics.ts";

/** A cell in Feishu's write format; a link is written with the keys of the rows it points to and resolved when posted. */
export type Cell =
  | string
  | number
  | boolean
  | string[]
  | { id: string }[]
  | { text: string; link: string }
  | { file_token: string }[];

export interface Row {
  key: string;
  fields: Record<string, Cell>;
}

export interface Table {
  table: string;
  /** Fields of `rows` that hold links, and the table each points to. */
  links: Record<string, string>;
  /** Fields that hold files: the cell has file names in place of tokens. */
  files: string[];
  rows: Row[];
}

export const START = "2026-11-30";

const CADENCE: Record<string, { weekdays: number[]; time: string; place: string; requires: string[] }> = {
  专业知识: { weekdays: [1, 3, 5], time: "15:00", place: "3 楼培训室", requires: [] },
  客户维护技巧: { weekdays: [2, 4, 5], time: "16:00", place: "2 楼会议室", requires: [] },
};

const WEEKDAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const user = (person: Person) => [{ id: person.open_id }];

/** The rows of 「讲台」 on the first day, in the order in which they can be posted (links point backwards). */
export function sharedTables(seed: number, org: Org, chats: ChatIds): Table[] {
  return [
    groups(org, chats),
    lecturers(seed, org),
    topics(),
    templates(seed),
    companyDays(),
    materials(seed, org),
    demandRows(seed, org),
  ];
}

export type ChatIds = Record<string, { lecturers: string; learners: string }>;

function groups(org: Org, chats: ChatIds): Table {
  const admins = org.people.filter((person) => person.role === "admin");
  const rows = GROUPS.map((name) => {
    const cadence = CADENCE[name] ?? missing(name);
    const chat = chats[name] ?? missing(name);
    return {
      key: name,
      fields: {
        名称: name,
        状态: "启用",
        讲师群聊: [{ id: chat.lecturers }],
        学员群聊: [{ id: chat.learners }],
        频率: "每周",
        星期: cadence.weekdays.map((day) => WEEKDAYS[day - 1] ?? missing(String(day))),
        起始日期: at(START),
        开始时间: cadence.time,
        "时长（分钟）": 45,
        时区: "Asia/Shanghai",
        地点: cadence.place,
        管理员: admins.slice(0, 2).map((person) => ({ id: person.open_id })),
        遇节假日: "跳过",
      },
    };
  });
  return { table: "讲师群", links: {}, files: [], rows: rows.map(widen) };
}

const TRADE: Record<string, string[]> = {
  销售: ["销售", "客户服务"],
  客户: ["客户服务", "销售"],
  技术: ["技术", "产品"],
  产品: ["产品", "技术"],
  生产: ["技术", "管理"],
  人力: ["人力资源", "管理"],
};

/** The fields of expertise of a lecturer: the trade of the department, a neighbour of it, sometimes 管理. */
export function expertise(seed: number, org: Org, person: Person): string[] {
  const department = departmentOf(org, person);
  const tags = TRADE[department.slice(0, 2)] ?? missing(department);
  const own = [tags[0] ?? missing(department)];
  if (chance(0.6, seed, person.name, "second")) own.push(tags[1] ?? missing(department));
  if (chance(0.2, seed, person.name, "manages")) own.push("管理");
  return [...new Set(own)];
}

/** The main department of a person. */
function departmentOf(org: Org, person: Person): string {
  const team = org.departments.find((entry) => entry.open_department_id === person.department_ids[0]);
  const parent = org.departments.find((entry) => entry.open_department_id === team?.parent_department_id);
  return parent?.name ?? team?.name ?? missing(person.name);
}

function lecturers(seed: number, org: Org): Table {
  const rows = org.people
    .filter((person) => person.role === "lecturer")
    .map((person, index) => {
      const tags = expertise(seed, org, person);
      const newcomer = index === 12;
      const fields: Record<string, Cell> = {
        姓名: person.name,
        状态: "在任",
        账号: user(person),
        主管: [{ id: person.leader_user_id }],
        所属讲师群: person.groups,
        擅长领域: tags,
        领域熟练度: tags.map((tag, i) => `${tag} ${(0.9 - 0.3 * i).toFixed(1)}`).join("; "),
        加入日期: newcomer
          ? at("2026-11-23")
          : at(plusDays("2025-03-03", between(0, 480, seed, person.name, "lectures since"))),
      };
      const windows = availability(seed, person);
      if (windows.length > 0) fields["可讲时段"] = windows;
      if (chance(0.12, seed, person.name, "two a month")) fields["每月上限"] = 2;
      if (chance(0.15, seed, person.name, "gap")) fields["最小间隔（周）"] = 3;
      return { key: person.name, fields };
    });
  return { table: "讲师", links: { 所属讲师群: "讲师群" }, files: [], rows };
}

/** Half say nothing (always free), some name afternoons of their group's days, 张三 only Wednesday and Friday afternoon. */
function availability(seed: number, person: Person): string[] {
  if (person.name === "张三") return ["周四下午", "周五下午"];
  if (chance(0.5, seed, person.name, "always")) return [];
  const days = [...new Set(person.groups.flatMap((group) => CADENCE[group]?.weekdays ?? []))].sort(
    (a, b) => a - b,
  );
  const kept = shuffled(days, seed, person.name, "days").slice(0, Math.max(2, days.length - 1));
  const afternoons = kept.sort((a, b) => a - b).map((day) => `${WEEKDAYS[day - 1]}下午`);
  return chance(0.3, seed, person.name, "morning") ? [...afternoons, "周二上午"] : afternoons;
}

function topics(): Table {
  const rows = SUBJECTS.map((subject) => ({
    key: subject.name,
    fields: { 主题: subject.name, 状态: "启用", 领域: subject.tags, 关键词: subject.keywords.join("，") },
  }));
  return { table: "主题", links: {}, files: [], rows };
}

function templates(seed: number): Table {
  const rows = TEMPLATES.map((template) => ({
    key: template.name,
    fields: {
      名称: template.name,
      类型: template.kind,
      语言: template.language,
      "大纲（Markdown）": template.outline,
      启用: true,
      使用次数: between(0, 14, seed, template.name, "uses"),
    },
  }));
  return { table: "模板", links: {}, files: [], rows };
}

function companyDays(): Table {
  const rows = COMPANY_DAYS.map((day) => {
    const fields: Record<string, Cell> = {
      名称: day.name,
      类型: day.kind,
      开始: at(day.from),
      结束: at(day.to),
    };
    if (day.groups.length > 0) fields["讲师群"] = day.groups;
    return { key: day.name, fields };
  });
  return { table: "公司日历", links: { 讲师群: "讲师群" }, files: [], rows };
}

/** Past materials, company cases and training papers: what a template can borrow from. */
function materials(seed: number, org: Org): Table {
  const people = org.people.filter((person) => person.role === "lecturer");
  const rows = SUBJECTS.flatMap((subject) => subject.titles.slice(0, 2).map((title) => ({ subject, title })))
    .slice(0, 40)
    .map(({ subject, title }, index) => {
      const source = index % 3 === 0 ? "分享" : index % 3 === 1 ? "行业案例" : "培训资料";
      const fields: Record<string, Cell> = {
        标题: title,
        来源: source,
        主题: [subject.name],
        作者: user(pick(people, seed, "author", title)),
      };
      if (index % 4 === 3) {
        fields["类型"] = "链接";
        fields["链接"] = { text: title, link: `https://case.example/library/${index + 1}` };
      } else {
        fields["类型"] = index % 4 === 2 ? "文档" : "课件";
        fields["文件"] = [`${title}.${index % 4 === 2 ? "md" : "pptx"}`];
      }
      return { key: title, fields };
    });
  return { table: "素材库", links: { 主题: "主题" }, files: ["文件"], rows };
}

function demandRows(seed: number, org: Org): Table {
  const rows = demands(seed, org, START).map((demand, index) => {
    const fields: Record<string, Cell> = {
      内容: demand.text,
      状态: "待回应",
      来源: demand.source,
      日期: demand.at,
      部门: demand.department,
    };
    if (demand.asker) fields["提出人"] = user(demand.asker);
    return { key: `需求 ${String(index + 1).padStart(3, "0")}`, fields };
  });
  return { table: "学员需求", links: {}, files: [], rows };
}

/** The meetings of a group between two dates, both included, by its cadence; days off and blocked days left out. */
export function meetings(
  group: string,
  first: string,
  last: string,
  works: (date: string) => boolean,
): number[] {
  const cadence = CADENCE[group] ?? missing(group);
  const list: number[] = [];
  for (let date = first; date <= last; date = dateOf(at(date) + DAY)) {
    const day = new Date(Date.parse(`${date}T00:00:00Z`)).getUTCDay() || 7;
    const blocked = COMPANY_DAYS.some(
      (entry) =>
        entry.kind !== "上班" &&
        entry.from <= date &&
        date <= entry.to &&
        (entry.groups.length === 0 || entry.groups.includes(group)),
    );
    if (cadence.weekdays.includes(day) && works(date) && !blocked) list.push(at(date, cadence.time));
  }
  return list;
}

function widen(row: { key: string; fields: object }): Row {
  return { key: row.key, fields: { ...row.fields } as Record<string, Cell> };
}

function missing(what: string): never {
  throw new Error(`the case knows no ${what}`);
}
