import { Button, SideSheet, Toast } from "@douyinfe/semi-ui";
import { useState } from "react";
import { mine, post } from "../api.ts";
import { dayName, time } from "../dates.ts";
import { useWorld } from "../world.tsx";
import type { CalendarEvent } from "./event.ts";

const ANSWERS = ["accept", "tentative", "decline"] as const;

/** What an event says, and the person's answer to it. */
export function EventPanel({ event, close }: { event: CalendarEvent; close: () => void }) {
  const { words, language } = useWorld();
  const chats = event.chats.filter((name) => name !== null);
  return (
    <SideSheet
      visible
      title={event.summary || words.unnamed}
      width={380}
      onCancel={close}
      className="event-panel"
    >
      <p>
        <b>
          {dayName(event.from, language)}{" "}
          {event.whole_day ? words.wholeDay : `${time(event.from, language)} – ${time(event.to, language)}`}
        </b>
      </p>
      {event.place !== "" && <p>{event.place}</p>}
      {event.via !== null && event.meeting_url !== "" && <p className="dim">{event.meeting_url}</p>}
      <p className="dim">
        {words.from} {event.organizer}
      </p>
      {event.invited > 0 && (
        <p className="dim">
          {words.invited(event.invited, event.accepted)}
          {chats.length > 0 && ` · ${chats.join("、")}`}
        </p>
      )}
      {event.description !== "" && <p className="event-text">{linked(event.description)}</p>}
      {event.via !== null && <Answers event={event} />}
    </SideSheet>
  );
}

function Answers({ event }: { event: CalendarEvent }) {
  const { person, words } = useWorld();
  const [busy, setBusy] = useState(false);
  const answer = (status: (typeof ANSWERS)[number]) => {
    setBusy(true);
    post<{ ok: boolean; error?: string }>(mine(person.open_id, "rsvp"), { event_id: event.event_id, status })
      .then((reply) => {
        if (!reply.ok) Toast.error(reply.error ?? words.failed);
      })
      .catch((error: Error) => Toast.error(error.message))
      .finally(() => setBusy(false));
  };
  return (
    <div className="answers">
      <span className="dim">{words.answered[event.rsvp]}</span>
      {ANSWERS.map((status) => (
        <Button
          key={status}
          disabled={busy}
          theme={event.rsvp === status ? "solid" : "light"}
          type={status === "decline" ? "danger" : "primary"}
          onClick={() => answer(status)}
        >
          {words[status]}
        </Button>
      ))}
    </div>
  );
}

/** Addresses within a text become links. */
function linked(text: string): React.ReactNode[] {
  return text.split(/(https?:\/\/[^\s<>"）]+)/).map((part, at) =>
    /^https?:/.test(part) ? (
      <a key={at} href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
