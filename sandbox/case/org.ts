import { names } from "./names.ts";
import { between, chance, draw, hex, pick, shuffled } from "./random.ts";

type Role = "lecturer" | "learner" | "admin" | "manager";

/** A person in the form of Feishu's contact API, and the part they play in the case (`role`, `group`: ours, not Feishu's). */
export interface Person {
  open_id: string;
  union_id: string;
  user_id: string;
  name: string;
  nickname: string;
  email: string;
  mobile: string;
  gender: 1 | 2;
  employee_no: string;
  job_title: string;
  department_ids: string[];
  leader_user_id: string;
  join_time: number;
  role: Role;
  groups: string[];
}

interface Department {
  open_department_id: string;
  department_id: string;
  name: string;
  parent_department_id: string;
  leader_user_id: string;
}

export interface Org {
  tenant: { name: string; tenant_key: string };
  departments: Department[];
  people: Person[];
}

export const GROUPS = ["专业知识", "客户维护技巧"] as const;

/** Department, its teams, its lecturers, the group they belong to, its learners, and the trades of its people. */
const SHAPE = [
  {
    name: "销售部",
    teams: ["销售一组", "销售二组", "大客户组"],
    lecturers: 9,
    learners: 66,
    trades: ["销售顾问", "客户经理", "大客户经理"],
  },
  {
    name: "客户服务部",
    teams: ["热线组", "售后组"],
    lecturers: 7,
    learners: 50,
    trades: ["客服专员", "售后工程师", "客服主管"],
  },
  {
    name: "技术部",
    teams: ["工艺组", "设备组"],
    lecturers: 6,
    learners: 44,
    trades: ["工艺工程师", "设备工程师", "自动化工程师"],
  },
  {
    name: "产品部",
    teams: ["研发组", "产品规划组"],
    lecturers: 4,
    learners: 30,
    trades: ["产品经理", "结构工程师", "测试工程师"],
  },
  {
    name: "生产部",
    teams: ["装配车间", "质检组"],
    lecturers: 2,
    learners: 34,
    trades: ["班组长", "质检员", "装配技师"],
  },
  {
    name: "人力资源部",
    teams: ["招聘组", "培训组"],
    lecturers: 2,
    learners: 16,
    trades: ["招聘专员", "培训专员", "薪酬专员"],
  },
] as const;

const JOINED_LONG_AGO = Date.parse("2016-03-01T00:00:00+08:00") / 1000;
const DAY = 86_400;

/** The company: 6 departments with teams, 6 managers, 3 admins, 30 lecturers, 240 learners. Deterministic by seed. */
export function organisation(seed: number): Org {
  const departments = makeDepartments(seed);
  const cast = ["赵国强", "陈晓", "李建国", "张三", "王芳"];
  const pool = names(279 - cast.length, cast, seed, "people");
  const next = () => pool.shift() ?? fail("names ran out");
  const people: Person[] = [];
  const add = (name: string, role: Role, shape: (typeof SHAPE)[number], team: string, title: string) => {
    const leader = role === "manager" ? "" : managerOf(shape.name, people);
    people.push(
      makePerson(seed, { name, role, title, leader, departments: [departmentId(seed, team)] }, people.length),
    );
  };
  for (const shape of SHAPE)
    add(shape.name === "销售部" ? "赵国强" : next(), "manager", shape, shape.name, `${shape.name}经理`);
  for (const index of [0, 1, 2])
    add(index === 0 ? "陈晓" : next(), "admin", SHAPE[5], "培训组", index === 0 ? "内训管理员" : "培训专员");
  for (const shape of SHAPE) {
    for (let i = 0; i < shape.lecturers; i++) {
      const name = lecturerName(shape.name, i) ?? next();
      add(
        name,
        "lecturer",
        shape,
        pick(shape.teams, seed, name, "team"),
        `高级${pick(shape.trades, seed, name, "trade")}`,
      );
    }
  }
  for (const shape of SHAPE) {
    for (let i = 0; i < shape.learners; i++) {
      const name = shape.name === "客户服务部" && i === 0 ? "王芳" : next();
      add(
        name,
        "learner",
        shape,
        pick(shape.teams, seed, name, "team"),
        pick(shape.trades, seed, name, "trade"),
      );
    }
  }
  assignGroups(seed, people);
  for (const department of departments)
    department.leader_user_id = managerOf(mainOf(department.name), people);
  return { tenant: { name: "启明制造（沙盒公司）", tenant_key: "case7e20000000001" }, departments, people };
}

