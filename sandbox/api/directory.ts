/** The company as Feishu knows it: people, departments, and every id by which a person can be named. */
import { type App, type Call, FeishuError, type Kernel, slice, type State } from "../kernel.ts";

export type IdType = "open_id" | "union_id" | "user_id";

export const PARTS = ["admin", "lecturer", "manager", "learner"] as const;
export type Part = (typeof PARTS)[number];

export interface Person {
  open_id: string;
  union_id: string;
  user_id: string;
  employee_no: string;
  name: string;
  en_name: string;
  email: string;
  mobile: string;
  gender: number;
  job_title: string;
  city: string;
  /** open_department_id; "0" is the root. */
  department_ids: string[];
  /** open_id of the direct manager. */
  leader: string | null;
  /** Seconds since 1970. */
  join_time: number;
  is_tenant_manager: boolean;
  resigned: boolean;
  /** The person told the bot to stay silent: 230053. */
  bot_stopped: boolean;
  /** The part a person plays in the company's story; Feishu knows nothing of it. */
  part?: Part;
}

export interface Department {
  open_department_id: string;
  department_id: string;
  name: string;
  parent: string;
  leader: string | null;
}

interface Directory {
  people: Record<string, Person>;
  departments: Record<string, Department>;
  /** `union_id:on_…`, `email:…` and the like → open_id. */
  index: Record<string, string>;
}

export const directory = slice<Directory>("directory", () => ({ people: {}, departments: {}, index: {} }));

/** Writes a person and the index of the person's other names. */
export function savePerson(state: State, person: Person): void {
  const dir = directory(state);
  const old = dir.people[person.open_id];
  if (old) for (const key of keysOf(old)) delete dir.index[key];
  dir.people[person.open_id] = person;
  for (const key of keysOf(person)) dir.index[key] = person.open_id;
}

function keysOf(person: Person): string[] {
  const keys = [
    `union_id:${person.union_id}`,
    `user_id:${person.user_id}`,
    `employee_no:${person.employee_no}`,
  ];
  if (person.email) keys.push(`email:${person.email.toLowerCase()}`);
  if (person.mobile) keys.push(`mobile:${plainMobile(person.mobile)}`);
  return keys;
}

/** "+8613…" and "13…" are the same mobile number in mainland China. */
function plainMobile(mobile: string): string {
  return mobile.replace(/^\+?86/, "").replaceAll(/\D/g, "");
}

/** A person by an id of the given kind, resigned ones included; null when nobody has it. */
export function findPerson(
  state: State,
  id: string,
  type: IdType | "email" | "mobile" | "employee_no" = "open_id",
): Person | null {
  const dir = directory(state);
  if (type === "open_id") return dir.people[id] ?? null;
  const key = type === "email" ? id.toLowerCase() : type === "mobile" ? plainMobile(id) : id;
  const openId = dir.index[`${type}:${key}`];
  return openId ? (dir.people[openId] ?? null) : null;
}

/** The kind of user id a call speaks: its query's `user_id_type`, open_id when it says nothing. */
export function idType(call: Pick<Call, "query">): IdType {
  const type = call.query.user_id_type;
  return type === "union_id" || type === "user_id" ? type : "open_id";
}

/** An open_id in the kind of id the call speaks; bots and unknown ids stay as they are. */
export function idFor(call: Pick<Call, "query" | "state">, openId: string): string {
  const person = directory(call.state).people[openId];
  return person ? person[idType(call)] : openId;
}

const UNKNOWN = { open_id: 99992351, union_id: 99992352, user_id: 99992360 } as const;

/** The person a call names, or Feishu's refusal for an id that does not exist (facts.md §1.3). */
export function requirePerson(call: Call, id: string): Person {
  const type = idType(call);
  const person = findPerson(call.state, id, type);
  if (!person)
    throw new FeishuError(
      UNKNOWN[type],
      400,
      `The request you send is not a valid {${type}} or not exists, example value: ${id}`,
    );
  return person;
}

/** The three ids as events carry them. */
export function userIds(
  state: State,
  openId: string,
): { open_id: string; union_id?: string; user_id?: string } {
  const person = directory(state).people[openId];
  return person
    ? { open_id: openId, union_id: person.union_id, user_id: person.user_id }
    : { open_id: openId };
}

/** Whether the app may reach and see a person: availability and contact range are one list here. */
export function reaches(app: App | null, openId: string): boolean {
  return !app?.availability || app.availability.includes(openId);
}

/** The app whose bot has this open_id, if any. */
export function appOfBot(kernel: Kernel, openId: string): App | null {
  return Object.values(kernel.apps).find((app) => app.botOpenId === openId) ?? null;
}

/** Name of a person or bot for display; the id when unknown. */
export function nameOf(kernel: Kernel, openId: string): string {
  return directory(kernel.state).people[openId]?.name ?? appOfBot(kernel, openId)?.name ?? openId;
}
