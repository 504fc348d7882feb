/** How the contact API shows a person: fields appear only with their field scope (facts.md §8). */
import { directory, idFor, idType, type Person } from "../directory.ts";
import type { Call } from "../../kernel.ts";

const WHOLE = [
  "contact:contact:access_as_app",
  "contact:contact:readonly",
  "contact:contact:readonly_as_app",
];

/** Field → scopes of which one must be granted. open_id and union_id need none. */
const FIELD_SCOPES: Record<string, string[]> = {
  user_id: ["contact:user.employee_id:readonly"],
  name: ["contact:user.base:readonly", ...WHOLE],
  en_name: ["contact:user.base:readonly", ...WHOLE],
  nickname: ["contact:user.base:readonly", ...WHOLE],
  avatar: ["contact:user.base:readonly", ...WHOLE],
  email: ["contact:user.email:readonly"],
  mobile: ["contact:user.phone:readonly"],
  gender: ["contact:user.gender:readonly", ...WHOLE],
  department_ids: ["contact:user.department:readonly", ...WHOLE],
  leader_user_id: ["contact:user.department:readonly", ...WHOLE],
  orders: ["contact:user.department:readonly", ...WHOLE],
  employee_no: ["contact:user.employee_number:read", "contact:user.employee:readonly", ...WHOLE],
  department_path: ["contact:user.department_path:readonly"],
};
const EMPLOYEE = ["contact:user.employee:readonly", ...WHOLE];
for (const field of [
  "status",
  "city",
  "country",
  "work_station",
  "join_time",
  "is_tenant_manager",
  "employee_type",
  "custom_attrs",
  "enterprise_email",
  "job_title",
])
  FIELD_SCOPES[field] = EMPLOYEE;

/** Every scope that opens a field. */
export const USER_FIELD_SCOPES: string[] = [...new Set(Object.values(FIELD_SCOPES).flat())];

/** Scopes by which the call reads: the app's for tenant tokens, the person's grant for user tokens. */
function scopesOf(call: Call): string[] {
  return call.principal?.kind === "user" ? call.principal.scopes : (call.app?.tenantScopes ?? []);
}

/** Whether the call may see a field; everything is seen while scopes are not checked. */
function seesField(call: Call, field: string): boolean {
  if (!call.switches.scopes) return true;
  const needed = FIELD_SCOPES[field];
  return !needed || needed.some((scope) => scopesOf(call).includes(scope));
}

function departmentId(call: Pick<Call, "query" | "state">, open: string): string {
  return call.query.department_id_type === "department_id"
    ? (directory(call.state).departments[open]?.department_id ?? open)
    : open;
}

function path(
  call: Pick<Call, "query" | "state">,
  open: string,
): { department_id: string; department_name: { name: string } }[] {
  const all = directory(call.state).departments;
  const names = [];
  for (let at = all[open]; at; at = all[at.parent])
    names.unshift({
      department_id: departmentId(call, at.open_department_id),
      department_name: { name: at.name },
    });
  return names;
}

/** Every field of a person, before scopes; used as it is in events. */
export function fullUser(
  call: Pick<Call, "query" | "state" | "principal">,
  person: Person,
): Record<string, unknown> {
  const picture = `https://sandbox.feishu.local/avatar/${person.open_id}`;
  return {
    union_id: person.union_id,
    user_id: person.user_id,
    open_id: person.open_id,
    name: person.name,
    en_name: person.en_name,
    nickname: "",
    email: person.email,
    mobile: person.mobile,
    gender: person.gender,
    avatar: { avatar_72: picture, avatar_240: picture, avatar_640: picture, avatar_origin: picture },
    status: statusOf(person),
    department_ids: person.department_ids.map((id) => departmentId(call, id)),
    ...(person.leader ? { leader_user_id: idFor(call, person.leader) } : {}),
    city: person.city,
    country: "CN",
    work_station: "",
    join_time: person.join_time,
    is_tenant_manager: person.is_tenant_manager,
    employee_no: person.employee_no,
    employee_type: 1,
    orders: person.department_ids.map((id, at) => ({
      department_id: departmentId(call, id),
      user_order: 0,
      department_order: 0,
      is_primary_dept: at === 0,
    })),
    custom_attrs: [],
    enterprise_email: "",
    job_title: person.job_title,
    ...(call.principal?.kind === "user"
      ? { department_path: person.department_ids.flatMap((id) => path(call, id)) }
      : {}),
  };
}

/** A person as this call may see them. */
export function userView(call: Call, person: Person): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fullUser(call, person)).filter(([field]) => seesField(call, field)),
  );
}

export function statusOf(person: Person): Record<string, boolean> {
  return {
    is_frozen: false,
    is_resigned: person.resigned,
    is_activated: !person.resigned,
    is_exited: false,
    is_unjoin: false,
  };
}

/** Whether `user_id` may be named at all by this call (batch_get_id with user_id_type=user_id). */
export function mayNameBy(call: Call): boolean {
  return idType(call) !== "user_id" || seesField(call, "user_id");
}
