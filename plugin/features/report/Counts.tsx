import { useTranslation } from "react-i18next";
import type { Figures } from "#domain/outcome/figures.ts";
import { Facts } from "../../ui/Facts.tsx";
import { useFormat } from "../../ui/format.ts";
import type { FigureKind } from "./figures.ts";

/** The counts behind a figure: a rate never stands alone. */
export function Counts({ id, month }: { id: FigureKind["id"]; month: Figures }) {
  const { t } = useTranslation("report");
  const format = useFormat();
  const of = ({ n, of: all }: { n: number; of: number }) => (all === 0 ? null : t("of", { n, all }));
  const { proactive, unreminded, proactivePeople, inTime, nudges, satisfaction, coordination, willing } =
    month;
  if (id === "proactive")
    return (
      <Facts
        rows={[
          [t("sessions"), of(proactive)],
          [t("unreminded"), of(unreminded)],
          [t("people"), of(proactivePeople)],
          [t("inTime"), of(inTime)],
          [t("nudges"), proactivePeople.of === 0 ? null : format.number(nudges)],
        ]}
      />
    );
  if (id === "satisfaction")
    return (
      <Facts
        rows={[
          [t("answers"), satisfaction.n === 0 ? null : format.number(satisfaction.n)],
          [t("response"), of(satisfaction.response)],
          [
            t("distribution"),
            satisfaction.n === 0
              ? null
              : satisfaction.distribution
                  .map((count, at) => `${at + 1}★ ${count}`)
                  .reverse()
                  .join("  "),
          ],
        ]}
      />
    );
  if (id === "hours")
    return (
      <Facts
        rows={[
          [t("acts"), coordination.acts === 0 ? null : format.number(coordination.acts)],
          [t("minutes"), coordination.acts === 0 ? null : format.number(coordination.minutes)],
        ]}
      />
    );
  return <Facts rows={[[t("surveyed"), willing && of(willing)]]} />;
}
