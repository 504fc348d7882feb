import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../me.ts";
import { saveRow } from "../../save-row.ts";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { Said } from "../../ui/Said.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { useSaving } from "../../ui/use-saving.ts";

interface Props {
  name?: string;
  /** Shown as a form from the start. */
  open?: boolean;
  onDone?: () => void;
}

/** A topic with the words it is known by; wishes with these words are counted to it from then on. */
export function NewTopic({ name = "", open: first = false, onDone }: Props) {
  const { t } = useTranslation("demand");
  const { workspace } = useMe();
  const [open, setOpen] = useState(first);
  const [draft, setDraft, clear] = useDraft(`topic:${name}`, { name, keywords: name });
  const close = () => {
    setOpen(first);
    onDone?.();
  };
  const { save, saving, problem } = useSaving(
    (_: void, act) =>
      saveRow(workspace, {
        table: "topics",
        record: null,
        fields: { name: draft.name.trim(), state: "active", keywords: draft.keywords.trim() || null },
        act,
      }),
    {
      reads: ["demand"],
      said: t("added", { name: draft.name }),
      done: () => {
        clear();
        close();
      },
    },
  );
  if (!open)
    return (
      <div className="acts">
        <Button size="small" onClick={() => setOpen(true)}>
          {t("makeTopic")}
        </Button>
      </div>
    );
  return (
    <div className="inset">
      <Field label={t("name")}>
        <input
          className="control"
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
      </Field>
      <Field label={t("keywords")} hint={t("keywordsHint")}>
        <textarea
          className="control"
          rows={2}
          value={draft.keywords}
          onChange={(event) => setDraft({ ...draft, keywords: event.target.value })}
        />
      </Field>
      <Said problem={problem} />
      <div className="acts">
        <Button theme="solid" loading={saving} disabled={draft.name.trim() === ""} onClick={() => save()}>
          {t("add")}
        </Button>
        <Button onClick={close}>{t("cancel")}</Button>
      </div>
    </div>
  );
}
