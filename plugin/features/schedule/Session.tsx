import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SessionAct, SessionForAdmin } from "#server/services/sessions/admin-view.ts";
import { answer, api } from "../../api.ts";
import type { TFunction } from "i18next";
import { openUrl } from "../../bitable.ts";
import { go } from "../../navigation.ts";
import { now } from "../../now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { Facts } from "../../ui/Facts.tsx";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";
import { Panel } from "../../ui/Panel.tsx";
import { Assign } from "./Assign.tsx";
import { Attendance } from "./Attendance.tsx";
import { Move } from "./Move.tsx";
import { StateTag } from "./StateTag.tsx";
import { useChange } from "./use-change.ts";

type Panel = "move" | "assign" | "attendance" | "merge" | "cancel" | null;
const WITH_PANEL: readonly SessionAct[] = ["move", "assign", "attendance", "merge", "cancel"];

/** One 分享 as its admin sees it: how it stands, and what can be done. Opened from the list and from the grid. */
export function Session({ id }: { id: string }) {
  const { t } = useTranslation("schedule");
  const session = useQuery({
    queryKey: ["session", id],
    queryFn: () => answer(api.sessions[":id"].$get({ param: { id } })),
  });
  return (
    <Screen
      title={t("oneSession")}
      actions={
        <Button theme="borderless" onClick={() => go("schedule")}>
          {t("back")}
        </Button>
      }
    >
      <Answered of={session}>{(view) => <Found view={view} />}</Answered>
    </Screen>
  );
}

function Found({ view }: { view: SessionForAdmin }) {
  const { t } = useTranslation("schedule");
  const { when, date, deadline } = useFormat();
  const { entry } = view;
  const asked = view.asked.map(({ name, replyBy }) => t("askedUntil", { name, until: deadline(replyBy) }));
  return (
    <>
      <Section title={when(entry.start, entry.minutes)} extra={<StateTag entry={entry} />}>
        <Facts
          rows={
            [
              [t("lecturer"), [entry.lecturerName ?? t("nobody"), ...view.co].join(t("and"))],
              [t("topic"), entry.subject],
              [t("group"), entry.groupName],
              [t("place"), view.place],
              [t("turn"), turnWords(view, t, date)],
              [t("asked"), asked.join(t("sep"))],
              [t("why"), view.why],
              [t("changeReason"), view.changeReason],
              [
                t("numbers"),
                entry.start < now() || view.attendance > 0
                  ? t("numbersOf", { attendance: view.attendance, opened: view.opened })
                  : null,
              ],
            ].filter(([, value]) => value !== null) as [string, string][]
          }
        />
        {entry.provisional && <p className="soft small">{t("provisionalLong")}</p>}
        <Acts view={view} />
        {view.eventLink && (
          <Button theme="borderless" onClick={() => openUrl(view.eventLink!)}>
            {t("calendarEvent")}
          </Button>
        )}
      </Section>
    </>
  );
}

function turnWords({ turn, entry, nudges }: SessionForAdmin, t: TFunction, date: (ms: number) => string) {
  if (!entry.lecturer) return null;
  const words = [
    turn?.answer ? t(`answer.${turn.answer}`) : entry.state === "planned" ? t("answer.none") : null,
    turn?.invitedAt ? t("invited", { date: date(turn.invitedAt) }) : null,
    nudges > 0 ? t("nudged", { n: nudges }) : null,
  ].filter(Boolean);
  return words.length > 0 ? words.join(t("sep")) : t("answer.later");
}

function labelOf(what: SessionAct, entry: SessionForAdmin["entry"]): string {
  if (what === "pin" && entry.pinned) return "act.unpin";
  return what === "assign" && entry.lecturer === null ? "act.assignFirst" : `act.${what}`;
}

function Acts({ view }: { view: SessionForAdmin }) {
  const { t } = useTranslation("schedule");
  const [panel, setPanel] = useState<Panel>(null);
  const { entry, acts } = view;
  const id = entry.session;
  const act = useAct(
    (what: "confirm" | "nudge" | "substitute" | "held" | "not-held" | "merge" | "replay") =>
      answer(api.sessions[":id"].act.$post({ param: { id }, json: { act: what } })),
    "session",
    "schedule",
    "today",
  );
  const seen = { start: entry.start, lecturer: entry.lecturer };
  const pin = useChange((pinned: boolean) =>
    answer(api.changes[":session"].pin.$post({ param: { session: id }, json: { pinned } })),
  );
  const cancel = useChange(() =>
    answer(api.changes[":session"].cancel.$post({ param: { session: id }, json: { seen } })),
  );
  const press = (what: SessionAct) => {
    if (WITH_PANEL.includes(what)) setPanel(panel === what ? null : (what as Panel));
    else if (what === "pin") pin.mutate(!entry.pinned);
    else act.mutate(what as "confirm");
  };
  const busy = act.isPending || pin.isPending || cancel.isPending;
  if (acts.length === 0) return null;
  const [main, ...others] = acts;
  const button = (what: SessionAct, solid = false) => (
    <Button
      key={what}
      theme={solid ? "solid" : "light"}
      disabled={busy}
      loading={act.isPending && act.variables === what}
      {...(WITH_PANEL.includes(what) ? { "aria-expanded": panel === what } : {})}
      onClick={() => press(what)}
    >
      {t(labelOf(what, entry))}
    </Button>
  );
  return (
    <>
      <div className="acts">{[button(main!, true), ...others.map((what) => button(what))]}</div>
      {panel === "move" && <Move entry={entry} onDone={() => setPanel(null)} />}
      {panel === "assign" && <Assign session={id} onDone={() => setPanel(null)} />}
      {panel === "attendance" && <Attendance session={id} onDone={() => setPanel(null)} />}
      {(panel === "merge" || panel === "cancel") && (
        <Panel label={t(`act.${panel}`)}>
          <p>{t(`sure.${panel}`)}</p>
          <div className="acts">
            <Button
              theme="solid"
              type={panel === "cancel" ? "danger" : "primary"}
              loading={busy}
              onClick={() => {
                const close = { onSuccess: () => setPanel(null) };
                if (panel === "cancel") cancel.mutate(undefined, close);
                else act.mutate("merge", close);
              }}
            >
              {t(`act.${panel}`)}
            </Button>
            {panel === "cancel" && (
              <Button
                disabled={busy}
                onClick={() => act.mutate("replay", { onSuccess: () => setPanel(null) })}
              >
                {t("act.replay")}
              </Button>
            )}
            <Button onClick={() => setPanel(null)}>{t("leave")}</Button>
          </div>
        </Panel>
      )}
      {acts.includes("substitute") && (
        <More label={t("whatHappens")}>
          <p className="soft small">{t("whatHappensLong")}</p>
        </More>
      )}
    </>
  );
}
