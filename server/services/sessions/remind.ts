import type { MessageEffect } from "#domain/effects.ts";
import { localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { signedUp } from "../attendance/sign-up.ts";
import { openedBy, openersOf } from "../content/opened.ts";
import { bestTemplate } from "../content/template-for.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { chatsOf, hasContent, sessionFacts, viewOf, type SessionView } from "./facts.ts";

/** Sessions that start on a local day, dated and not cancelled. */
async function sessionsOn(ctx: Ctx, day: string, states: string[]): Promise<Rec<"sessions">[]> {
  return (await allRecords(ctx, "sessions")).filter(
    ({ start, state }) =>
      start && localDay(start, ctx.workspace.timezone) === day && states.includes(state ?? ""),
  );
}

/** Three workdays before: the turn comes near, and help is at hand (texts.md §3.2). */
export async function remindBefore(ctx: Ctx): Promise<{ reminded: number }> {
  const day = (await workdays(ctx)).shift(
    localDay(ctx.now, ctx.workspace.timezone),
    ctx.settings.remindWorkdays,
  );
  let reminded = 0;
  for (const session of await sessionsOn(ctx, day, ["planned", "confirmed", "submitted"])) {
    const view = await viewOf(ctx, session);
    if (!session.account || session.change === "declined") continue;
    const ready = hasContent(session);
    const template = ready ? null : await bestTemplate(ctx, view);
    const keys = await post(ctx, [
      {
        kind: "message",
        key: `remind:${session.id}:${session.lecturer}:${session.start}`,
        to: { person: session.account },
        audience: "lecturer",
        template: ready ? "remind.ready" : "remind.before",
        data: {
          ...sessionFacts(ctx, view),
          ...(ready ? { looked: await openedBy(ctx, session.id) } : {}),
          ...(template
            ? {
                template: template.name,
                templateId: template.id,
                templateMinutes: template.medianMinutes,
                templateAnswers: template.uses,
              }
            : {}),
        },
        group: session.group,
        session: session.id,
        while: ["planned", "confirmed", "submitted"],
        useUntil: session.start!,
      },
    ]);
    reminded += keys.length;
  }
  return { reminded };
}

/** One workday before, once: content is missing, or it will be a talk without slides. */
export async function askForContent(ctx: Ctx): Promise<{ asked: number }> {
  const day = (await workdays(ctx)).shift(
    localDay(ctx.now, ctx.workspace.timezone),
    ctx.settings.contentMissingWorkdays,
  );
  let asked = 0;
  for (const session of await sessionsOn(ctx, day, ["planned", "confirmed"])) {
    if (!session.account || hasContent(session) || session.change === "declined") continue;
    const keys = await post(ctx, [
      {
        kind: "message",
        key: `content-missing:${session.id}:${session.lecturer}:${session.start}`,
        to: { person: session.account },
        audience: "lecturer",
        template: "content.missing",
        data: sessionFacts(ctx, await viewOf(ctx, session)),
        group: session.group,
        session: session.id,
        while: ["planned", "confirmed"],
        useUntil: session.start!,
      },
    ]);
    asked += keys.length;
  }
  return { asked };
}

/** The day itself, in the learners' chats; sessions that start early are announced the workday before (texts.md §5.5). */
export async function remindDayOf(ctx: Ctx, when: "morning" | "eve"): Promise<{ sent: number }> {
  const zone = ctx.workspace.timezone;
  const today = localDay(ctx.now, zone);
  const day = when === "morning" ? today : (await workdays(ctx)).shift(today, 1);
  let sent = 0;
  for (const session of await sessionsOn(ctx, day, ["planned", "confirmed", "submitted"])) {
    if (isEarly(ctx, session) !== (when === "eve") || session.start! <= ctx.now || !session.lecturer)
      continue;
    const view = await viewOf(ctx, session);
    const effects = chatsOf(view.group).learners.map((chat): MessageEffect => ({
      kind: "message",
      key: dayOfKey(session.id, chat, session.start!),
      to: { chat },
      audience: "chat",
      template: "day-of",
      data: sessionFacts(ctx, view),
      group: session.group,
      session: session.id,
      while: ["planned", "confirmed", "submitted"],
      useUntil: session.start!,
    }));
    sent += (await post(ctx, [...effects, ...(await direct(ctx, view))])).length;
  }
  return { sent };
}

/** Directly only to those who signed up; who has not looked yet is offered the outline, without a word about it. */
async function direct(ctx: Ctx, view: SessionView): Promise<MessageEffect[]> {
  const { session } = view;
  const looked = await openersOf(ctx, session.id);
  return (await signedUp(ctx, session.id)).map((person) => ({
    kind: "message",
    key: `day-of-direct:${session.id}:${person}:${session.start}`,
    to: { person },
    audience: "learner",
    template: looked.has(person) || !hasContent(session) ? "day-of" : "day-of.direct",
    data: sessionFacts(ctx, view),
    group: session.group,
    session: session.id,
    while: ["planned", "confirmed", "submitted"],
    useUntil: session.start!,
  }));
}

function isEarly(ctx: Ctx, session: Rec<"sessions">): boolean {
  const time = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: ctx.workspace.timezone,
  }).format(session.start!);
  return time < ctx.settings.dayOfEarlyBefore;
}

export const dayOfKey = (session: string, chat: string, start: number) =>
  `day-of:${session}:${chat}:${start}`;
