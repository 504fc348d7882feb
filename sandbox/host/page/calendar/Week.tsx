import { IconChevronLeft, IconChevronRight } from "@douyinfe/semi-icons";
import { Button } from "@douyinfe/semi-ui";
import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { get, mine } from "../api.ts";
import { waiting } from "../Blank.tsx";
import { DAY, HOUR, startOfDay, startOfWeek, time, written } from "../dates.ts";
import { useLive } from "../live.ts";
import { useNarrow } from "../narrow.ts";
import { useWorld } from "../world.tsx";
import { type CalendarEvent, inLanes, type Lane } from "./event.ts";
import { EventPanel } from "./EventPanel.tsx";

interface Answer {
  calendars: { calendar_id: string; name: string }[];
  events: CalendarEvent[];
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const FIRST_SHOWN = 7.75;
/** As in the style sheet. */
const HOUR_PX = 48;

/** The person's week; on a narrow page three days of it. */
export function Week() {
  const { person, words, language } = useWorld();
  const { now } = useLive();
  const count = useNarrow(720) ? 3 : 7;
  const [shift, setShift] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const begin = count === 7 ? startOfWeek(now) : startOfDay(now);
  const from = begin + shift * count * DAY;
  const days = Array.from({ length: count }, (_, at) => from + at * DAY);
  const query = useQuery({
    queryKey: ["calendar", person.open_id, from, count],
    queryFn: () => get<Answer>(mine(person.open_id, `week?from=${from}&to=${from + count * DAY}`)),
    enabled: now > 0,
  });
  const events = query.data?.events ?? [];
  const chosen = events.find((event) => event.key === open);
  const body = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (body.current) body.current.scrollTop = FIRST_SHOWN * HOUR_PX;
  }, [query.isPending]);
  return (
    <div className="week">
      <header className="pane-head">
        <Button size="small" onClick={() => setShift(0)}>
          {words.today}
        </Button>
        <Button
          size="small"
          theme="borderless"
          aria-label={words.previous}
          icon={<IconChevronLeft />}
          onClick={() => setShift(shift - 1)}
        />
        <Button
          size="small"
          theme="borderless"
          aria-label={words.nextWeek}
          icon={<IconChevronRight />}
          onClick={() => setShift(shift + 1)}
        />
        <h2>{written(from, language, { year: "numeric", month: "long" })}</h2>
        <span className="legend">
          <span>
            <i className="dot own" /> {words.ownCalendar}
          </span>
          {query.data?.calendars.map((one) => (
            <span key={one.calendar_id}>
              <i className="dot shared" /> {one.name}
            </span>
          ))}
        </span>
      </header>
      {waiting(query) ?? (
        <section className="week-body" ref={body} aria-label={words.calendar}>
          <div className="week-days" style={{ "--days": count } as React.CSSProperties}>
            <span />
            {days.map((day) => (
              <div key={day} className={startOfDay(now) === day ? "week-day today" : "week-day"}>
                <span>{written(day, language, { weekday: "short" })}</span>
                <b>{written(day, language, { day: "numeric" }).replace(/\D/g, "")}</b>
                {events
                  .filter((event) => event.whole_day && event.from < day + DAY && event.to > day)
                  .map((event) => (
                    <button
                      key={event.key}
                      type="button"
                      className={faceOf(event)}
                      onClick={() => setOpen(event.key)}
                    >
                      {event.summary}
                    </button>
                  ))}
              </div>
            ))}
          </div>
          <div className="week-grid" style={{ "--days": count } as React.CSSProperties}>
            <div className="week-hours">
              {HOURS.map((hour) => (
                <span key={hour}>{hour === 0 ? "" : `${String(hour).padStart(2, "0")}:00`}</span>
              ))}
            </div>
            {days.map((day) => (
              <div key={day} className="week-column">
                {inLanes(events.filter((event) => !event.whole_day && startOfDay(event.from) === day)).map(
                  (lane) => (
                    <Block key={lane.event.key} of={lane} day={day} open={() => setOpen(lane.event.key)} />
                  ),
                )}
                {startOfDay(now) === day && (
                  <div className="week-now" style={{ top: `${((now - day) / DAY) * 100}%` }} />
                )}
              </div>
            ))}
          </div>
        </section>
      )}
      {chosen && <EventPanel event={chosen} close={() => setOpen(null)} />}
    </div>
  );
}

const faceOf = (event: CalendarEvent): string =>
  `event ${event.list} answer-${event.via === null ? "none" : event.rsvp}`;

function Block({ of: { event, lane, lanes }, day, open }: { of: Lane; day: number; open: () => void }) {
  const { language, words } = useWorld();
  const top = ((event.from - day) / DAY) * 100;
  const height = (Math.max(event.to - event.from, HOUR / 3) / DAY) * 100;
  return (
    <button
      type="button"
      className={faceOf(event)}
      style={{
        top: `${top}%`,
        height: `${height}%`,
        left: `${(lane / lanes) * 100}%`,
        width: `${100 / lanes}%`,
      }}
      onClick={open}
      title={event.summary}
    >
      <b>{event.summary || words.unnamed}</b>
      <span>
        {time(event.from, language)} {event.place}
      </span>
    </button>
  );
}
