import { useTranslation } from "react-i18next";
import type { CareNoteView } from "#server/services/care/notes-shown.ts";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { useCareAct } from "./use-care-act.ts";

/** 改一改再发: the sentence in the manager's own words; the lecturer's copy has no reasons in it. */
export function Sentence({ note }: { note: CareNoteView }) {
  const { t } = useTranslation("care");
  const [text, setText, clear] = useDraft(`care:${note.key}`, note.sentence);
  const { say, busy } = useCareAct(clear);
  return (
    <>
      <Field label={t("inYourName")} hint={t("noReasons")}>
        <textarea
          className="control"
          rows={3}
          maxLength={300}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div className="acts">
        <Button
          theme="solid"
          disabled={text.trim() === "" || busy}
          onClick={() => say({ act: "send", care: note.key, sentence: text.trim() })}
        >
          {t("send")}
        </Button>
      </div>
    </>
  );
}
