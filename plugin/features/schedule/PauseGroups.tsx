import { useTranslation } from "react-i18next";
import type { ScheduleView } from "#server/services/schedule/overview.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { useAct } from "../../ui/use-act.ts";
import { Panel } from "../../ui/Panel.tsx";

/** 暂停这个群: one tap each; nothing due meanwhile is sent later. */
export function PauseGroups({ groups }: { groups: ScheduleView["groups"] }) {
  const { t } = useTranslation("schedule");
  const pause = useAct(
    (group: string) => answer(api.today.mode.$post({ json: { group, to: "paused" } })),
    "schedule",
    "today",
    "me",
  );
  return (
    <Panel label={t("pauseGroups")}>
      <p className="soft small">{t("pauseSays")}</p>
      <ul className="plain lines">
        {groups.map(({ id, name, mode }) => (
          <li key={id}>
            <div className="row">
              <span>{name}</span>
              {mode === "paused" ? (
                <span className="soft">{t("pausedNow")}</span>
              ) : (
                <Button
                  size="small"
                  loading={pause.isPending && pause.variables === id}
                  onClick={() => pause.mutate(id)}
                  aria-label={t("pauseOne", { group: name })}
                >
                  {t("pause")}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
