/** Leaves by hand: asked for, approved, revoked; approval tells the apps (facts.md §9). */
import type { Hono } from "hono";
import { z } from "zod";
import {
  announceLeave,
  announceRevocation,
  attendance,
  instantOf,
  type Leave,
  wallClock,
} from "../api/attendance/state.ts";
import type { Kernel } from "../kernel.ts";
import { input, LeverError } from "../lever-input.ts";
import { personOf } from "./org.ts";

const instant = z.union([z.number(), z.string()]);
const leaveSchema = z.strictObject({
  /** ms since 1970, or `yyyy-MM-dd HH:mm:ss` in Shanghai. */
  from: instant,
  to: instant,
  type: z.string().default("年假"),
  approved: z.boolean().default(true),
  reason: z.string().default(""),
});

const ENGLISH: Record<string, string> = {
  年假: "Annual leave",
  病假: "Sick leave",
  事假: "Personal leave",
  调休: "Compensatory leave",
  婚假: "Marriage leave",
  产假: "Maternity leave",
};

function at(value: number | string): number {
  const found = typeof value === "number" ? value : instantOf(value);
  if (Number.isNaN(found)) throw new LeverError(`${value} is neither ms since 1970 nor yyyy-MM-dd HH:mm:ss`);
  return found;
}

function ask(kernel: Kernel, openId: string, given: z.infer<typeof leaveSchema>): Leave {
  const [from, to] = [at(given.from), at(given.to)];
  if (from >= to) throw new LeverError(`a leave from ${given.from} to ${given.to} has no length`);
  const leave: Leave = {
    approval_id: kernel.id("67", 17),
    instance: kernel.id("INST-", 32).slice(5).toUpperCase(),
    user: openId,
    uniq_id: "7276381556766212099",
    unit: 1,
    interval: Math.round((to - from) / 1000),
    start_time: wallClock(from),
    end_time: wallClock(to),
    names: { ch: given.type, en: ENGLISH[given.type] ?? given.type, ja: given.type },
    reason: given.reason,
    status: "pending",
    applied: kernel.now(),
    passed: null,
  };
  attendance(kernel.state).leaves[leave.approval_id] = leave;
  if (given.approved) approve(kernel, leave);
  return leave;
}

function approve(kernel: Kernel, leave: Leave): Leave {
  if (leave.status !== "pending")
    throw new LeverError(`leave ${leave.approval_id} is ${leave.status}: only a pending one can be approved`);
  leave.status = "approved";
  leave.passed = kernel.now();
  announceLeave(kernel, leave);
  return leave;
}

function revoke(kernel: Kernel, leave: Leave): Leave {
  if (leave.status !== "approved")
    throw new LeverError(
      `leave ${leave.approval_id} is ${leave.status}: only an approved one can be revoked`,
    );
  leave.status = "revoked";
  announceRevocation(kernel, leave);
  return leave;
}

function leaveOf(kernel: Kernel, openId: string, id: string): Leave {
  const leave = attendance(kernel.state).leaves[id];
  if (!leave || leave.user !== openId) throw new LeverError(`${openId} has no leave ${id}`);
  return leave;
}

export function leaveLevers(app: Hono, kernel: Kernel): void {
  app.post("/sandbox/people/:id/leave", async (c) =>
    c.json(ask(kernel, personOf(kernel, c.req.param("id")).open_id, await input(c, leaveSchema))),
  );
  app.post("/sandbox/people/:id/leave/:leave/approve", (c) =>
    c.json(approve(kernel, leaveOf(kernel, c.req.param("id"), c.req.param("leave")))),
  );
  app.post("/sandbox/people/:id/leave/:leave/revoke", (c) =>
    c.json(revoke(kernel, leaveOf(kernel, c.req.param("id"), c.req.param("leave")))),
  );
}
