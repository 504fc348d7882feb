import { smallText } from "#base/defaults/small-texts.ts";
import { addDays, instantAt, localDay } from "#domain/time.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Ctx } from "../../context.ts";
import { attendeesOf } from "../attendance/check-in.ts";
import { workdays } from "../calendar/workdays.ts";
import { importedIds } from "../lecturers/import-store.ts";
import { getRecords } from "../records/read.ts";
import { endOf, speakersOf, viewSession, type SessionView } from "../sessions/facts.ts";

/** Everybody who was there: checked in, or put into 参加者 by the admin. */
export async function presentAt(ctx: Ctx, { session }: SessionView): Promise<string[]> {
  return [...new Set([...(await attendeesOf(ctx, session.id)), ...(session.attended ?? [])])].sort();
}

/** Who is asked and may rate: everybody who was there but the speakers and their managers (texts.md §5.6). */
export async function ratersOf(ctx: Ctx, view: SessionView): Promise<string[]> {
  const co = await getRecords(ctx, "lecturers", view.session.co ?? []);
  const managers = [view.lecturer, ...co].map((lecturer) => lecturer?.manager);
  const apart = new Set([...(await speakersOf(ctx, view.session)), view.lecturer?.person, ...managers]);
  return (await presentAt(ctx, view)).filter((person) => !apart.has(person));
}

/** ms; a rating is open until the end of the third workday after the session. Only for sessions with a date. */
export async function ratingCloses(ctx: Ctx, view: SessionView): Promise<number> {
  const zone = ctx.workspace.timezone;
  const last = (await workdays(ctx)).shift(
    localDay(endOf(ctx, view.session), zone),
    ctx.settings.ratingOpenWorkdays,
  );
  return instantAt(addDays(last, 1), "00:00", zone);
}

/** Held here, not brought in by an import: the only sessions anybody is asked about. */
export async function isOwnHeld(ctx: Ctx, { session }: SessionView): Promise<boolean> {
  if (!session.start || !["delivered", "rated"].includes(session.state ?? "")) return false;
  if (endOf(ctx, session) > ctx.now || endOf(ctx, session) <= ctx.workspace.createdAt) return false;
  return !(await importedIds(ctx, "sessions")).has(session.id);
}

/** The session, if this person may rate it now; else the kind answer. */
export async function mayRate(
  ctx: Ctx,
  input: { session: string; person: string },
): Promise<{ view: SessionView } | { no: PressAnswer }> {
  const { language } = ctx.settings;
  const view = await viewSession(ctx, input.session);
  if (!view || !(await isOwnHeld(ctx, view)))
    return { no: { toast: { type: "info", text: smallText("rateClosed", language) } } };
  if (!(await ratersOf(ctx, view)).includes(input.person))
    return { no: { toast: { type: "info", text: smallText("notForYou", language) } } };
  if (ctx.now >= (await ratingCloses(ctx, view)))
    return { no: { card: { template: "settled", data: { text: smallText("rateClosed", language) } } } };
  return { view };
}
