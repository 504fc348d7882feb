import { useTranslation } from "react-i18next";
import type { ScoreShown } from "#server/services/echo/score-shown.ts";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";

const VALUES = [5, 4, 3, 2, 1] as const;

/** 「4.6 · 12 人反馈」, and behind it what it is made of. */
export function Score({ score, minimum }: { score: ScoreShown; minimum: number }) {
  const { t } = useTranslation("echo");
  const { percent, number } = useFormat();
  const { answers, distribution, useful } = score;
  return (
    <>
      <p>
        {t("rating")}{" "}
        <strong>{t("score", { score: score.score.toFixed(1), count: answers, n: answers })}</strong>
      </p>
      <More label={t("how")}>
        <p>{t("mean", { minimum })}</p>
        <ul className="plain tally" aria-label={t("distribution")}>
          {VALUES.map((value) => {
            const count = distribution[value - 1] ?? 0;
            return (
              <li key={value}>
                <span>{t(`value.${value}`)}</span>
                <span
                  className="tally-bar"
                  style={{ width: `${(100 * count) / answers}%` }}
                  aria-hidden="true"
                />
                <span>{number(count)}</span>
              </li>
            );
          })}
        </ul>
        <p>
          {t("range", {
            share: percent(useful.share),
            low: percent(useful.low),
            high: percent(useful.high),
          })}
        </p>
      </More>
    </>
  );
}
