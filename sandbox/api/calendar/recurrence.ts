/** Instances of an event within a window: one, or as many as its RRULE gives. */
import { FeishuError } from "../../kernel.ts";
import { invalid } from "./access.ts";
import { RRule } from "./rrule.ts";
import type { Event } from "./state.ts";

export interface Instance {
  id: string;
  from: number;
  to: number;
}

const LONGEST_RULE = 2000;

/** Throws for a rule that the page does not allow. */
export function requireRule(rule: string): void {
  if (rule === "") return;
  if (rule.length > LONGEST_RULE) throw invalid(`recurrence may have at most ${LONGEST_RULE} characters`);
  if (/COUNT=/.test(rule) && /UNTIL=/.test(rule))
    throw invalid("recurrence may not have both COUNT and UNTIL");
  try {
    RRule.fromString(rule.replace(/^RRULE:/, ""));
  } catch {
    throw invalid(`recurrence ${rule} is no RRULE`);
  }
}

// Shanghai has no summer time, so a rule counted in UTC with the clock moved by 8 hours keeps the local weekday.
const SHANGHAI = 8 * 3_600_000;

/** Instances that overlap [from, to), in order; removed and changed ones left out. */
export function instancesOf(event: Event, from: number, to: number): Instance[] {
  const length = event.to - event.from;
  if (event.recurrence === "")
    return event.from < to && event.to > from ? [{ id: event.id, from: event.from, to: event.to }] : [];
  const options = RRule.parseString(event.recurrence.replace(/^RRULE:/, ""));
  const rule = new RRule({
    ...options,
    dtstart: new Date(event.from + SHANGHAI),
    ...(options.until ? { until: new Date(options.until.getTime() + SHANGHAI) } : {}),
  });
  const starts = rule
    .between(new Date(from - length + SHANGHAI + 1), new Date(to + SHANGHAI - 1), true)
    .map((date) => date.getTime() - SHANGHAI);
  return starts
    .filter((at) => !event.gone.includes(at))
    .map((at) => ({ id: `${event.uid}_${at / 1000}`, from: at, to: at + length }));
}

/** The instance an id names, or 193001. */
export function requireInstance(event: Event, original: number): Instance {
  const found = instancesOf(event, original, original + 1).find((one) => one.from === original);
  if (!found) throw new FeishuError(193001, 404, "event not found");
  return found;
}
