import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScheduleEntry } from "#server/services/schedule/entries.ts";
import { answer, api } from "../../api.ts";
import { useMe } from "../../me.ts";
import { now } from "../../now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { useFormat } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";
import { clockOf } from "./days.ts";
import { isFinal, useConflictWords } from "./use-conflict-words.ts";
import { useChange } from "./use-change.ts";
import { useTargets } from "./use-schedule.ts";

interface Props {
  entry: ScheduleEntry;
  /** The day it was dropped on; without one, the first day that is free. */
  start?: number;
  onDone: () => void;
}

const DAY = 86_400_000;
const DAYS_AHEAD = 42;
const NONE = 0;

/** 改期 without a mouse: a day and an hour, what stands against it, and who is told, before anything changes. */
export function Move({ entry, start, onDone }: Props) {
  const { t } = useTranslation("schedule");
  const { day, when } = useFormat();
  const zone = useMe().workspace.timezone;
  const words = useConflictWords();
  const [time, setTime] = useState(clockOf(start ?? entry.start, zone));
  const [chosen, setChosen] = useState<number | null>(start ?? null);
  const from = Math.floor(now() / DAY) * DAY;
  const to = Math.max(from + DAYS_AHEAD * DAY, (start ?? 0) + DAY);
  const targets = useTargets(entry.session, { from, to, time });
  const move = useChange(({ start: wanted, despite }: { start: number; despite: boolean }) =>
    answer(
      api.changes[":session"].move.$post({
        param: { session: entry.session },
        json: { start: wanted, despite, seen: { start: entry.start, lecturer: entry.lecturer } },
      }),
    ),
  );
  return (
    <Panel label={t("move")}>
      <Field label={t("time")}>
        <input
          className="control"
          type="time"
          value={time}
          onChange={(event) => setTime(event.target.value)}
          required
        />
      </Field>
      <Answered of={targets}>
        {({ targets: found }) => {
          const possible = found.filter((one) => !isFinal(one.conflicts) && one.start !== entry.start);
          const free = possible.filter(({ conflicts }) => conflicts.length === 0);
          // The hour may have changed since a day was chosen: the day counts.
          const wanted = chosen ?? free[0]?.start ?? possible[0]?.start ?? null;
          const target = possible.find((one) => wanted !== null && day(one.start) === day(wanted));
          if (possible.length === 0) return <p>{t("noDates")}</p>;
          return (
            <>
              <Field label={t("day")}>
                <select
                  className="control"
                  value={target?.start ?? NONE}
                  onChange={(event) => setChosen(Number(event.target.value))}
                >
                  {!target && <option value={NONE}>{t("chooseDay")}</option>}
                  {free.length > 0 && (
                    <optgroup label={t("freeDays")}>
                      {free.map((one) => (
                        <option key={one.start} value={one.start}>
                          {day(one.start)}
                        </option>
                      ))}
                    </optgroup>
                  )}
                  <optgroup label={t("otherDays")}>
                    {possible
                      .filter(({ conflicts }) => conflicts.length > 0)
                      .map((one) => (
                        <option key={one.start} value={one.start}>
                          {`${day(one.start)} · ${one.conflicts.map(words).join(t("sep"))}`}
                        </option>
                      ))}
                  </optgroup>
                </select>
              </Field>
              {target && (
                <>
                  <p>
                    {t("fromTo", {
                      from: when(entry.start, entry.minutes),
                      to: when(target.start, entry.minutes),
                    })}
                  </p>
                  {target.conflicts.length > 0 && (
                    <ul className="warn">
                      {target.conflicts.map((one) => (
                        <li key={one.kind}>{words(one)}</li>
                      ))}
                    </ul>
                  )}
                  <p className="soft small">{t("moveTells", { who: entry.lecturerName ?? t("nobody") })}</p>
                </>
              )}
              <div className="acts">
                <Button
                  theme="solid"
                  disabled={!target}
                  loading={move.isPending}
                  onClick={() =>
                    target &&
                    move.mutate(
                      { start: target.start, despite: target.conflicts.length > 0 },
                      { onSuccess: ({ ok }) => ok && onDone() },
                    )
                  }
                >
                  {t(target && target.conflicts.length > 0 ? "moveAnyway" : "moveThere")}
                </Button>
                <Button onClick={onDone}>{t("leave")}</Button>
              </div>
            </>
          );
        }}
      </Answered>
    </Panel>
  );
}
