import type { ActKind } from "#domain/outcome/figures.ts";
import type { Ctx } from "../../context.ts";
import { audit, manualAct } from "../../db/schema.ts";

/** Minutes an act of an admin counts, by setting (texts.md §5.10). */
function minutesOf({ settings }: Ctx, kind: Exclude<ActKind, "extra">): number {
  return {
    nudge: settings.minutesNudge,
    rearrange: settings.minutesRearrange,
    substitute: settings.minutesSubstitute,
    content: settings.minutesContent,
    attendance: settings.minutesAttendance,
    plan: settings.minutesPlan,
  }[kind];
}

/** Remembers a manual act for the coordination hours, once a key; who did it stands in the audit. */
export async function recordAct(
  ctx: Ctx,
  act: { key: string; kind: Exclude<ActKind, "extra">; by: string; session?: string },
): Promise<boolean> {
  const made = await ctx.db
    .insert(manualAct)
    .values({
      workspace: ctx.workspace.id,
      key: act.key,
      kind: act.kind,
      minutes: Math.round(minutesOf(ctx, act.kind)),
      by: act.by,
      session: act.session ?? null,
      at: ctx.now,
    })
    .onConflictDoNothing()
    .returning({ key: manualAct.key });
  if (made.length > 0)
    await ctx.db.insert(audit).values({
      workspace: ctx.workspace.id,
      actor: act.by,
      action: `act.${act.kind}`,
      target: act.session ?? null,
      detail: { key: act.key },
      at: ctx.now,
    });
  return made.length > 0;
}
