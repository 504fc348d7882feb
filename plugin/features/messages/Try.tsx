import { useTranslation } from "react-i18next";
import type { TemplateId } from "#domain/messages/templates.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Said } from "../../ui/Said.tsx";
import { useSaving } from "../../ui/use-saving.ts";

/** 发给我试试: a real message to oneself, marked as a trial, with the words as they stand in the form. */
export function Try({ template, words }: { template: TemplateId; words?: { text: string; textEn: string } }) {
  const { t } = useTranslation("messages");
  const { save, saving, problem } = useSaving(
    (_: void, act) => answer(api.messages.try.$post({ json: { template, ...words, act } })),
    { reads: [], said: t("tried") },
  );
  return (
    <>
      <Button size="small" loading={saving} onClick={() => save()}>
        {t("try")}
      </Button>
      <Said problem={problem} />
    </>
  );
}
