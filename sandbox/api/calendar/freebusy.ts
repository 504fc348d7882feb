/** calendar/v4 freebusy: busy times of primary calendars, without names of events (facts.md §6.4). */
import { requirePerson } from "../directory.ts";
import { type Call, FeishuError, type Kernel, operations } from "../../kernel.ts";
import { str } from "../text.ts";
import { badRequest, invalid } from "./access.ts";
import { answerOf, invitation } from "./people.ts";
import { instancesOf } from "./recurrence.ts";
import { calendar, type Event } from "./state.ts";
import { instantOf, rfc3339 } from "./time.ts";

const RATE = { perMinute: 1000, perSecond: 50 };
const READ = ["calendar:calendar", "calendar:calendar.free_busy:read", "calendar:calendar:readonly"];
const DAY = 86_400_000;
const SINGLE = 90 * DAY;
const BATCH = 14 * DAY;

interface Busy {
  from: number;
  to: number;
  rsvp: string;
  free: boolean;
}

/** How an event stands on a person's primary calendar; null when it is not there. Declined ones are gone from it. */
function standing(kernel: Kernel, event: Event, openId: string): { rsvp: string; free: boolean } | null {
  if (event.deleted) return null;
  const byOwner = str(event.fields.free_busy_status) === "free";
  const byPerson = event.personal[openId]?.free_busy_status;
  const free = byPerson === undefined ? byOwner : byPerson === "free";
  if (event.calendar === calendar(kernel.state).primary[openId] && event.organizer === openId)
    return { rsvp: "accept", free };
  const invited = invitation(kernel.state, event, openId);
  if (invited === null || (invited === "chat" && !kernel.switches.busySpread)) return null;
  const rsvp = answerOf(event, openId);
  return rsvp === "decline" || rsvp === "removed" ? null : { rsvp, free };
}

/** What fills a person's primary calendar within [from, to), in order. */
function busyTimes(kernel: Kernel, openId: string, from: number, to: number): Busy[] {
  const all = calendar(kernel.state);
  const events = Object.values(all.events).flatMap((event) => {
    const found = standing(kernel, event, openId);
    return found ? instancesOf(event, from, to).map((one) => ({ from: one.from, to: one.to, ...found })) : [];
  });
  const away = Object.values(all.timeoff).filter(
    (off) => off.user === openId && off.from < to && off.to > from,
  );
  return [
    ...events,
    ...away.map((off) => ({ from: off.from, to: off.to, rsvp: "accept", free: false })),
  ].toSorted((a, b) => a.from - b.from);
}

function itemsFor(call: Call, openId: string, from: number, to: number): Record<string, unknown>[] {
  const like = str(call.body.time_min);
  const shown = busyTimes(call, openId, from, to).filter(
    (busy) => call.body.only_busy === false || !busy.free,
  );
  return shown.map((busy) => ({
    start_time: rfc3339(busy.from, like),
    end_time: rfc3339(busy.to, like),
    ...(call.body.need_rsvp_status === true ? { rsvp_status: busy.rsvp } : {}),
  }));
}

/** A person whose times may be asked for. */
function personOf(call: Call, id: string): string {
  const person = requirePerson(call, id);
  if (person.resigned) throw new FeishuError(195100, 404, "user is dismiss or not exist in the tenant");
  return person.open_id;
}

function list(call: Call): unknown {
  const from = instantOf(call.body.time_min, () => invalid("time_min is not RFC 3339"));
  const to = instantOf(call.body.time_max, () => invalid("time_max is not RFC 3339"));
  if (from >= to) throw invalid("time_min must be before time_max");
  if (to - from > SINGLE) throw invalid("time_min and time_max may be at most 90 days apart");
  if (call.body.user_id === undefined) {
    if (call.body.room_id === undefined) throw invalid("user_id or room_id is required");
    return { freebusy_list: [] };
  }
  return { freebusy_list: itemsFor(call, personOf(call, str(call.body.user_id)), from, to) };
}

function batch(call: Call): unknown {
  const ids = call.body.user_ids as string[];
  if (ids.length < 1) throw invalid("user_ids takes 1 to 10 ids");
  if (ids.length > 10) throw new FeishuError(198001, 400, "the number of user IDs exceeds the limit");
  const illegal = (): FeishuError => new FeishuError(198002, 400, "the time format is illegal");
  const [from, to] = [instantOf(call.body.time_min, illegal), instantOf(call.body.time_max, illegal)];
  if (from >= to || to - from > BATCH) throw new FeishuError(198003, 400, "the time range is illegal");
  return {
    freebusy_lists: ids.map((id) => ({
      user_id: id,
      freebusy_items: itemsFor(call, personOf(call, id), from, to),
    })),
  };
}

const flag = { type: "boolean" };
const text = { type: "string" };
const common = {
  time_min: text,
  time_max: text,
  include_external_calendar: flag,
  only_busy: flag,
  need_rsvp_status: flag,
};
const params = {
  type: "object",
  properties: { user_id_type: { type: "string", enum: ["open_id", "union_id", "user_id"] } },
};
export const freebusy = operations([
  {
    method: "POST",
    path: "/open-apis/calendar/v4/freebusy/list",
    scopes: READ,
    rate: RATE,
    reads: true,
    invalid: badRequest,
    schema: {
      params,
      data: {
        type: "object",
        properties: { ...common, user_id: text, room_id: text },
        required: ["time_min", "time_max"],
      },
    },
    handle: list,
  },
  {
    method: "POST",
    path: "/open-apis/calendar/v4/freebusy/batch",
    tokens: ["tenant", "user"],
    scopes: READ,
    rate: RATE,
    reads: true,
    invalid: badRequest,
    schema: {
      params,
      data: {
        type: "object",
        properties: { ...common, user_ids: { type: "array", items: text } },
        required: ["time_min", "time_max", "user_ids"],
      },
    },
    handle: batch,
  },
]);
