import { z } from "zod";
import type { Client } from "./client.ts";
import { batches, collect } from "./paging.ts";
import { list, numeric, optional, text } from "./parts.ts";

export interface Person {
  openId: string;
  unionId?: string;
  userId?: string;
  name: string;
  enName?: string;
  email?: string;
  departmentIds: string[];
  leaderOpenId?: string;
  jobTitle?: string;
  employeeNo?: string;
  avatarUrl?: string;
  /** Absent where the field scope is missing. */
  status?: {
    isFrozen: boolean;
    isResigned: boolean;
    isActivated: boolean;
    isExited: boolean;
    isUnjoin: boolean;
  };
}

export interface Department {
  openDepartmentId: string;
  departmentId?: string;
  name: string;
  parentDepartmentId?: string;
  leaderOpenId?: string;
  memberCount?: number;
}

/** People and departments inside the app's contact range. */
export interface Contact {
  user(openId: string): Promise<Person>;
  /** Any number, 50 a request. People Feishu does not return are absent from the list. */
  users(openIds: readonly string[]): Promise<Person[]>;
  /** open_id by e-mail or mobile; unknown entries map to null. */
  batchGetId(query: {
    emails?: readonly string[];
    mobiles?: readonly string[];
  }): Promise<{ emails: Map<string, string | null>; mobiles: Map<string, string | null> }>;
  /** Root is `0`. */
  children(departmentId: string, options?: { deep?: boolean }): Promise<Department[]>;
  usersOf(departmentId: string): Promise<Person[]>;
}

const BATCH = 50;
const PAGE = 50;
const byOpenId = { user_id_type: "open_id", department_id_type: "open_department_id" };

const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const status = z
  .object({
    is_frozen: flag,
    is_resigned: flag,
    is_activated: flag,
    is_exited: flag,
    is_unjoin: flag,
  })
  .transform((raw) => ({
    isFrozen: raw.is_frozen,
    isResigned: raw.is_resigned,
    isActivated: raw.is_activated,
    isExited: raw.is_exited,
    isUnjoin: raw.is_unjoin,
  }));

const person = z
  .object({
    open_id: z.string(),
    union_id: text,
    user_id: text,
    name: text,
    en_name: text,
    email: text,
    department_ids: list(z.string()),
    leader_user_id: text,
    job_title: text,
    employee_no: text,
    avatar: z.object({ avatar_240: text }).nullish(),
    status: optional(status),
  })
  .transform((raw): Person => ({
    openId: raw.open_id,
    unionId: raw.union_id,
    userId: raw.user_id,
    name: raw.name ?? "",
    enName: raw.en_name,
    email: raw.email,
    departmentIds: raw.department_ids,
    leaderOpenId: raw.leader_user_id,
    jobTitle: raw.job_title,
    employeeNo: raw.employee_no,
    avatarUrl: raw.avatar?.avatar_240,
    status: raw.status,
  }));

const department = z
  .object({
    open_department_id: z.string(),
    department_id: text,
    name: text,
    parent_department_id: text,
    leader_user_id: text,
    member_count: optional(numeric),
  })
  .transform((raw): Department => ({
    openDepartmentId: raw.open_department_id,
    departmentId: raw.department_id,
    name: raw.name ?? "",
    parentDepartmentId: raw.parent_department_id,
    leaderOpenId: raw.leader_user_id,
    memberCount: raw.member_count,
  }));

const ids = z.object({ user_list: list(z.object({ user_id: text, mobile: text, email: text })) });
const people = z.object({ items: list(person) });

/** The answers for the entries asked, in their own spelling: Feishu may answer e-mails in lower case. */
function answersFor(asked: readonly string[], answers: Map<string, string>): Map<string, string | null> {
  return new Map(asked.map((entry) => [entry, answers.get(entry.toLowerCase()) ?? null]));
}

export function createContact(client: Client): Contact {
  async function lookUp(kind: "emails" | "mobiles", asked: readonly string[]) {
    const answers = new Map<string, string>();
    for (const entries of batches(asked, BATCH)) {
      const request = { query: { user_id_type: "open_id" }, body: { [kind]: entries } };
      for (const found of (await client.call("contact.batchGetId", request, ids)).user_list) {
        const entry = kind === "emails" ? found.email : found.mobile;
        if (entry && found.user_id) answers.set(entry.toLowerCase(), found.user_id);
      }
    }
    return answersFor(asked, answers);
  }

  return {
    async user(openId) {
      const request = { path: { user_id: openId }, query: byOpenId };
      return (await client.call("contact.user", request, z.object({ user: person }))).user;
    },
    async users(openIds) {
      const found: Person[] = [];
      for (const batch of batches(openIds, BATCH)) {
        const query = { ...byOpenId, user_ids: batch };
        found.push(...(await client.call("contact.users", { query }, people)).items);
      }
      return found;
    },
    async batchGetId({ emails = [], mobiles = [] }) {
      return { emails: await lookUp("emails", emails), mobiles: await lookUp("mobiles", mobiles) };
    },
    children(departmentId, options = {}) {
      const query = { ...byOpenId, fetch_child: options.deep ?? false, page_size: PAGE };
      const request = { path: { department_id: departmentId }, query };
      const shape = z.object({ items: list(department) });
      return collect(client, "contact.children", request, shape, (page) => page.items);
    },
    usersOf(departmentId) {
      const query = { ...byOpenId, department_id: departmentId, page_size: PAGE };
      return collect(client, "contact.usersOf", { query }, people, (page) => page.items);
    },
  };
}
