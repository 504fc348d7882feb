import { and, eq, gt, isNull } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { ask } from "../../db/schema.ts";
import type { Rec } from "../records/read.ts";
import { viewSession } from "../sessions/facts.ts";
import { sessionLine, type SessionLine } from "./my-turns.ts";

/** A colleague's question that waits for this lecturer: to step in, or to swap. */
export interface AskedOfMe extends SessionLine {
  kind: "substitute" | "swap";
  /** What the answer names: the session, or the swap. */
  id: string;
  from: string;
  /** ms. */
  replyBy: number;
  /** In a swap: what the colleague would take instead. */
  instead: SessionLine | null;
}

export async function askedOfMe(ctx: Ctx, lecturer: Rec<"lecturers">): Promise<AskedOfMe[]> {
  const rows = await ctx.db
    .select()
    .from(ask)
    .where(
      and(
        eq(ask.workspace, ctx.workspace.id),
        eq(ask.lecturer, lecturer.id),
        isNull(ask.answer),
        gt(ask.replyBy, ctx.now),
      ),
    )
    .orderBy(ask.replyBy);
  const asked: AskedOfMe[] = [];
  for (const { kind, session, other, replyBy } of rows) {
    const view = await viewSession(ctx, session);
    if (!view?.session.start || view.session.state === "cancelled") continue;
    if (kind === "substitute" && view.session.change !== "declined") continue;
    const mine = kind === "swap" && other ? await viewSession(ctx, other) : null;
    if (kind === "swap" && mine?.session.lecturer !== lecturer.id) continue;
    asked.push({
      ...sessionLine(ctx, view),
      kind,
      id: kind === "swap" ? `${session}~${other}` : session,
      from: view.lecturer?.name ?? "",
      replyBy,
      instead: mine?.session.start ? sessionLine(ctx, mine) : null,
    });
  }
  return asked;
}
