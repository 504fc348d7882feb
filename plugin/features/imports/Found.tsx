import { useTranslation } from "react-i18next";
import type { ReadableReport } from "#server/services/lecturers/import-for-people.ts";
import { More } from "../../ui/More.tsx";

export type Report = ReadableReport;

/** What would come in, what is left out and why, row by row. */
export function Found({ report }: { report: Report }) {
  const { t } = useTranslation("imports");
  const { creates, errors, skipped, newOptions } = report;
  const parts = Object.entries(creates)
    .filter(([, count]) => count > 0)
    .map(([table, count]) => t(`creates.${table}`, { count }));
  return (
    <div aria-live="polite" className="inset">
      <p>
        <strong>{parts.length > 0 ? t("would", { what: parts.join("、") }) : t("nothing")}</strong>
      </p>
      {newOptions.length > 0 && <p>{t("newOptions", { options: newOptions.join("、") })}</p>}
      {errors.length > 0 && (
        <>
          <p className="wrong">{t("errors", { count: errors.length })}</p>
          <ul className="plain lines scroll">
            {errors.map((one) => (
              <li key={`${one.row}${one.column}`}>
                <span>
                  {t("row", { row: one.row })} · {one.column}
                  {one.value !== "" && ` 「${one.value}」`}
                </span>
                <span className="soft small">{t("expected", { expected: one.expected })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {skipped.length > 0 && (
        <More label={t("skipped", { count: skipped.length })}>
          <ul className="plain">
            {skipped.map((one) => (
              <li key={one.row}>
                {t("row", { row: one.row })} · {one.value}：{one.why}
              </li>
            ))}
          </ul>
        </More>
      )}
    </div>
  );
}
