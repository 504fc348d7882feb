import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScheduleView } from "#server/services/schedule/overview.ts";
import type { PlanPreview } from "#server/services/schedule/preview.ts";
import type { WhatIf as Outcome } from "#server/services/schedule/what-if.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Failed } from "../../ui/Failed.tsx";
import { useFormat } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";

interface Props {
  lecturers: ScheduleView["lecturers"];
  onPlan: (plan: PlanPreview) => void;
  onDone: () => void;
}
type Wish = "free" | "out" | "more";

/** 假如…: the plan under other wishes beside the plan as it is, before anyone is told. */
export function WhatIf({ lecturers, onPlan, onDone }: Props) {
  const { t } = useTranslation("schedule");
  const [wishes, setWishes] = useState<Readonly<Record<string, Wish>>>({});
  const [anew, setAnew] = useState(false);
  const of = (wish: Wish) => lecturers.filter(({ id }) => wishes[id] === wish);
  const look = useMutation({
    mutationFn: () =>
      answer(
        api.changes.plan["what-if"].$post({
          json: {
            wishes: {
              keptOut: of("out").map(({ id }) => ({ lecturer: id })),
              limits: of("more").map(({ id }) => ({ lecturer: id, maxPerMonth: 2 })),
              ...(anew ? { reopen: "all" as const } : {}),
            },
          },
        }),
      ),
  });
  const wish = (id: string, value: Wish) => {
    setWishes({ ...wishes, [id]: value });
    look.reset();
  };
  return (
    <Panel label={t("whatIf")}>
      <p className="soft small">{t("whatIfHint")}</p>
      <ul className="plain lines">
        {lecturers.map(({ id, name }) => (
          <li key={id} className="entry">
            <label className="wish">
              <span>{name}</span>
              <select
                className="control"
                value={wishes[id] ?? "free"}
                onChange={(event) => wish(id, event.target.value as Wish)}
              >
                <option value="free">{t("wish.free")}</option>
                <option value="out">{t("wish.out")}</option>
                <option value="more">{t("wish.more")}</option>
              </select>
            </label>
          </li>
        ))}
      </ul>
      <fieldset className="choice">
        <legend className="unseen">{t("anew")}</legend>
        <label>
          <input
            type="checkbox"
            checked={anew}
            onChange={(event) => {
              setAnew(event.target.checked);
              look.reset();
            }}
          />
          <span>{t("anew")}</span>
        </label>
      </fieldset>
      {look.isError && <Failed error={look.error} />}
      {look.data && <Beside outcome={look.data} lecturers={lecturers} />}
      <div className="acts">
        {look.data ? (
          <Button theme="solid" onClick={() => onPlan(look.data.preview)}>
            {t("lookAtIt")}
          </Button>
        ) : (
          <Button theme="solid" loading={look.isPending} onClick={() => look.mutate()}>
            {t("tryIt")}
          </Button>
        )}
        <Button onClick={onDone}>{t("leave")}</Button>
      </div>
    </Panel>
  );
}

function Beside({ outcome, lecturers }: { outcome: Outcome; lecturers: Props["lecturers"] }) {
  const { t } = useTranslation("schedule");
  const { date } = useFormat();
  const { present, wished, differences } = outcome;
  const names = new Map(lecturers.map(({ id, name }) => [id, name]));
  const who = (id: string | null) => (id === null ? t("nobody") : (names.get(id) ?? t("somebody")));
  return (
    <output className="stack">
      <table className="beside">
        <caption className="unseen">{t("besideCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("besideWhat")}</th>
            <th scope="col">{t("besideNow")}</th>
            <th scope="col">{t("besideThen")}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t("besideFilled")}</th>
            <td>{present.filled}</td>
            <td>{wished.filled}</td>
          </tr>
          <tr>
            <th scope="row">{t("besideOpen")}</th>
            <td>{present.open}</td>
            <td>{wished.open}</td>
          </tr>
          {lecturers
            .filter(({ id }) => (present.turns[id] ?? 0) !== (wished.turns[id] ?? 0))
            .map(({ id, name }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{present.turns[id] ?? 0}</td>
                <td>{wished.turns[id] ?? 0}</td>
              </tr>
            ))}
        </tbody>
      </table>
      {differences.length === 0 ? (
        <p>{t("sameBoth")}</p>
      ) : (
        <ul className="plain">
          {differences.map((one) => (
            <li key={one.slot}>
              {t("differs", { date: date(one.start), before: who(one.before), after: who(one.after) })}
            </li>
          ))}
        </ul>
      )}
    </output>
  );
}
