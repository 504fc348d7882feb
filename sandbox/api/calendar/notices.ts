/** What a change of an event tells: the people invited, and apps that watch with a person's token (facts.md §6.6). */
import { userIds } from "../directory.ts";
import type { Kernel } from "../../kernel.ts";
import { invitedPeople } from "./people.ts";
import { calendar, type Event, nextChange } from "./state.ts";

const AGGREGATED_OVER = 3000;

/** Notes a change and announces it on every calendar that shows the event. */
export function eventChanged(kernel: Kernel, event: Event): void {
  event.changed = nextChange(kernel.state);
  const all = calendar(kernel.state);
  const shown = [
    event.calendar,
    ...invitedPeople(kernel.state, event).flatMap((id) => all.primary[id] ?? []),
  ];
  for (const id of new Set(shown)) announce(kernel, id);
}

/** One notice per calendar and three seconds, to the apps of people who subscribed with their own token. */
function announce(kernel: Kernel, calendarId: string): void {
  const all = calendar(kernel.state);
  const watchers = Object.entries(all.watched[calendarId] ?? {});
  if (!watchers.length || kernel.now() < (all.announced[calendarId] ?? 0)) return;
  all.announced[calendarId] = kernel.now() + AGGREGATED_OVER;
  for (const appId of new Set(watchers.map(([, app]) => app))) {
    const people = watchers
      .filter(([, app]) => app === appId)
      .map(([openId]) => userIds(kernel.state, openId));
    kernel.emit(
      "calendar.calendar.event.changed_v4",
      { calendar_id: calendarId, user_id_list: people },
      { appId, delayMs: AGGREGATED_OVER },
    );
  }
}

/** The notice a client shows to people, unless the call asked for silence. */
export function notify(
  kernel: Kernel,
  event: Event,
  kind: "invite" | "update" | "cancel",
  people: string[],
  wanted: boolean,
): void {
  if (!wanted) return;
  for (const to of people) event.notices.push({ to, kind, at: kernel.now() });
}
