import { useTranslation } from "react-i18next";
import type { TopicView, Wish } from "#server/services/demand/overview.ts";
import { useMe } from "../../me.ts";
import { saveRow } from "../../save-row.ts";
import { Said } from "../../ui/Said.tsx";
import { useSaving } from "../../ui/use-saving.ts";

/** A wish is put to a topic by hand; that wins over the classifier. */
export function Place({ wish, topics }: { wish: Wish; topics: readonly TopicView[] }) {
  const { t } = useTranslation("demand");
  const { workspace } = useMe();
  const { save, saving, problem } = useSaving(
    (topic: string, act) => saveRow(workspace, { table: "demands", record: wish.id, fields: { topic }, act }),
    { reads: ["demand"] },
  );
  return (
    <>
      <select
        className="control"
        aria-label={t("place", { text: wish.text })}
        disabled={saving}
        value=""
        onChange={(event) => event.target.value && save(event.target.value)}
      >
        <option value="">{t("choosePlace")}</option>
        {topics.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Said problem={problem} />
    </>
  );
}
