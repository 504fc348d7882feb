import { useTranslation } from "react-i18next";
import type { ScheduleEntry } from "#server/services/schedule/entries.ts";
import { useFormat } from "../../ui/format.ts";
import { dayKey, daysFrom } from "./days.ts";
import { EntryRow } from "./EntryRow.tsx";

interface Props {
  from: number;
  weeks: number;
  zone: string;
  entries: readonly ScheduleEntry[];
  chosen: ReadonlySet<string> | null;
  onChoose: (session: string, chosen: boolean) => void;
}

/** Week by week; weeks without a session are left out. */
export function ListView({ from, weeks, zone, entries, chosen, onChoose }: Props) {
  const { t } = useTranslation("schedule");
  const { date } = useFormat();
  const days = daysFrom(from, weeks);
  const byWeek = Array.from({ length: weeks }, (_, week) => {
    const mine = new Set(days.slice(week * 7, week * 7 + 7).map((day) => dayKey(day, zone)));
    return {
      first: days[week * 7]!,
      last: days[week * 7 + 6]!,
      entries: entries.filter(({ start }) => mine.has(dayKey(start, zone))),
    };
  });
  return (
    <div className="stack">
      {byWeek
        .filter((week) => week.entries.length > 0)
        .map((week) => (
          <section key={week.first} className="section" aria-label={t("weekOf", { date: date(week.first) })}>
            <h2>
              {date(week.first)}–{date(week.last)}
            </h2>
            <ul className="plain lines">
              {week.entries.map((entry) => (
                <EntryRow
                  key={entry.session}
                  entry={entry}
                  {...(chosen
                    ? {
                        chosen: chosen.has(entry.session),
                        onChoose: (value: boolean) => onChoose(entry.session, value),
                      }
                    : {})}
                />
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}
