import { type Call, FeishuError } from "../../kernel.ts";

/** Fields that appear only with their scope (facts.md §3.4). */
const FIELD_SCOPES = {
  email: "contact:user.email:readonly",
  mobile: "contact:user.phone:readonly",
  user_id: "contact:user.employee_id:readonly",
  employee_no: "contact:user.employee:readonly",
} as const;

/** Who the user token stands for. Its errors come at HTTP 200. */
export function userInfo({ principal, people, app }: Call): Record<string, unknown> {
  if (principal?.kind !== "user") throw new FeishuError(20005, 200, "The user access token is invalid.");
  const person = people.find(principal.openId);
  if (!person) throw new FeishuError(20008, 200, "The user does not exist.");
  if (person.status === "resigned") throw new FeishuError(20021, 200, "The user has resigned.");
  if (person.status === "frozen") throw new FeishuError(20022, 200, "The user is frozen.");
  const { open_id, union_id, name, en_name, avatar_url } = person;
  const info: Record<string, unknown> = {
    name,
    en_name,
    avatar_url,
    avatar_thumb: avatar_url,
    avatar_middle: avatar_url,
    avatar_big: avatar_url,
    open_id,
    union_id,
    tenant_key: app?.tenantKey ?? "",
  };
  for (const [field, scope] of Object.entries(FIELD_SCOPES) as [keyof typeof FIELD_SCOPES, string][]) {
    if (principal.scopes.includes(scope)) info[field] = person[field];
  }
  return info;
}
