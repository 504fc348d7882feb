import { and, count, eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { timeOnly } from "#domain/messages/dates.ts";
import type { Ctx } from "../../context.ts";
import { attendance } from "../../db/schema.ts";
import { endOf, viewSession } from "../sessions/facts.ts";

/** 签到: open from 15 minutes before the start until 15 after the end; pressed twice it counts once. */
export async function checkIn(
  ctx: Ctx,
  input: { session: string; person: string; source: "card" | "qr" },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  const view = await viewSession(ctx, input.session);
  if (!view?.session.start || view.session.state === "cancelled")
    return { toast: { type: "info", text: smallText("tooOld", language) } };
  const { session, group } = view;
  const opens = session.start! - ctx.settings.checkInBeforeMinutes * 60_000;
  const closes = endOf(ctx, session) + ctx.settings.checkInAfterMinutes * 60_000;
  if (ctx.now < opens || ctx.now > closes) {
    const time = timeOnly(session.start!, group?.timezone ?? ctx.workspace.timezone);
    const admin = language === "zh" ? "管理员" : "the admin";
    return { toast: { type: "info", text: smallText("checkInClosed", language, { time, admin }) } };
  }
  await ctx.db
    .insert(attendance)
    .values({
      workspace: ctx.workspace.id,
      session: input.session,
      person: input.person,
      at: ctx.now,
      source: input.source,
    })
    .onConflictDoNothing();
  return { toast: { type: "success", text: smallText("checkedIn", language) } };
}

/** open_ids of everybody who was there. */
export async function attendeesOf(ctx: Ctx, session: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ person: attendance.person })
    .from(attendance)
    .where(and(eq(attendance.workspace, ctx.workspace.id), eq(attendance.session, session)))
    .orderBy(attendance.person);
  return rows.map(({ person }) => person);
}

export async function attendanceOf(ctx: Ctx, session: string): Promise<number> {
  const [row] = await ctx.db
    .select({ n: count() })
    .from(attendance)
    .where(and(eq(attendance.workspace, ctx.workspace.id), eq(attendance.session, session)));
  return row?.n ?? 0;
}
