import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TodayView } from "#server/services/todos/list-today.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Section } from "../../ui/Section.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { useAct } from "../../ui/use-act.ts";
import { ComingWeek } from "./ComingWeek.tsx";

type Group = TodayView["groups"][number];
const COLOURS = { live: "green", trial: "orange", paused: "grey" } as const;
const NEXT: Record<Group["mode"], readonly Group["mode"][]> = {
  trial: ["live", "paused"],
  live: ["paused", "trial"],
  paused: ["live", "trial"],
};

/** What every group's messages do, and one tap to change it; going live first shows who speaks in the next seven days. */
export function GroupModes({ groups }: { groups: readonly Group[] }) {
  const { t } = useTranslation("today");
  if (groups.length === 0) return null;
  return (
    <Section title={t("groups")}>
      <ul className="plain lines">
        {groups.map((group) => (
          <li key={group.id}>
            <GroupMode group={group} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function GroupMode({ group }: { group: Group }) {
  const { t } = useTranslation("today");
  const [asking, setAsking] = useState(false);
  const change = useAct(
    (to: Group["mode"]) => answer(api.today.mode.$post({ json: { group: group.id, to } })),
    "today",
    "schedule",
    "me",
  );
  const press = (to: Group["mode"]) => {
    if (to === "live") setAsking(true);
    else change.mutate(to);
  };
  return (
    <>
      <div className="row">
        <span>{group.name}</span>
        <Tag colour={COLOURS[group.mode]}>{t(`mode.${group.mode}`)}</Tag>
      </div>
      {asking ? (
        <ComingWeek
          group={group}
          busy={change.isPending}
          onYes={() => change.mutate("live", { onSettled: () => setAsking(false) })}
          onNo={() => setAsking(false)}
        />
      ) : (
        <div className="acts">
          {NEXT[group.mode].map((to) => (
            <Button
              key={to}
              size="small"
              loading={change.isPending && change.variables === to}
              onClick={() => press(to)}
              aria-label={t("toMode", { act: t(`to.${to}`), group: group.name })}
            >
              {t(`to.${to}`)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
