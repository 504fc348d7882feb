import { addDays, instantAt } from "#domain/time.ts";
import { InvalidInputError } from "../../errors.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { cancelSession } from "../sessions/cancel-session.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { entryMaker, type ScheduleEntry } from "./entries.ts";

/** Local days `2026-12-07`, both ends included; no groups = all. */
export interface ClosedDays {
  name: string;
  from: string;
  to: string;
  groups: string[];
}

/** The sessions to come that fall into these days. */
export async function sessionsIn(ctx: Ctx, days: ClosedDays): Promise<ScheduleEntry[]> {
  if (days.to < days.from)
    throw new InvalidInputError("days_backwards", `to: ${days.to} lies before from: ${days.from}`, {
      words: { zh: "最后一天要在第一天之后。", en: "The last day lies before the first." },
    });
  const zone = ctx.workspace.timezone;
  const from = instantAt(days.from, "00:00", zone);
  const to = instantAt(addDays(days.to, 1), "00:00", zone);
  const toEntry = await entryMaker(ctx);
  return (await upcomingSessions(ctx))
    .filter(({ start, group }) => from <= start! && start! < to && isMeant(days, group))
    .map(toEntry);
}

const isMeant = ({ groups }: ClosedDays, group: string | undefined) =>
  groups.length === 0 || groups.includes(group ?? "");

/** 这段时间不排: the days stand in 公司日历, so that no plan fills them, and what fell into them is called off, each told once. */
export async function closeDays(
  ctx: Ctx,
  days: ClosedDays & { person: string },
): Promise<{ cancelled: number; refused: number }> {
  const sessions = await sessionsIn(ctx, days);
  const zone = ctx.workspace.timezone;
  const { name, from, to, groups, person } = days;
  await transaction(ctx, async (tx) => {
    await post(tx, [
      {
        kind: "record.create",
        // Pressed twice it is one row.
        key: `days-off:${fingerprint([name, from, to, groups])}`,
        table: "companyDays",
        fields: {
          name,
          kind: "blocked",
          from: instantAt(from, "00:00", zone),
          to: instantAt(to, "00:00", zone),
          ...(groups.length > 0 ? { groups } : {}),
        },
      },
    ]);
    await tx.db.insert(audit).values({
      workspace: tx.workspace.id,
      actor: person,
      action: "schedule.days-off",
      detail: { name, from, to, groups },
      at: tx.now,
    });
  });
  let cancelled = 0;
  for (const { session } of sessions) {
    const { state } = await cancelSession(ctx, { session, person, reason: name });
    if (state === "done") cancelled += 1;
  }
  return { cancelled, refused: sessions.length - cancelled };
}
