/** Leaves as the attendance system knows them. Times are the company's wall clock, `yyyy-MM-dd HH:mm:ss` in Shanghai. */
import { userIds } from "../directory.ts";
import { type Kernel, slice } from "../../kernel.ts";

type LeaveStatus = "pending" | "rejected" | "approved" | "revoked";

export interface Leave {
  approval_id: string;
  /** Approval instance code; "" when written by another system. */
  instance: string;
  user: string;
  uniq_id: string;
  /** 1 day, 2 hour, 3 half day, 4 half hour. */
  unit: number;
  /** Seconds. */
  interval: number;
  start_time: string;
  end_time: string;
  names: { ch: string; en: string; ja: string };
  reason: string;
  status: LeaveStatus;
  applied: number;
  passed: number | null;
  idempotent_id?: string;
}

interface AttendanceState {
  leaves: Record<string, Leave>;
  /** Outs, trips and overtime written from another system, as they were given. */
  others: { user: string; date: string; kind: string; entry: Record<string, unknown> }[];
}

export const attendance = slice<AttendanceState>("attendance", () => ({ leaves: {}, others: [] }));

const SHANGHAI = 8 * 3_600_000;
const APPROVAL_CODE = "59558CEE-CEF4-45C9-8A1D-0DE78BEC5EC7";

/** An instant as Shanghai's wall clock, `yyyy-MM-dd HH:mm:ss`. */
export function wallClock(at: number): string {
  return new Date(at + SHANGHAI).toISOString().slice(0, 19).replace("T", " ");
}

/** The instant of a Shanghai wall clock; NaN when it is none. */
export function instantOf(wall: string): number {
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(wall)
    ? Date.parse(`${wall.replace(" ", "T")}Z`) - SHANGHAI
    : Number.NaN;
}

/** Days `yyyy-MM-dd` a leave touches. An end at midnight does not touch its day. */
export function daysOf(leave: Leave): string[] {
  const last = wallClock(instantOf(leave.end_time) - 1000).slice(0, 10);
  const days: string[] = [];
  for (
    let at = Date.parse(`${leave.start_time.slice(0, 10)}T00:00:00Z`);
    at <= Date.parse(`${last}T00:00:00Z`);
    at += 86_400_000
  )
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

function common(leave: Leave, kernel: Kernel, at: number): Record<string, unknown> {
  return {
    approval_code: APPROVAL_CODE,
    instance_code: leave.instance,
    open_id: leave.user,
    start_time: Math.floor(leave.applied / 1000),
    end_time: Math.floor(at / 1000),
    leave_start_time: leave.start_time,
    leave_end_time: leave.end_time,
    leave_interval: leave.interval,
    leave_reason: leave.reason,
  };
}

const UNITS: Record<number, [number, string]> = {
  1: [1, "DAY"],
  2: [3, "HOUR"],
  3: [2, "HALF_DAY"],
  4: [4, "HALF_HOUR"],
};

/** The two messages of an approved leave, both of the old schema (facts.md §9). */
export function announceLeave(kernel: Kernel, leave: Leave): void {
  const user = userIds(kernel.state, leave.user).user_id ?? "";
  const [unit, name] = UNITS[leave.unit] ?? [1, "DAY"];
  const base = common(leave, kernel, kernel.now());
  kernel.emit(
    "leave_approval",
    { ...base, employee_id: user, leave_type: leave.names.ch, leave_unit: unit },
    { schema: "1.0" },
  );
  const key = `@i18n@${leave.uniq_id}`;
  const range = `[[${leave.start_time},${leave.end_time}]]`;
  const v2 = {
    ...base,
    user_id: user,
    leave_name: key,
    i18n_resources: `[{is_default=true,locale=zh_cn,texts={${key}=${leave.names.ch}}}]`,
    leave_unit: name,
    leave_detail: range,
    leave_range: range,
    origin_instance_code: "",
  };
  kernel.emit("leave_approvalV2", v2, { schema: "1.0" });
}

export function announceRevocation(kernel: Kernel, leave: Leave): void {
  kernel.emit(
    "leave_approval_revert",
    {
      approval_code: APPROVAL_CODE,
      instance_code: leave.instance,
      operate_time: Math.floor(kernel.now() / 1000),
    },
    { schema: "1.0" },
  );
}
