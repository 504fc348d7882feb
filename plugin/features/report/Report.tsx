import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Report as Found } from "#server/services/outcome/report.ts";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Field } from "../../ui/Field.tsx";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { Said } from "../../ui/Said.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { useProblem } from "../../ui/use-problem.ts";
import { download } from "./download.ts";
import { Figure } from "./Figure.tsx";
import { figures } from "./figures.ts";
import { Fairness } from "./Fairness.tsx";

/** 月报: the four figures by month and group, each with its counts and how it is counted. */
export default function Report() {
  const { t } = useTranslation("report");
  const report = useQuery({ queryKey: ["report"], queryFn: () => answer(api.report.$get()) });
  return (
    <Screen title={t("title")}>
      <Answered of={report}>{(found) => <Months found={found} />}</Answered>
      <Fairness />
    </Screen>
  );
}

function Months({ found }: { found: Found }) {
  const { t } = useTranslation("report");
  const format = useFormat();
  const [group, setGroup] = useState("");
  const last = found.months.at(-1) ?? "";
  const [month, setMonth] = useState(found.months.at(-2) ?? last);
  if (found.months.length === 0) return <Empty>{t("nothing")}</Empty>;
  const own = found.figures.filter((one) => one.group === (group || null));
  const at = found.months.indexOf(month);
  const held = own
    .filter((one) => found.months.indexOf(one.month) > at - 3 && found.months.indexOf(one.month) <= at)
    .reduce((total, one) => total + one.proactive.of, 0);
  // A group that meets rarely is not compared: a change would be chance.
  const compared = group === "" || held >= found.compareLeast;
  return (
    <>
      <div className="pair">
        <Field label={t("month")} hint={month === last ? t("running") : undefined}>
          <select className="control" value={month} onChange={(event) => setMonth(event.target.value)}>
            {[...found.months].reverse().map((one) => (
              <option key={one} value={one}>
                {format.period(one)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t("group")}>
          <select className="control" value={group} onChange={(event) => setGroup(event.target.value)}>
            <option value="">{t("all")}</option>
            {found.groups.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Field>
      </div>
      {!compared && <p className="soft">{t("tooFew", { count: found.compareLeast })}</p>}
      {figures.map((figure) => (
        <Figure
          key={figure.id}
          figure={figure}
          own={own}
          month={month}
          months={found.months}
          compared={compared}
          baseline={group === "" ? found.baseline : null}
        />
      ))}
      <Export />
    </>
  );
}

function Export() {
  const { t } = useTranslation("report");
  const words = useProblem();
  const get = useMutation({ mutationFn: download });
  return (
    <Section title={t("export")}>
      <p className="soft">{t("exportText")}</p>
      <div className="acts">
        <Button loading={get.isPending} onClick={() => get.mutate("xlsx")}>
          {t("xlsx")}
        </Button>
        <Button loading={get.isPending} onClick={() => get.mutate("csv")}>
          {t("csv")}
        </Button>
      </div>
      <Said problem={get.error ? words(get.error) : null} />
      <More label={t("definitions")}>
        <ul>
          {figures.map(({ id }) => (
            <li key={id}>{t(`how.${id}`)}</li>
          ))}
        </ul>
      </More>
    </Section>
  );
}
