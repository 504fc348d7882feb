import { RRule } from "../rrule.ts";

/** More dates than anyone plans; a rule such as every second is cut here. */
const mostDates = 2_000;

export interface RepeatRule {
  /** Local dates within two local dates, both inclusive. */
  days(first: string, last: string): string[];
}

/**
 * Reads an RRULE text (RFC 5545) with its exceptions: `FREQ=WEEKLY;BYDAY=WE`, below it `EXDATE:20261230,20270106` for dates left
 * out and `RDATE:20270107` for dates besides. Null if it cannot be read; rules by hour or less are refused.
 */
export function readRepeatRule(text: string, anchor: string): RepeatRule | null {
  if (text.length > 2_000) return null;
  const lines = text.split(/\s*\n\s*|\s+(?=(?:EXDATE|RDATE|RRULE)\b)/iu).filter((line) => line.trim() !== "");
  const except = new Set<string>();
  const also = new Set<string>();
  const rules: string[] = [];
  for (const line of lines) {
    const dated = /^(EXDATE|RDATE)(?:;[A-Z-]+=[^:;]*)*[:=](.*)$/iu.exec(line.trim());
    if (!dated) {
      rules.push(line.trim());
      continue;
    }
    const days = (dated[2] ?? "")
      .split(/[,;，、\s]+/u)
      .filter(Boolean)
      .map(dayOf);
    for (const day of days) {
      if (day === null) return null;
      (dated[1]?.toUpperCase() === "EXDATE" ? except : also).add(day);
    }
  }
  const rule = rules.length === 1 ? parseRule(rules[0] ?? "", anchor) : null;
  if (!rule) return null;
  return {
    days(first, last) {
      const days = new Set<string>();
      // Dates are worked out in UTC and only then placed in the zone, so that no clock change can move one.
      rule.between(new Date(`${first}T00:00:00Z`), new Date(`${last}T23:59:59Z`), true, (date, count) => {
        days.add(date.toISOString().slice(0, 10));
        return count < mostDates;
      });
      for (const day of also) if (first <= day && day <= last) days.add(day);
      return [...days].filter((day) => !except.has(day)).sort();
    },
  };
}

function parseRule(text: string, anchor: string): InstanceType<typeof RRule> | null {
  try {
    const options = RRule.parseString(text.replace(/^RRULE:/i, ""));
    if (options.freq === undefined || options.freq > RRule.DAILY) return null;
    return new RRule({ ...options, tzid: null, dtstart: new Date(`${anchor}T00:00:00Z`) });
  } catch {
    // The package throws plain errors for unknown parts; to the caller all of them mean "cannot be read".
    return null;
  }
}

/** `20261230`, `20261230T070000Z` or `2026-12-30` to a local date. */
function dayOf(text: string): string | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?$/iu.exec(text);
  if (!match) return null;
  const day = `${match[1]}-${match[2]}-${match[3]}`;
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isFinite(at.getTime()) && at.toISOString().startsWith(day) ? day : null;
}
