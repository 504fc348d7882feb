import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { Said } from "../../ui/Said.tsx";
import { useSaving } from "../../ui/use-saving.ts";

/** What was brought in, each to be taken back as a whole. */
export function Batches() {
  const { t } = useTranslation("imports");
  const batches = useQuery({ queryKey: ["imports"], queryFn: () => answer(api.imports.$get()) });
  return (
    <Answered of={batches}>
      {(all) =>
        all.length === 0 ? (
          <p className="soft">{t("noBatches")}</p>
        ) : (
          <ul className="plain lines">
            {all.map((batch) => (
              <Batch key={batch.batch} batch={batch} />
            ))}
          </ul>
        )
      }
    </Answered>
  );
}

interface One {
  batch: string;
  kind: string;
  at: number;
  by: string;
  undoneAt: number | null;
  made: Record<string, number>;
}

function Batch({ batch }: { batch: One }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const [sure, setSure] = useState(false);
  const { save, saving, problem } = useSaving(
    () => answer(api.imports[":batch"].undo.$post({ param: { batch: batch.batch } })),
    { reads: ["lecturers", "imports", "start", "groups", "report"], said: t("undone") },
  );
  const count = Math.max(0, ...Object.values(batch.made));
  return (
    <li>
      <span>
        {t(`kind.${batch.kind}`)} · {t("rows", { count })}
      </span>
      <span className="soft small">
        {format.when(batch.at)} · {batch.by}
        {batch.undoneAt !== null && ` · ${t("wasUndone")}`}
      </span>
      {batch.undoneAt === null && (
        <div className="acts">
          {sure ? (
            <>
              <span>{t("sure")}</span>
              <Button type="danger" loading={saving} onClick={() => save()}>
                {t("undo")}
              </Button>
              <Button onClick={() => setSure(false)}>{t("keep")}</Button>
            </>
          ) : (
            <Button size="small" onClick={() => setSure(true)}>
              {t("undo")}
            </Button>
          )}
        </div>
      )}
      <Said problem={problem} />
    </li>
  );
}
