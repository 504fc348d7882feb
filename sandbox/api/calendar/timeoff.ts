/** calendar/v4 timeoff_events: a leave put on a person's calendar; written and deleted, never listed (facts.md §6.5). */
import { findPerson, idType } from "../directory.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { str } from "../text.ts";
import { badRequest, invalid } from "./access.ts";
import { calendar } from "./state.ts";

const RATE = { perMinute: 1000, perSecond: 50 };
const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;

/** Both ends as seconds, or both as days. */
function ends(start: string, end: string): [number, number] {
  const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (isDay(start) && isDay(end))
    return [Date.parse(`${start}T00:00:00Z`) - SHANGHAI, Date.parse(`${end}T00:00:00Z`) - SHANGHAI + DAY];
  if (/^\d{1,11}$/.test(start) && /^\d{1,11}$/.test(end)) return [Number(start) * 1000, Number(end) * 1000];
  throw invalid("start_time and end_time are both seconds or both yyyy-MM-dd");
}

function create(call: Call): unknown {
  const person = findPerson(call.state, str(call.body.user_id), idType(call));
  if (!person || person.resigned)
    throw new FeishuError(195100, 404, "user is dismiss or not exist in the tenant");
  const [from, to] = ends(str(call.body.start_time), str(call.body.end_time));
  if (!(from < to)) throw invalid("start_time must be before end_time");
  const id = `timeoff:${call.id("off_", 24).slice(4)}`;
  const title = str(call.body.title) || "请假中 / Time Off";
  calendar(call.state).timeoff[id] = {
    id,
    app: call.app?.appId ?? "",
    user: person.open_id,
    from,
    to,
    title,
  };
  const { user_id, timezone, start_time, end_time, description = "" } = call.body;
  return { timeoff_event_id: id, user_id, timezone, start_time, end_time, title, description };
}

function remove(call: Call): unknown {
  const id = call.path.timeoff_event_id ?? "";
  const found = calendar(call.state).timeoff[id];
  if (!found || found.app !== call.app?.appId)
    throw new FeishuError(195000, 403, "no permission to delete timeoff event");
  delete calendar(call.state).timeoff[id];
  return {};
}

export const timeoff = operations([
  {
    method: "POST",
    path: "/open-apis/calendar/v4/timeoff_events",
    scopes: ["calendar:time_off:create", "calendar:timeoff"],
    rate: RATE,
    invalid: badRequest,
    handle: create,
  },
  {
    method: "DELETE",
    path: "/open-apis/calendar/v4/timeoff_events/:timeoff_event_id",
    scopes: ["calendar:time_off:delete", "calendar:timeoff"],
    rate: RATE,
    invalid: badRequest,
    handle: remove,
  },
]);
