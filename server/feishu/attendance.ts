import { z } from "zod";
import type { Client } from "./client.ts";
import { batches } from "./paging.ts";
import { list, text } from "./parts.ts";

export interface Leave {
  openId: string;
  kind: "leave" | "out" | "trip";
  approvalId?: string;
  /** As Feishu gives them: `yyyy-MM-dd HH:mm:ss` in `timeZone`. */
  start: string;
  end: string;
  timeZone?: string;
  /** What Feishu calls it, e.g. 年假. */
  name?: string;
  reason?: string;
}

/** Approved absences from the attendance app. */
export interface Attendance {
  /**
   * Leaves, outings and business trips of any number of people between two days (yyyyMMdd). `from` at most tomorrow and `to` at most
   * 30 days after it (decisions.md 14).
   */
  approvals(openIds: readonly string[], from: number, to: number): Promise<Leave[]>;
}

// Feishu prints no limit here; as many as its other lists of people take.
const BATCH = 50;

const i18n = z.object({ ch: text, en: text, ja: text }).nullish();
const absence = z.object({
  approval_id: text,
  start_time: z.string(),
  end_time: z.string(),
  reason: text,
  i18n_names: i18n,
});
const reply = z.object({
  user_approvals: list(
    z.object({
      user_id: z.string(),
      time_zone: text,
      leaves: list(absence),
      outs: list(absence),
      trips: list(absence),
    }),
  ),
});

type UserApproval = z.infer<typeof reply>["user_approvals"][number];

function leavesOf(approval: UserApproval): Leave[] {
  const kinds = [
    ["leave", approval.leaves],
    ["out", approval.outs],
    ["trip", approval.trips],
  ] as const;
  return kinds.flatMap(([kind, absences]) =>
    absences.map((raw): Leave => ({
      openId: approval.user_id,
      kind,
      approvalId: raw.approval_id,
      start: raw.start_time,
      end: raw.end_time,
      timeZone: approval.time_zone,
      name: raw.i18n_names?.ch ?? raw.i18n_names?.en,
      reason: raw.reason,
    })),
  );
}

export function createAttendance(client: Client): Attendance {
  return {
    async approvals(openIds, from, to) {
      const found: Leave[] = [];
      for (const userIds of batches(openIds, BATCH)) {
        const body = { user_ids: userIds, check_date_from: from, check_date_to: to };
        const request = { query: { employee_type: "open_id" }, body };
        const { user_approvals } = await client.call("attendance.approvals", request, reply);
        found.push(...user_approvals.flatMap(leavesOf));
      }
      return found;
    },
  };
}
