import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScheduleEntry } from "#server/services/schedule/entries.ts";
import type { PlanPreview } from "#server/services/schedule/preview.ts";
import { answer, api } from "../../api.ts";
import { go, useLocation } from "../../navigation.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { useFormat } from "../../ui/format.ts";
import { Screen } from "../../ui/Screen.tsx";
import { Bulk } from "./Bulk.tsx";
import { Calendar } from "./Calendar.tsx";
import { ListView } from "./ListView.tsx";
import { Move } from "./Move.tsx";
import { Preview } from "./Preview.tsx";
import "./schedule.css";
import { Session } from "./Session.tsx";
import { Undo } from "./Undo.tsx";
import { useSchedule, WEEKS, type View } from "./use-schedule.ts";

/** 排期: the list or the calendar; a plan before it is published; one session when it is selected. */
export default function Schedule() {
  const { params } = useLocation();
  if (params["record"]) return <Session key={params["record"]} id={params["record"]} />;
  return <Overview />;
}

const DAY = 86_400_000;
const ALL = "all";
const VIEWS: readonly View[] = ["list", "week", "month"];
const isView = (value: string | undefined): value is View => VIEWS.some((view) => view === value);

function Overview() {
  const { t } = useTranslation("schedule");
  const { date } = useFormat();
  const { params } = useLocation();
  const view: View = isView(params["view"]) ? params["view"] : "list";
  const from = params["from"] ? Number(params["from"]) : null;
  const [group, setGroup] = useState(ALL);
  const [plan, setPlan] = useState<{ plan: PlanPreview; stale: boolean } | null>(null);
  const [dropped, setDropped] = useState<{ entry: ScheduleEntry; start: number } | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const schedule = useSchedule(view, from);
  const preview = useMutation({
    mutationFn: () => answer(api.schedule.preview.$post({ json: {} })),
    onSuccess: (made) => setPlan({ plan: made, stale: false }),
  });
  const show = (to: View, at: number | null) =>
    go("schedule", { view: to, ...(at === null ? {} : { from: String(at) }) });
  if (plan)
    return (
      <Screen title={t("planned")}>
        <Preview
          plan={plan.plan}
          stale={plan.stale}
          onStale={(made) => setPlan({ plan: made, stale: true })}
          onDone={() => setPlan(null)}
        />
      </Screen>
    );
  const choose = (session: string, yes: boolean) => {
    const next = new Set(chosen);
    if (yes) next.add(session);
    else next.delete(session);
    setChosen(next);
  };
  return (
    <Screen
      title={t("title")}
      actions={
        <Button theme="solid" loading={preview.isPending} onClick={() => preview.mutate()}>
          {t("plan")}
        </Button>
      }
    >
      {preview.isError && <Failed error={preview.error} onRetry={() => preview.mutate()} />}
      <Answered of={schedule}>
        {(data) => {
          const entries = data.entries.filter((entry) => group === ALL || entry.group === group);
          const step = (weeks: number) => show(view, data.from + weeks * 7 * DAY + DAY / 2);
          return (
            <>
              {data.undo && <Undo key={data.undo.proposal} undo={data.undo} />}
              {data.unannounced.map((year) => (
                <p key={year} className="soft small">
                  {t("unannounced", { year })}
                </p>
              ))}
              <div className="tools">
                <fieldset className="segments">
                  <legend className="unseen">{t("viewAs")}</legend>
                  {VIEWS.map((one) => (
                    <label key={one}>
                      <input
                        type="radio"
                        name="view"
                        checked={view === one}
                        onChange={() => show(one, from)}
                      />
                      <span>{t(`view.${one}`)}</span>
                    </label>
                  ))}
                </fieldset>
                {data.groups.length > 1 && (
                  <select
                    className="control"
                    aria-label={t("group")}
                    value={group}
                    onChange={(event) => setGroup(event.target.value)}
                  >
                    <option value={ALL}>{t("allGroups")}</option>
                    {data.groups.map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name}
                      </option>
                    ))}
                  </select>
                )}
              </div>
              <div className="tools">
                <Button size="small" onClick={() => step(-WEEKS[view])} aria-label={t("earlier")}>
                  ‹
                </Button>
                <span>
                  {date(data.from)}–{date(data.to - DAY)}
                </span>
                <Button size="small" onClick={() => step(WEEKS[view])} aria-label={t("later")}>
                  ›
                </Button>
                {from !== null && (
                  <Button size="small" theme="borderless" onClick={() => show(view, null)}>
                    {t("thisWeek")}
                  </Button>
                )}
              </div>
              {entries.length === 0 && view === "list" && <Empty>{t("empty")}</Empty>}
              {view === "list" ? (
                <ListView
                  from={data.from}
                  weeks={WEEKS.list}
                  zone={data.zone}
                  entries={entries}
                  chosen={chosen}
                  onChoose={choose}
                />
              ) : (
                <Calendar
                  from={data.from}
                  weeks={WEEKS[view]}
                  zone={data.zone}
                  entries={entries}
                  onDrop={(entry, start) => setDropped({ entry, start })}
                />
              )}
              {dropped && (
                <Move
                  key={`${dropped.entry.session}:${dropped.start}`}
                  {...dropped}
                  onDone={() => setDropped(null)}
                />
              )}
              <Bulk
                schedule={data}
                onPlan={(made) => setPlan({ plan: made, stale: false })}
                chosen={chosen}
                onChosen={(next) => {
                  setChosen(next);
                  if (next && view !== "list") show("list", from);
                }}
              />
            </>
          );
        }}
      </Answered>
    </Screen>
  );
}
