import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { now } from "../../now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";

const WEEK = 7 * 86_400_000;

interface Props {
  group: { id: string; name: string };
  busy: boolean;
  onYes: () => void;
  onNo: () => void;
}

/** Before a group goes live: whose turns of the next seven days will be told of. */
export function ComingWeek({ group, busy, onYes, onNo }: Props) {
  const { t } = useTranslation("today");
  const { when } = useFormat();
  const coming = useQuery({
    queryKey: ["schedule", "week"],
    queryFn: () => answer(api.schedule.$get({ query: { weeks: "2" } })),
  });
  return (
    <div className="stack">
      <p>{t("goLive", { group: group.name })}</p>
      <Answered of={coming}>
        {({ entries }) => {
          const mine = entries.filter(
            (one) =>
              one.group === group.id &&
              one.state !== "cancelled" &&
              one.start > now() &&
              one.start < now() + WEEK,
          );
          if (mine.length === 0) return <p className="soft">{t("quietWeek")}</p>;
          return (
            <ul className="plain">
              {mine.map((one) => (
                <li key={one.session}>
                  {when(one.start)} {one.lecturerName ?? t("nobodyYet")}
                </li>
              ))}
            </ul>
          );
        }}
      </Answered>
      <div className="acts">
        <Button theme="solid" loading={busy} onClick={onYes}>
          {t("to.live")}
        </Button>
        <Button onClick={onNo}>{t("notYet")}</Button>
      </div>
    </div>
  );
}
