/** Calendars by id and what the caller may do with them (facts.md §6.1, §6.7). */
import { nameOf } from "../directory.ts";
import { type Call, FeishuError, type Kernel, type Violation } from "../../kernel.ts";
import { type Calendar, calendar, nextChange, type Role } from "./state.ts";

const RANK: Record<Role, number> = { free_busy_reader: 1, reader: 2, writer: 3, owner: 4 };

export function invalid(why: string): FeishuError {
  return new FeishuError(190002, 400, `invalid parameters in request: ${why}`);
}

export function badRequest(violations: Violation[]): FeishuError {
  return invalid(violations.map((one) => `${one.field}: ${one.description}`).join("; "));
}

/** A new calendar of `owner`. */
export function newCalendar(
  kernel: Kernel,
  given: Partial<Calendar> & Pick<Calendar, "owner" | "type">,
): Calendar {
  const id = given.id ?? `feishu.cn_${kernel.id("cal", 14).slice(3)}@group.calendar.feishu.cn`;
  const made: Calendar = {
    summary: "",
    description: "",
    permissions: "show_only_free_busy",
    color: -1,
    acls: {},
    events: [],
    deleted: false,
    changed: nextChange(kernel.state),
    ...given,
    id,
  };
  calendar(kernel.state).calendars[id] = made;
  return made;
}

/** The primary calendar of a person or bot, made when first asked for. */
export function primaryOf(kernel: Kernel, openId: string, summary: string): Calendar {
  const all = calendar(kernel.state);
  const known = all.calendars[all.primary[openId] ?? ""];
  if (known) return known;
  const made = newCalendar(kernel, { owner: openId, type: "primary", summary });
  all.primary[openId] = made.id;
  return made;
}

/** What `openId` may do with a calendar; null = nothing. A primary one shows its busy times to everybody. */
export function roleOf(found: Calendar, openId: string): Role | null {
  if (found.owner === openId) return "owner";
  const given = Object.values(found.acls).filter((acl) => acl.user === openId);
  const open: Role | null =
    found.permissions === "public"
      ? "reader"
      : found.permissions === "show_only_free_busy"
        ? "free_busy_reader"
        : null;
  return given.reduce<Role | null>(
    (best, acl) => (best === null || RANK[acl.role] > RANK[best] ? acl.role : best),
    open,
  );
}

/** The calendar of the call's path with at least `least` for the caller. */
export function requireCalendar(call: Call, least: Role): Calendar {
  if (!call.actor) throw new FeishuError(190007, 404, "app bot_id not found");
  const id = call.path.calendar_id ?? "";
  if (id === "primary") return primaryOf(call, call.actor, nameOf(call, call.actor));
  if (!id.includes("@")) throw new FeishuError(191001, 400, `invalid calendar_id ${id}`);
  const found = calendar(call.state).calendars[id];
  if (!found) throw new FeishuError(191000, 404, `calendar not found: ${id}`);
  if (found.deleted) throw new FeishuError(191003, 403, "calendar is deleted");
  const role = roleOf(found, call.actor);
  if (role === null || RANK[role] < RANK[least])
    throw new FeishuError(
      191002,
      403,
      `no calendar access_role: ${least} is needed, ${role ?? "none"} is held`,
    );
  return found;
}

export function atLeast(role: Role | null, least: Role): boolean {
  return role !== null && RANK[role] >= RANK[least];
}
