import { nextDay, nextInSpans, nextSendingTime, nextWeek, nextWorkdayAt } from "./hours.ts";
import type { Decision, DropReason, Hours, SendFacts, SendRequest } from "./policy-types.ts";
import type { TemplateId } from "./templates.ts";

const HOUR = 3_600_000;

/** Follow-ups to an invite; at most two a turn. */
const followUps: readonly TemplateId[] = ["confirm.follow", "confirm.last"];
/** §5.5 allows the one update besides the two cards of a session; a change must always be told. */
const besideChatLimit: readonly TemplateId[] = ["announce.update", "changed"];
/** What cannot wait for tomorrow: a change, and a colleague's question with hours to answer, itself asked twice a month at most. */
const besideDayLimit: readonly TemplateId[] = ["changed", "substitute.ask", "swap.ask", "swap.kept"];
/** Messages to an admin that have their own time, or are themselves the summary. */
const ownTime: readonly TemplateId[] = [
  "admin.daily",
  "admin.urgent",
  "schedule.ready",
  "group.ready",
  "monthly",
  "manager.monthly",
  "care",
  "care.outcome",
];

/**
 * The one place that decides whether and when a message goes out, and to whom (texts.md §5.1, §5.2): switches, pause,
 * purpose, limits, digests, windows, trial; in this order. What goes together is join.ts. Pure; the same facts give the same decision.
 */
export function decide(request: SendRequest, facts: SendFacts): Decision {
  const dropped = whyDropped(request, facts);
  if (dropped !== undefined) return { action: "drop", why: dropped };
  const from = Math.max(facts.now, request.notBefore ?? 0);
  if (from > request.useUntil) return { action: "drop", why: "too-late" };
  const summary = dailySummary(request, facts, from);
  if (summary !== undefined) return summary;
  const at = reachableFrom(request, facts, from);
  if (typeof at === "string") return { action: "drop", why: at };
  if (at > request.useUntil) return { action: "drop", why: "too-late" };
  if (at > facts.now) return { action: "defer", at };
  return addressed(request, facts, at);
}

/** How long an announcement or a rating is still worth sending: a day after the first instant it could have gone out. */
export function lateUntil(due: number, request: Pick<SendRequest, "exempt">, hours: Hours): number {
  const anyHour =
    request.exempt === "check-in" || request.exempt === "rating" || request.exempt === "on-request";
  return (anyHour ? due : nextSendingTime(due, hours)) + hours.settings.lateHours * HOUR;
}

function whyDropped(request: SendRequest, facts: SendFacts): DropReason | undefined {
  if (facts.on === false) return "switched-off";
  // A pause silences what the programme starts; who acts during it still gets an answer, and admins stay informed.
  if (facts.mode === "paused" && request.kind !== "admin" && request.exempt !== "on-request") return "paused";
  if (facts.optedOut === true && request.exempt !== "on-request") return "opted-out";
  if (facts.sentBefore === true) return "sent-before";
  return limitReached(request, facts);
}

/** Limits that end a message for good; those of a day or week only put it off (`reachableFrom`). */
function limitReached(
  { template, kind, about, exempt }: SendRequest,
  { sent, settings }: SendFacts,
): DropReason | undefined {
  if (exempt === "on-request" || exempt === "check-in" || exempt === "rating") return undefined;
  if (followUps.includes(template) && sent.followUps >= settings.lecturerFollowUps) return "follow-up-limit";
  // A change must reach who signed up, whatever else they got.
  if (exempt === "change-soon" || template === "changed") return undefined;
  if (kind === "learner" && about !== undefined && sent.session >= settings.learnerPerSession)
    return "session-limit";
  if (
    kind === "chat" &&
    about !== undefined &&
    !besideChatLimit.includes(template) &&
    sent.session >= settings.chatPerSession
  )
    return "chat-limit";
  return undefined;
}

/** An admin hears of what is not close at hand in the daily summary only. */
function dailySummary(request: SendRequest, facts: SendFacts, from: number): Decision | undefined {
  if (
    request.kind !== "admin" ||
    request.exempt !== undefined ||
    request.urgent === true ||
    ownTime.includes(request.template)
  )
    return undefined;
  const { startsAt } = request;
  const soon =
    startsAt !== undefined && startsAt >= from && startsAt - from <= facts.settings.adminUrgentHours * HOUR;
  if (soon) return undefined;
  const at = nextWorkdayAt(from, facts.settings.adminDailyAt, facts);
  return { action: "digest", key: `admin.daily:${addressKey(request)}:${at}`, at };
}

/** The first instant from `from` at which windows and the limits of day and week allow the message. */
function reachableFrom(request: SendRequest, facts: SendFacts, from: number): number | DropReason {
  const { exempt } = request;
  if (exempt === "on-request" || exempt === "check-in" || exempt === "rating") return from;
  if (exempt === "change-soon") return changeSoonFrom(request, facts, from);
  const limit = fullUntil(request, facts);
  if (limit === undefined) return nextSendingTime(from, facts);
  const at = nextSendingTime(Math.max(from, limit.until), facts);
  return at > request.useUntil ? limit.why : at;
}

/** The local midnight or Monday until which the recipient has had enough. */
function fullUntil(
  { template, kind }: SendRequest,
  facts: SendFacts,
): { until: number; why: DropReason } | undefined {
  const { now, zone, sent, settings } = facts;
  if (
    kind === "lecturer" &&
    facts.ownSessionToday !== true &&
    !besideDayLimit.includes(template) &&
    sent.today >= settings.lecturerPerDay
  )
    return { until: nextDay(now, zone), why: "day-limit" };
  if (kind === "learner" && template !== "changed" && sent.week >= settings.learnerPerWeek)
    return { until: nextWeek(now, zone), why: "week-limit" };
  if (kind === "manager" && template === "care" && sent.careThisWeek >= settings.managerCarePerWeek)
    return { until: nextWeek(now, zone), why: "week-limit" };
  return undefined;
}

/** A change within 12 h of the session may go out between 08:00 and 21:00 on any day; else in the next window. */
function changeSoonFrom({ startsAt }: SendRequest, facts: SendFacts, from: number): number {
  const window = nextSendingTime(from, facts);
  if (startsAt === undefined) return window;
  const close = Math.max(from, startsAt - facts.settings.changeSoonHours * HOUR);
  const early = nextInSpans(close, facts.zone, facts.settings.changeWindow, () => true);
  return early !== undefined && early < startsAt ? Math.min(window, early) : window;
}

function addressed(request: SendRequest, { mode, admins }: SendFacts, at: number): Decision {
  const { to, kind } = request;
  const toAdmin = kind === "admin" || ("person" in to && admins.includes(to.person));
  if (mode !== "trial" || toAdmin) return { action: "send", at, to };
  const [admin] = admins;
  return admin === undefined
    ? { action: "drop", why: "no-admin" }
    : { action: "send", at, to: { person: admin }, trialFor: to };
}

function addressKey({ to }: SendRequest): string {
  return "person" in to ? to.person : to.chat;
}
