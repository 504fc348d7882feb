/** Who is invited to an event: by name, or as a member of an invited chat. */
import { im } from "../im/state.ts";
import type { Kernel, State } from "../../kernel.ts";
import { type Attendee, type Calendar, calendar, type Event, type Rsvp } from "./state.ts";

/** Members of an invited chat, as the chat is now; people invited by name are not among them. */
export function chatMembers(state: State, event: Event, attendee: Attendee): string[] {
  const named = new Set(event.attendees.filter((one) => one.type === "user").map((one) => one.ref));
  return (im(state).chats[attendee.ref]?.people ?? []).filter(
    (id) => !named.has(id) && !event.removed.includes(id),
  );
}

/** How a person is invited; null when not at all. */
export function invitation(state: State, event: Event, openId: string): "name" | "chat" | null {
  if (event.attendees.some((one) => one.type === "user" && one.ref === openId)) return "name";
  if (event.removed.includes(openId)) return null;
  const inChat = event.attendees.some(
    (one) => one.type === "chat" && im(state).chats[one.ref]?.people.includes(openId) === true,
  );
  return inChat ? "chat" : null;
}

/** Everybody invited, each once. */
export function invitedPeople(state: State, event: Event): string[] {
  const people = event.attendees.flatMap((one) =>
    one.type === "user" ? [one.ref] : one.type === "chat" ? chatMembers(state, event, one) : [],
  );
  return [...new Set(people)];
}

export function answerOf(event: Event, openId: string): Rsvp {
  return event.rsvp[openId] ?? "needs_action";
}

/** Events a calendar shows: its own, and on a primary one those its owner is invited to. Deleted ones included. */
export function eventsOn(kernel: Kernel, found: Calendar): Event[] {
  const all = calendar(kernel.state);
  if (found.type !== "primary") return found.events.flatMap((id) => all.events[id] ?? []);
  return Object.values(all.events).filter(
    (event) => event.calendar === found.id || invitation(kernel.state, event, found.owner) !== null,
  );
}
