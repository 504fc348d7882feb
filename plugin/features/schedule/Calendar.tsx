import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScheduleEntry } from "#server/services/schedule/entries.ts";
import { go } from "../../navigation.ts";
import { now } from "../../now.ts";
import { useFormat } from "../../ui/format.ts";
import { dayKey, daysFrom } from "./days.ts";
import { shownState } from "./StateTag.tsx";
import { isFinal, useConflictWords } from "./use-conflict-words.ts";
import { useTargets } from "./use-schedule.ts";

interface Props {
  from: number;
  weeks: number;
  zone: string;
  entries: readonly ScheduleEntry[];
  /** Dropped on a day: the move is asked about before it is made. */
  onDrop: (entry: ScheduleEntry, start: number) => void;
}

const DAY = 86_400_000;
const mayMove = ({ state, start }: ScheduleEntry) =>
  ["planned", "confirmed", "submitted"].includes(state) && start > now();

/** Weeks as rows, days as columns; a session is dragged to another day while every day says what stands against it. */
export function Calendar({ from, weeks, zone, entries, onDrop }: Props) {
  const { t, i18n } = useTranslation("schedule");
  const words = useConflictWords();
  const { day, time } = useFormat();
  const [dragged, setDragged] = useState<ScheduleEntry | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const { data } = useTargets(dragged?.session ?? null, { from, to: from + weeks * 7 * DAY });
  const days = daysFrom(from, weeks);
  const today = dayKey(now(), zone);
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: "narrow", timeZone: zone });
  const targetOf = (key: string) =>
    dragged ? data?.targets.find(({ start }) => dayKey(start, zone) === key) : undefined;
  const target = over ? targetOf(over) : undefined;
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  const list = useDays({
    over: (key) => {
      if (!dragged) return false;
      setOver(key);
      const there = targetOf(key);
      return !(there && isFinal(there.conflicts));
    },
    drop: (key) => {
      const there = targetOf(key);
      if (dragged && there && !isFinal(there.conflicts) && there.start !== dragged.start)
        onDrop(dragged, there.start);
      end();
    },
  });
  return (
    <div className="calendar">
      <div className="calendar-head" aria-hidden="true">
        {days.slice(0, 7).map((one) => (
          <span key={one}>{weekday.format(one)}</span>
        ))}
      </div>
      <ol className="calendar-days" ref={list}>
        {days.map((one) => {
          const key = dayKey(one, zone);
          const mine = entries.filter(({ start }) => dayKey(start, zone) === key);
          const there = targetOf(key);
          const free = there && there.conflicts.length === 0;
          const shut = there && isFinal(there.conflicts);
          const look = !there ? "" : free ? "day-free" : shut ? "day-shut" : "day-hard";
          return (
            <li
              key={key}
              className={`day ${look} ${over === key ? "day-over" : ""}`}
              aria-label={t("dayOf", { day: day(one), n: mine.length })}
              aria-current={key === today ? "date" : undefined}
              data-day={key}
            >
              <span className="day-number" aria-hidden="true">
                {Number(key.slice(8))}
              </span>
              {mine.map((entry) => (
                <button
                  key={entry.session}
                  type="button"
                  className={`chip chip-${shownState(entry)}`}
                  draggable={mayMove(entry)}
                  onDragStart={(event) => {
                    event.dataTransfer.setData("text/plain", entry.session);
                    event.dataTransfer.effectAllowed = "move";
                    // A tick later: changing the dragged element at once ends the drag in Chromium.
                    setTimeout(() => setDragged(entry));
                  }}
                  onDragEnd={end}
                  onClick={() => go("schedule", { table: "sessions", record: entry.session })}
                  aria-label={t("chip", {
                    time: time(entry.start),
                    who: entry.lecturerName ?? t("nobody"),
                    group: entry.groupName,
                    state: t(`state.${shownState(entry)}`),
                  })}
                >
                  <span className="chip-name">{entry.lecturerName ?? t("nobody")}</span>
                </button>
              ))}
            </li>
          );
        })}
      </ol>
      <output className="calendar-says" aria-live="polite">
        {dragged === null && <span className="soft small">{t("dragHint")}</span>}
        {dragged !== null && !data && t("checking")}
        {target && (
          <>
            <strong>{day(target.start)}</strong>{" "}
            {target.conflicts.length === 0 ? t("noConflict") : target.conflicts.map(words).join(t("sep"))}
          </>
        )}
      </output>
    </div>
  );
}

interface DayEvents {
  /** Whether a drop is possible there. */
  over: (key: string) => boolean;
  drop: (key: string) => void;
}

/** Drags over the days of a list: the days themselves are no controls, the sessions in them are. */
function useDays(events: DayEvents) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const element = list.current;
    const keyOf = (event: Event) =>
      event.target instanceof Element
        ? event.target.closest<HTMLElement>("[data-day]")?.dataset["day"]
        : undefined;
    const over = (event: Event) => {
      const key = keyOf(event);
      if (key && events.over(key)) event.preventDefault();
    };
    const drop = (event: Event) => {
      event.preventDefault();
      const key = keyOf(event);
      if (key) events.drop(key);
    };
    element?.addEventListener("dragover", over);
    element?.addEventListener("drop", drop);
    return () => {
      element?.removeEventListener("dragover", over);
      element?.removeEventListener("drop", drop);
    };
  }, [events]);
  return list;
}
