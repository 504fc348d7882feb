import type { MessageEffect } from "#domain/effects.ts";
import { addMonths, localDay, monthKey } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { surveyKey, surveyRounds, type Round } from "./rounds.ts";

/**
 * 分享意愿 is asked in rounds: the first on the first workday on which a group is live, each next on the first workday of the
 * month that lies `surveyMonths` after it. While a round is open, lecturers whose group goes live are asked too.
 */
export async function askLecturers(ctx: Ctx): Promise<{ asked: number }> {
  const today = localDay(ctx.now, ctx.workspace.timezone);
  // Switched off, no round begins: one that began unseen would silence the next three months.
  if (!ctx.on.survey || ctx.workspace.live.length === 0 || !(await workdays(ctx)).is(today))
    return { asked: 0 };
  const round = dueRound(ctx, await surveyRounds(ctx));
  if (!round) return { asked: 0 };
  return transaction(ctx, async (tx) => {
    const lecturers = (await allRecords(tx, "lecturers")).filter(isActive);
    const effects = lecturers.flatMap((lecturer) => cardFor(tx, round.period, round.closes, lecturer) ?? []);
    return { asked: (await post(tx, effects)).length };
  });
}

/** The round that is open, or the one that must begin today. */
function dueRound(ctx: Ctx, rounds: Round[]): Pick<Round, "period" | "closes"> | null {
  const month = monthKey(ctx.now, ctx.workspace.timezone);
  const last = rounds.at(-1);
  if (last && ctx.now < last.closes) return last;
  if (last && month < addMonths(last.period, ctx.settings.surveyMonths)) return null;
  return { period: month, closes: ctx.now + 14 * 86_400_000 };
}

const isActive = ({ state, person }: Rec<"lecturers">) =>
  person !== undefined && (state ?? "active") === "active";

function cardFor(
  ctx: Ctx,
  period: string,
  useUntil: number,
  lecturer: Rec<"lecturers">,
): MessageEffect | null {
  const { live, paused } = ctx.workspace;
  const group = (lecturer.groups ?? []).find((id) => live.includes(id) && !paused.includes(id));
  if (!group) return null;
  return {
    kind: "message",
    key: surveyKey(period, lecturer.id),
    to: { person: lecturer.person! },
    audience: "lecturer",
    template: "survey",
    data: { survey: period },
    group,
    useUntil,
  };
}
