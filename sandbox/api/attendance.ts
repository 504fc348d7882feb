/** attendance/v1 user_approvals: leaves by person and day, read and written (facts.md §9). */
import { attendance as state, daysOf, instantOf, type Leave, wallClock } from "./attendance/state.ts";
import { directory, findPerson, type Person } from "./directory.ts";
import { type ApiModule, type Call, FeishuError, operations, type Violation } from "../kernel.ts";
import { str } from "./text.ts";

const DAY = 86_400_000;
const MOST_PEOPLE = 50;
const LONGEST = 30;
const RATE = { perSecond: 50 };

function invalid(why: string): FeishuError {
  return new FeishuError(1220001, 400, `param is invalis: ${why}`);
}

function badRequest(violations: Violation[]): FeishuError {
  return invalid(violations.map((one) => `${one.field}: ${one.description}`).join("; "));
}

function kindOf(call: Call): "open_id" | "user_id" | "employee_no" {
  const type = str(call.query.employee_type);
  return type === "open_id" ? "open_id" : type === "employee_no" ? "employee_no" : "user_id";
}

/** yyyyMMdd as the instant of that day in UTC. */
function dayOf(value: unknown, name: string): number {
  const text = str(value);
  const at = /^\d{8}$/.test(text)
    ? Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T00:00:00Z`)
    : Number.NaN;
  if (Number.isNaN(at)) throw invalid(`${name} ${text} is not yyyyMMdd`);
  return at;
}

/** The window asked for: from at most tomorrow, to at most 30 days after it. */
function bounds(call: Call): [string, string] {
  const [from, to] = [
    dayOf(call.body.check_date_from, "check_date_from"),
    dayOf(call.body.check_date_to, "check_date_to"),
  ];
  const tomorrow = Date.parse(`${wallClock(call.now()).slice(0, 10)}T00:00:00Z`) + DAY;
  if (from > tomorrow) throw invalid("check_date_from may be at most tomorrow");
  if (to < from) throw invalid("check_date_to must not be before check_date_from");
  if (to - from > LONGEST * DAY)
    throw invalid(`check_date_to may be at most ${LONGEST} days after check_date_from`);
  return [new Date(from).toISOString().slice(0, 10), new Date(to).toISOString().slice(0, 10)];
}

const STATUS: Record<number, Leave["status"]> = { 2: "approved", 3: "revoked" };

function query(call: Call): unknown {
  const ids = call.body.user_ids as string[];
  if (ids.length < 1 || ids.length > MOST_PEOPLE) throw invalid(`user_ids takes 1 to ${MOST_PEOPLE} ids`);
  const [from, to] = bounds(call);
  if (call.body.check_date_type === "UpdateTime") throw invalid("check_date_type UpdateTime is not open yet");
  const status = Number(call.body.status ?? 2);
  if (![0, 1, 2, 3, 4].includes(status)) throw invalid(`status ${status} is unknown`);
  const people = new Map(
    ids.flatMap((id) => personOf(call, id) ?? []).map((person) => [person.open_id, person]),
  );
  const byCreation = call.body.check_date_type === "CreateTime";
  const found = Object.values(state(call.state).leaves).filter(
    (leave) => people.has(leave.user) && leave.status === STATUS[status],
  );
  return { user_approvals: grouped(call, found, people, byCreation, [from, to]) };
}

function personOf(call: Call, id: string): Person | null {
  return findPerson(call.state, id, kindOf(call));
}

/** One entry per person and day that has something. */
function grouped(
  call: Call,
  leaves: Leave[],
  people: Map<string, Person>,
  byCreation: boolean,
  [from, to]: [string, string],
): unknown[] {
  const entries = new Map<string, { user_id: string; date: string; leaves: unknown[] }>();
  for (const leave of leaves) {
    const days = byCreation ? [wallClock(leave.applied).slice(0, 10)] : daysOf(leave);
    for (const day of days.filter((one) => one >= from && one <= to)) {
      const user_id = people.get(leave.user)?.[kindOf(call)] ?? leave.user;
      const entry = entries.get(`${leave.user} ${day}`) ?? {
        user_id,
        date: day.replaceAll("-", ""),
        leaves: [],
      };
      entry.leaves.push(view(leave));
      entries.set(`${leave.user} ${day}`, entry);
    }
  }
  return [...entries.values()].map((entry) => ({
    ...entry,
    outs: [],
    overtime_works: [],
    trips: [],
    time_zone: "Asia/Shanghai",
  }));
}

function view(leave: Leave): Record<string, unknown> {
  const { approval_id, uniq_id, unit, interval, start_time, end_time, names, reason } = leave;
  return {
    approval_id,
    uniq_id,
    unit,
    interval,
    start_time,
    end_time,
    i18n_names: names,
    default_locale: "ch",
    reason,
    approve_pass_time: leave.passed === null ? "" : wallClock(leave.passed),
    approve_apply_time: wallClock(leave.applied),
    ...(leave.idempotent_id ? { idempotent_id: leave.idempotent_id } : {}),
  };
}

interface GivenLeave {
  uniq_id?: string;
  unit: number;
  interval: number;
  start_time: string;
  end_time: string;
  i18n_names: Partial<Leave["names"]>;
  reason: string;
  idempotent_id?: string;
}

/** Leaves another system writes count as approved at once and announce nothing. */
function write(call: Call): unknown {
  const given = call.body.user_approval as
    | {
        user_id: string;
        date: string;
        leaves?: GivenLeave[];
        outs?: Record<string, unknown>[];
        trips?: Record<string, unknown>[];
        overtime_works?: Record<string, unknown>[];
      }
    | undefined;
  if (!given) throw invalid("user_approval is required");
  dayOf(given.date, "user_approval.date");
  const person = personOf(call, given.user_id);
  if (!person || person.resigned || !(person.open_id in directory(call.state).people))
    throw invalid(`user_id ${given.user_id} is unknown`);
  const leaves = (given.leaves ?? []).map((leave) => written(call, person.open_id, leave));
  for (const kind of ["outs", "trips", "overtime_works"] as const)
    for (const entry of given[kind] ?? [])
      state(call.state).others.push({ user: person.open_id, date: given.date, kind, entry });
  return {
    user_approval: {
      user_id: given.user_id,
      date: given.date,
      outs: given.outs ?? [],
      leaves: leaves.map(view),
      trips: given.trips ?? [],
      overtime_works: given.overtime_works ?? [],
      time_zone: "Asia/Shanghai",
    },
  };
}

function written(call: Call, user: string, given: GivenLeave): Leave {
  const [from, to] = [instantOf(given.start_time), instantOf(given.end_time)];
  if (!(from < to))
    throw invalid(`leave ${given.start_time} to ${given.end_time} is no span of yyyy-MM-dd HH:mm:ss`);
  const known = Object.values(state(call.state).leaves).find(
    (leave) =>
      leave.user === user && given.idempotent_id !== undefined && leave.idempotent_id === given.idempotent_id,
  );
  if (known) return known;
  const names = {
    ch: given.i18n_names.ch ?? "",
    en: given.i18n_names.en ?? "",
    ja: given.i18n_names.ja ?? "",
  };
  const { unit, interval, start_time, end_time, reason, uniq_id = "0", idempotent_id } = given;
  const leave: Leave = {
    approval_id: call.id("67", 17),
    instance: "",
    user,
    uniq_id,
    unit,
    interval,
    start_time,
    end_time,
    names,
    reason,
    status: "approved",
    applied: call.now(),
    passed: call.now(),
    ...(idempotent_id ? { idempotent_id } : {}),
  };
  state(call.state).leaves[leave.approval_id] = leave;
  return leave;
}

export const attendance: ApiModule = {
  name: "attendance",
  operations: operations([
    {
      method: "POST",
      path: "/open-apis/attendance/v1/user_approvals/query",
      scopes: ["attendance:task:readonly"],
      rate: RATE,
      invalid: badRequest,
      handle: query,
    },
    {
      method: "POST",
      path: "/open-apis/attendance/v1/user_approvals",
      scopes: ["attendance:task"],
      rate: RATE,
      invalid: badRequest,
      handle: write,
    },
  ]),
};
