import { useTranslation } from "react-i18next";
import { Field } from "../../ui/Field.tsx";
import { More } from "../../ui/More.tsx";
import type { Report } from "./Found.tsx";

/** Which heading of the sheet stands for what; those that matter first. */
export function Columns({
  report,
  onChoose,
}: {
  report: Report;
  onChoose: (key: string, heading: string) => void;
}) {
  const { t } = useTranslation("imports");
  const open = report.columns.filter(({ required, header }) => required && header === null);
  const matched = report.columns.filter(({ header }) => header !== null).length;
  const select = ({ key, name, header, required }: Report["columns"][number]) => (
    <Field key={key} label={name} error={required && header === null ? t("needed") : null}>
      <select
        className="control"
        value={header ?? ""}
        onChange={(event) => onChoose(key, event.target.value)}
      >
        <option value="">{t("noColumn")}</option>
        {report.headings.map((heading) => (
          <option key={heading}>{heading}</option>
        ))}
      </select>
    </Field>
  );
  return (
    <>
      {open.map(select)}
      <More label={t("columns", { count: matched })}>
        {report.columns.filter((column) => !open.includes(column)).map(select)}
      </More>
      {report.unused.length > 0 && (
        <p className="soft">{t("unused", { columns: report.unused.join("、") })}</p>
      )}
    </>
  );
}
