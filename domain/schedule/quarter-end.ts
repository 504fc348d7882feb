import { addDays, addMonths, addWorkdays, isWorkday, type DayOverride } from "../time.ts";

/**
 * The last `workdays` of every quarter that touches the local dates `first` to `last`, as days without sessions for `groups`;
 * 调休 and the company's own days included.
 */
export function quarterEnds(
  first: string,
  last: string,
  workdays: number,
  groups: readonly string[],
  companyDays: readonly DayOverride[],
): DayOverride[] {
  const ends: DayOverride[] = [];
  for (let month = first.slice(0, 7); month <= last.slice(0, 7); month = addMonths(month, 1)) {
    if (Number(month.slice(5)) % 3 !== 0) continue;
    for (const group of groups) {
      const to = addDays(`${addMonths(month, 1)}-01`, -1);
      const lastWorkday = isWorkday(to, companyDays, group) ? to : addWorkdays(to, -1, companyDays, group);
      const from = addWorkdays(lastWorkday, 1 - workdays, companyDays, group);
      ends.push({ kind: "blocked", from, to, groups: [group] });
    }
  }
  return ends;
}
