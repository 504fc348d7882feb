import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScheduleView } from "#server/services/schedule/overview.ts";
import type { PlanPreview } from "#server/services/schedule/preview.ts";
import { answer, api } from "../../api.ts";
import { now } from "../../now.ts";
import { Button } from "../../ui/Button.ts";
import { Failed } from "../../ui/Failed.tsx";
import { notice } from "../../ui/notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { refresh } from "../../ui/use-act.ts";
import { Panel } from "../../ui/Panel.tsx";
import { DaysOff } from "./DaysOff.tsx";
import { PauseGroups } from "./PauseGroups.tsx";
import { Replace } from "./Replace.tsx";
import { WhatIf } from "./WhatIf.tsx";

interface Props {
  schedule: ScheduleView;
  chosen: ReadonlySet<string> | null;
  onChosen: (chosen: ReadonlySet<string> | null) => void;
  /** A plan to be looked at. */
  onPlan: (plan: PlanPreview) => void;
}
type Panel = "days" | "replace" | "what-if" | "pause" | null;
type Act = "held" | "not-held" | "cancel";

/** 批量操作: ticked sessions, days without sessions, somebody's turns for others, silence of groups. */
export function Bulk({ schedule, chosen, onChosen, onPlan }: Props) {
  const { t } = useTranslation("schedule");
  const [panel, setPanel] = useState<Panel>(null);
  const toggle = (which: Panel) => () => setPanel(panel === which ? null : which);
  return (
    <Section title={t("bulk")}>
      {chosen ? (
        <Ticked schedule={schedule} chosen={chosen} onChosen={onChosen} />
      ) : (
        <div className="acts">
          <Button onClick={() => onChosen(new Set())}>{t("tick")}</Button>
          <Button aria-expanded={panel === "days"} onClick={toggle("days")}>
            {t("daysOff")}
          </Button>
          <Button aria-expanded={panel === "replace"} onClick={toggle("replace")}>
            {t("replace")}
          </Button>
          <Button aria-expanded={panel === "what-if"} onClick={toggle("what-if")}>
            {t("whatIf")}
          </Button>
          <Button aria-expanded={panel === "pause"} onClick={toggle("pause")}>
            {t("pauseGroups")}
          </Button>
        </div>
      )}
      {!chosen && panel === "days" && <DaysOff groups={schedule.groups} onDone={() => setPanel(null)} />}
      {!chosen && panel === "replace" && (
        <Replace lecturers={schedule.lecturers} onPlan={onPlan} onDone={() => setPanel(null)} />
      )}
      {!chosen && panel === "what-if" && (
        <WhatIf lecturers={schedule.lecturers} onPlan={onPlan} onDone={() => setPanel(null)} />
      )}
      {!chosen && panel === "pause" && <PauseGroups groups={schedule.groups} />}
    </Section>
  );
}

function Ticked({ schedule, chosen, onChosen }: Omit<Props, "onPlan"> & { chosen: ReadonlySet<string> }) {
  const { t } = useTranslation("schedule");
  const [sure, setSure] = useState<Act | null>(null);
  const act = useMutation({
    mutationFn: (what: Act) =>
      answer(api.schedule.bulk.$post({ json: { sessions: [...chosen], act: what } })),
    onSuccess: ({ done, refused }) => {
      notice(
        refused > 0 ? t("bulkPart", { done, refused }) : t("bulkDone", { done }),
        refused > 0 ? "failed" : "done",
      );
      refresh("schedule", "session", "today");
      onChosen(null);
    },
  });
  const mine = schedule.entries.filter(({ session }) => chosen.has(session));
  const over = mine.length > 0 && mine.every(({ start }) => start <= now());
  const ahead = mine.length > 0 && mine.every(({ start, state }) => start > now() && state !== "cancelled");
  const acts: Act[] = over ? ["held", "not-held"] : ahead ? ["cancel"] : [];
  return (
    <>
      <output>{t("ticked", { n: chosen.size })}</output>
      {chosen.size > 0 && acts.length === 0 && <p className="soft small">{t("tickedMixed")}</p>}
      {act.isError && <Failed error={act.error} />}
      {sure ? (
        <Panel label={t(`bulkAct.${sure}`)}>
          <p>{t(`bulkSure.${sure}`, { n: chosen.size })}</p>
          <div className="acts">
            <Button
              theme="solid"
              type={sure === "cancel" ? "danger" : "primary"}
              loading={act.isPending}
              onClick={() => act.mutate(sure)}
            >
              {t(`bulkAct.${sure}`)}
            </Button>
            <Button onClick={() => setSure(null)}>{t("leave")}</Button>
          </div>
        </Panel>
      ) : (
        <div className="acts">
          {acts.map((what) => (
            <Button key={what} onClick={() => setSure(what)}>
              {t(`bulkAct.${what}`)}
            </Button>
          ))}
          <Button theme="borderless" onClick={() => onChosen(null)}>
            {t("tickEnd")}
          </Button>
        </div>
      )}
    </>
  );
}
