import { useTranslation } from "react-i18next";
import type { Baseline, Figures } from "#domain/outcome/figures.ts";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { Section } from "../../ui/Section.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { Bars } from "./Bars.tsx";
import { Counts } from "./Counts.tsx";
import type { FigureKind } from "./figures.ts";

interface Props {
  figure: FigureKind;
  own: readonly Figures[];
  month: string;
  months: readonly string[];
  compared: boolean;
  baseline: Baseline | null;
}

/** A figure of one month with its counts, the months as bars, what was declared before apart from them. */
export function Figure({ figure, own, month, months, compared, baseline }: Props) {
  const { t, i18n } = useTranslation("report");
  const format = useFormat();
  const declaredOn = (day: string) => (Number.isNaN(Date.parse(day)) ? day : format.date(Date.parse(day)));
  const words = (value: number) => (figure.share ? format.percent(value) : format.number(value, 1));
  const now = own.find((one) => one.month === month);
  const value = now ? figure.of(now) : null;
  const previous = own.find((one) => one.month === months[months.indexOf(month) - 1]);
  const old = previous && compared ? figure.of(previous) : null;
  const before = baseline && figure.before(baseline);
  const points = months.map((one) => {
    const found = own.find((entry) => entry.month === one);
    return {
      month: shortMonth(one, i18n.language, one === months[0]),
      value: found ? figure.of(found) : null,
    };
  });
  const some = points.some((point) => point.value !== null);
  return (
    <Section title={t(`figure.${figure.id}`)}>
      {value === null ? (
        <p className="soft">{t(`none.${figure.id}`)}</p>
      ) : (
        <p className="figure">
          <strong>
            {words(value)}
            {figure.id === "hours" && <span className="soft small"> {t("perWeek")}</span>}
          </strong>
          {old !== null && <span className="soft"> {t("lastMonth", { value: words(old) })}</span>}
        </p>
      )}
      {now && <Counts id={figure.id} month={now} />}
      {some && (
        <Bars
          points={points}
          share={figure.share}
          most={figure.most}
          label={t("chart", {
            figure: t(`figure.${figure.id}`),
            values: points
              .map((point) => `${point.month} ${point.value === null ? "–" : words(point.value)}`)
              .join(", "),
          })}
        />
      )}
      {before !== null && before !== undefined && (
        <p className="baseline">
          <Tag colour="grey">{t("declared")}</Tag> {words(before)}
          <span className="soft small">
            {" "}
            {[baseline && declaredOn(baseline.declared), baseline?.source].filter(Boolean).join(" · ")}
          </span>
        </p>
      )}
      <More label={t("counted")}>
        <p>{t(`how.${figure.id}`)}</p>
      </More>
    </Section>
  );
}

/** `11月`; with its year where one begins. */
function shortMonth(month: string, language: string, first: boolean): string {
  const year = first || month.endsWith("-01") ? ({ year: "2-digit" } as const) : {};
  return new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC", ...year }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}
