import { transaction, type Ctx } from "../../context.ts";
import { firmAbsences } from "../calendar/absences.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { allRecords, getRecord, type Rec } from "../records/read.ts";
import { openTodo } from "../todos/todo.ts";
import { freeDates, meets } from "../turns/free-dates.ts";
import { endOf, sessionFacts, viewOf, viewSession } from "./facts.ts";
import { upcomingSessions } from "./upcoming.ts";

const OPEN = ["planned", "confirmed", "submitted"];
const isOpen = ({ state, change, account }: Rec<"sessions">) =>
  OPEN.includes(state ?? "") && change !== "declined" && Boolean(account);

/**
 * Absence found after publishing touches a session (leave approved, a trip or a month off entered): the lecturer gets the
 * choice of other dates, once. Nothing is moved without a word from them; where none comes, the admin hears of it. Busy
 * calendars raise nothing: meetings are the lecturer's own to arrange. `person` narrows it to one lecturer.
 */
export async function meetAbsence(ctx: Ctx, person?: string): Promise<{ sessions: number }> {
  const upcoming = (await upcomingSessions(ctx)).filter(
    (session) => isOpen(session) && (!person || session.account === person),
  );
  if (upcoming.length === 0) return { sessions: 0 };
  const speaking = new Set(upcoming.map(({ lecturer }) => lecturer));
  const lecturers = (await allRecords(ctx, "lecturers")).filter(({ id }) => speaking.has(id));
  const spans = await firmAbsences(ctx, lecturers, ctx.now, endOf(ctx, upcoming.at(-1)!));
  let told = 0;
  for (const session of upcoming)
    if (meets(spans.get(session.lecturer ?? "") ?? [], session.start!, endOf(ctx, session)))
      told += await offerOtherDates(ctx, session);
  return { sessions: told };
}

/** The same after a lecturer's record changed: 不排日期 and 暂停至 are theirs to enter. */
export async function meetOwnAbsence(ctx: Ctx, lecturer: string): Promise<{ sessions: number }> {
  const row = await getRecord(ctx, "lecturers", lecturer);
  if (!row?.person || (row.datesOff === undefined && row.awayUntil === undefined)) return { sessions: 0 };
  return meetAbsence(ctx, row.person);
}

async function offerOtherDates(ctx: Ctx, session: Rec<"sessions">): Promise<number> {
  const view = await viewOf(ctx, session);
  const dates = (await freeDates(ctx, view)).map((start) => ({ start }));
  const days = await workdays(ctx);
  return transaction(ctx, async (tx) => {
    const keys = await post(tx, [
      {
        kind: "message",
        key: `leave:${session.id}:${session.lecturer}:${session.start}`,
        to: { person: session.account! },
        audience: "lecturer",
        template: "invite.dates",
        data: { ...sessionFacts(tx, view), dates, maySwap: true },
        group: view.group?.id,
        session: session.id,
        while: OPEN,
        useUntil: session.start!,
      },
    ]);
    // Who is away may not look at a card: after a workday, or at once when the date is near, the admin takes over.
    const near = session.start! - tx.now <= tx.settings.adminUrgentHours * 3_600_000;
    if (keys.length > 0)
      await post(tx, [
        {
          kind: "wake",
          key: `absent:${session.id}:${session.lecturer}:${session.start}`,
          at: near ? tx.now : days.at(tx.now, 1, tx.settings.adminDailyAt),
          automation: "absence.unanswered",
          input: { session: session.id, lecturer: session.lecturer!, start: session.start! },
        },
      ]);
    return keys.length;
  });
}

/** A workday later: still the same lecturer on the same date, and still away → the admin's to-do, with choices. */
export async function handOverAbsence(
  ctx: Ctx,
  input: { session: string; lecturer: string; start: number },
): Promise<{ handedOver: number }> {
  const view = await viewSession(ctx, input.session);
  if (!view?.lecturer || view.lecturer.id !== input.lecturer || view.session.start !== input.start)
    return { handedOver: 0 };
  if (!isOpen(view.session) || input.start <= ctx.now) return { handedOver: 0 };
  const end = endOf(ctx, view.session);
  const spans = await firmAbsences(ctx, [view.lecturer], input.start, end);
  if (!meets(spans.get(input.lecturer) ?? [], input.start, end)) return { handedOver: 0 };
  const opened = await openTodo(ctx, {
    key: `absent:${input.session}:${input.lecturer}:${input.start}`,
    kind: "absent",
    session: input.session,
    detail: { lecturer: view.lecturer.name ?? "", label: view.session.label ?? "", start: input.start },
    urgent: input.start - ctx.now <= ctx.settings.adminUrgentHours * 3_600_000,
  });
  return { handedOver: opened ? 1 : 0 };
}
