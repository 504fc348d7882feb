import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { useAct } from "../../ui/use-act.ts";
import { Panel } from "../../ui/Panel.tsx";

/** 换一位讲师: who could, fairest first, with what they know and what they have ahead. */
export function Assign({ session, onDone }: { session: string; onDone: () => void }) {
  const { t } = useTranslation("schedule");
  const { date } = useFormat();
  const [chosen, setChosen] = useState<string | null>(null);
  const candidates = useQuery({
    queryKey: ["session", session, "candidates"],
    queryFn: () => answer(api.sessions[":id"].candidates.$get({ param: { id: session } })),
  });
  const assign = useAct(
    (lecturer: string) =>
      answer(api.sessions[":id"].act.$post({ param: { id: session }, json: { act: "assign", lecturer } })),
    "session",
    "schedule",
    "today",
  );
  return (
    <Panel label={t("act.assign")}>
      <Answered of={candidates}>
        {({ candidates: found }) =>
          found.length === 0 ? (
            <p>{t("nobodyFree")}</p>
          ) : (
            <fieldset className="choice">
              <legend>{t("whoCould")}</legend>
              {found.map((one) => (
                <label key={one.lecturer}>
                  <input
                    type="radio"
                    name={`assign-${session}`}
                    checked={chosen === one.lecturer}
                    onChange={() => setChosen(one.lecturer)}
                  />
                  <span>
                    {one.name}{" "}
                    <span className="soft small">
                      {[
                        one.knows.length > 0 ? t("knows", { tags: one.knows.join(t("and")) }) : null,
                        one.coming.length > 0
                          ? t("speaksOn", { dates: one.coming.map(date).join(t("and")) })
                          : t("speaksNot"),
                      ]
                        .filter(Boolean)
                        .join(t("sep"))}
                    </span>
                  </span>
                </label>
              ))}
            </fieldset>
          )
        }
      </Answered>
      <p className="soft small">{t("assignTells")}</p>
      <div className="acts">
        <Button
          theme="solid"
          disabled={chosen === null}
          loading={assign.isPending}
          onClick={() => chosen && assign.mutate(chosen, { onSuccess: ({ ok }) => ok && onDone() })}
        >
          {t("assignDo")}
        </Button>
        <Button onClick={onDone}>{t("leave")}</Button>
      </div>
    </Panel>
  );
}
