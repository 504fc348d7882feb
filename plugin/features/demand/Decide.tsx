import { useTranslation } from "react-i18next";
import type { TopicView } from "#server/services/demand/overview.ts";
import { useMe } from "../../me.ts";
import { saveRow } from "../../save-row.ts";
import { Button } from "../../ui/Button.ts";
import { Said } from "../../ui/Said.tsx";
import { useSaving } from "../../ui/use-saving.ts";

/** A suggested topic is taken into use, or left. */
export function Decide({ topic }: { topic: TopicView }) {
  const { t } = useTranslation("demand");
  const { workspace } = useMe();
  const { save, saving, problem } = useSaving(
    (state: "active" | "retired", act) =>
      saveRow(workspace, { table: "topics", record: topic.id, fields: { state }, act }),
    { reads: ["demand"] },
  );
  return (
    <>
      <div className="acts">
        <Button size="small" theme="solid" loading={saving} onClick={() => save("active")}>
          {t("use")}
        </Button>
        <Button size="small" loading={saving} onClick={() => save("retired")}>
          {t("leave")}
        </Button>
      </div>
      <Said problem={problem} />
    </>
  );
}
