import type { TemplateId } from "#domain/messages/templates.ts";
import { MissingError } from "../../errors.ts";
import type { Ctx } from "../../context.ts";
import { type Workdays, workdays } from "../calendar/workdays.ts";
import { getRecord } from "../records/read.ts";
import { endOf, hasContent, viewOf, type SessionView } from "../sessions/facts.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";

const DAY = 86_400_000;
const DAYS = 7;

export interface ComingMessage {
  at: number;
  template: TemplateId;
  to: { kind: "lecturer"; name: string } | { kind: "learners" | "attendees"; count: number };
  session: { id: string; label: string; start: number };
  /** Goes out only if the matter still stands then: nobody has confirmed, nothing is uploaded. */
  unless: "confirmed" | "content" | null;
}

/**
 * Before anyone is told: who would get what in the next seven days if the group went live now. By the same times and switches
 * the automations use; limits of a day may still put a message off, never add one. `planned`: sessions decided and not yet in the
 * Base, in place of those of the same id.
 */
export async function comingMessages(
  ctx: Ctx,
  group: string,
  planned: readonly SessionView[] = [],
): Promise<ComingMessage[]> {
  const row = await getRecord(ctx, "groups", group);
  if (!row) throw new MissingError("group_missing", `no group ${group}`);
  const days = await workdays(ctx);
  const anew = new Set(planned.map(({ session }) => session.id));
  const views = [...planned];
  for (const session of await upcomingSessions(ctx, group))
    if (!anew.has(session.id)) views.push(await viewOf(ctx, session));
  const found = views
    .filter(({ session }) => session.start! <= ctx.now + 30 * DAY && session.lecturer)
    .flatMap((view) => messagesOf(ctx, days, view));
  const until = ctx.now + DAYS * DAY;
  return found
    .filter(({ at, template }) => at <= until && ctx.on[template])
    .map((one) => ({ ...one, at: Math.max(one.at, ctx.now) }))
    .sort((a, b) => a.at - b.at || a.session.start - b.session.start);
}

function messagesOf(ctx: Ctx, days: Workdays, { session, group, lecturer }: SessionView): ComingMessage[] {
  const { settings, now } = ctx;
  const start = session.start!;
  const about = { id: session.id, label: session.label ?? "", start };
  const speaker = { kind: "lecturer", name: lecturer?.name ?? "" } as const;
  const learners = { kind: "learners", count: group?.audience?.length ?? 0 } as const;
  const ready = hasContent(session);
  const before = (workdaysAhead: number, time: string) => days.at(start, -workdaysAhead, time);
  const dayOf = days.at(start, 0, settings.dayOfAt);
  const invite = start - now <= settings.inviteDays * DAY ? now : before(settings.inviteWorkdays, "09:00");
  const all: (ComingMessage | null)[] = [
    session.state === "planned" ? one(invite, "invite", speaker, "confirmed") : null,
    one(
      before(settings.remindWorkdays, settings.remindAt),
      ready ? "remind.ready" : "remind.before",
      speaker,
    ),
    ready
      ? null
      : one(
          before(settings.contentMissingWorkdays, settings.contentMissingAt),
          "content.missing",
          speaker,
          "content",
        ),
    one(dayOf < start ? dayOf : before(1, settings.dayOfEveAt), "day-of", learners),
    one(start - settings.checkInBeforeMinutes * 60_000, "check-in", learners),
    one(endOf(ctx, session) + settings.ratingAfterMinutes * 60_000, "rate", {
      kind: "attendees",
      count: 0,
    }),
    one(days.at(start, 1, settings.releaseAt), "echo", speaker),
  ];
  // What would have gone out before now is not sent later (texts.md §5.1); an invitation is.
  return all.filter((message): message is ComingMessage => message !== null && message.at >= now - 60_000);

  function one(
    at: number,
    template: TemplateId,
    to: ComingMessage["to"],
    unless: ComingMessage["unless"] = null,
  ): ComingMessage {
    return { at, template, to, session: about, unless };
  }
}
