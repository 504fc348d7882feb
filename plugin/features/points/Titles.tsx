import { useTranslation } from "react-i18next";
import type { Title } from "#server/services/incentive/statement.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";

/** Titles with what they rest on; whether others may know is the lecturer's own word. */
export function Titles({ titles }: { titles: Title[] }) {
  const { t } = useTranslation("points");
  const { period, date } = useFormat();
  const share = useAct(
    (json: { award: string; share: boolean }) => answer(api.points.title.$post({ json })),
    "points",
  );
  return (
    <Section title={t("titles")}>
      <ul className="plain lines">
        {titles.map(({ key, title, period: of, evidence, state, until, shared }) => (
          <li key={key}>
            <strong>
              {title} · {period(of)}
            </strong>
            <small className="soft">{evidence}</small>
            {until !== null && (
              <small className="soft">
                {t(state === "expired" ? "expired" : "validUntil", { date: date(until) })}
              </small>
            )}
            {shared === null && state !== "expired" ? (
              <div className="acts">
                <Button disabled={share.isPending} onClick={() => share.mutate({ award: key, share: true })}>
                  {t("share")}
                </Button>
                <Button disabled={share.isPending} onClick={() => share.mutate({ award: key, share: false })}>
                  {t("keepPrivate")}
                </Button>
              </div>
            ) : (
              <small className="soft">{t(shared ? "isShared" : "isPrivate")}</small>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