/** The article's 张三 sells, its 李老师 serves customers. */
function lecturerName(department: string, index: number): string | undefined {
  if (index !== 0) return undefined;
  return department === "销售部" ? "张三" : department === "客户服务部" ? "李建国" : undefined;
}

function makeDepartments(seed: number): Department[] {
  return SHAPE.flatMap((shape) =>
    [shape.name, ...shape.teams].map((name, index) => ({
      open_department_id: departmentId(seed, name),
      department_id: hex(8, seed, "department", name),
      name,
      parent_department_id: index === 0 ? "0" : departmentId(seed, shape.name),
      leader_user_id: "",
    })),
  );
}

function departmentId(seed: number, name: string): string {
  return `od-${hex(32, seed, "open_department", name)}`;
}

function mainOf(name: string): string {
  const shape = SHAPE.find(
    (entry) => entry.name === name || (entry.teams as readonly string[]).includes(name),
  );
  return shape?.name ?? fail(`no department ${name}`);
}

function managerOf(department: string, people: readonly Person[]): string {
  return (
    people.find((person) => person.role === "manager" && person.job_title === `${department}经理`)?.open_id ??
    ""
  );
}

interface Sketch {
  name: string;
  role: Role;
  title: string;
  leader: string;
  departments: string[];
}

const NICKNAMES: Record<string, string> = { 赵国强: "赵经理", 陈晓: "小陈", 李建国: "李老师" };

function makePerson(seed: number, sketch: Sketch, index: number): Person {
  const id = hex(32, seed, "open_id", sketch.name);
  const number = String(1001 + index);
  const newcomer = sketch.role === "learner" && chance(0.12, seed, sketch.name, "new");
  return {
    open_id: `ou_${id}`,
    union_id: `on_${hex(32, seed, "union_id", sketch.name)}`,
    user_id: hex(8, seed, "user_id", sketch.name),
    name: sketch.name,
    nickname: NICKNAMES[sketch.name] ?? "",
    email: `u${number}@case.example`,
    mobile: `+861990000${number}`,
    gender: draw(seed, sketch.name, "gender") < 0.55 ? 1 : 2,
    employee_no: `QM${number}`,
    job_title: sketch.title,
    department_ids: sketch.departments,
    leader_user_id: sketch.leader,
    join_time: newcomer
      ? Date.parse("2026-09-07T00:00:00+08:00") / 1000 + DAY * between(0, 70, seed, sketch.name, "joined")
      : JOINED_LONG_AGO + DAY * between(0, 3400, seed, sketch.name, "joined"),
    role: sketch.role,
    groups: [],
  };
}

/** Sales and customer service speak about keeping customers, the others about their trade; two lecturers do both. */
function assignGroups(seed: number, people: Person[]): void {
  const selling = new Set(
    [SHAPE[0], SHAPE[1]]
      .flatMap((shape) => [shape.name, ...shape.teams])
      .map((name) => departmentId(seed, name)),
  );
  const sells = (person: Person) => person.department_ids.some((id) => selling.has(id));
  for (const person of people) {
    if (person.role === "learner") {
      const own = sells(person) ? GROUPS[1] : GROUPS[0];
      const other = own === GROUPS[0] ? GROUPS[1] : GROUPS[0];
      person.groups = chance(0.18, seed, person.name, "both")
        ? [...GROUPS]
        : [chance(0.04, seed, person.name, "guest") ? other : own];
    }
    if (person.role === "lecturer") person.groups = [sells(person) ? GROUPS[1] : GROUPS[0]];
    if (person.role === "admin" || person.role === "manager") person.groups = [...GROUPS];
  }
  const both = shuffled(
    people.filter((person) => person.role === "lecturer" && sells(person) && person.name !== "李建国"),
    seed,
    "both",
  );
  for (const person of both.slice(0, 2)) person.groups = [...GROUPS];
}

function fail(message: string): never {
  throw new Error(message);
}
