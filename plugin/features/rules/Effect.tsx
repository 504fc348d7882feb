import { useTranslation } from "react-i18next";
import type { RulePreview } from "#server/services/incentive/preview-rule.ts";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";

/** No surprise in money: what the change would have done to past quarters, before it holds. */
export function Effect({ effect }: { effect: NonNullable<RulePreview["effect"]> }) {
  const { t } = useTranslation("rules");
  const format = useFormat();
  const { from, quarters, before, after, awards, gain, lose, lecturers } = effect;
  return (
    <>
      <p>
        {from === null ? t("fromStart") : t("from", { day: format.date(Date.parse(`${from}T12:00:00Z`)) })}
      </p>
      <p>
        {t("effect", {
          quarters,
          before: format.number(before, 2),
          after: format.number(after, 2),
          gain: gain.length,
          lose: lose.length,
        })}
      </p>
      {awards !== 0 && <p>{t(awards > 0 ? "moreAwards" : "fewerAwards", { count: Math.abs(awards) })}</p>}
      {lecturers.length > 0 && (
        <More label={t("who")}>
          <ul className="plain scroll">
            {lecturers.map((one) => (
              <li key={one.name} className="row">
                <span>{one.name}</span>
                <span>
                  {format.number(one.before, 2)} → {format.number(one.after, 2)}
                </span>
              </li>
            ))}
          </ul>
        </More>
      )}
    </>
  );
}
