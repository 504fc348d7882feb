import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CareNoteView } from "#server/services/care/notes-shown.ts";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { Sentence } from "./Sentence.tsx";
import { useCareAct } from "./use-care-act.ts";

const OUTCOMES = ["yes", "some", "no"] as const;
const TAKEN_UP = ["talked", "material", "move"] as const;
const WHY = ["leave", "moved", "talked", "wrong"] as const;

/** One note: reasons in words, the sentence, and three answers; more ways behind them. */
export function Note({ note }: { note: CareNoteView }) {
  const { t } = useTranslation("care");
  const { date } = useFormat();
  return (
    <Section
      title={t(note.state === "open" ? "aKindWord" : "about", { name: note.lecturer })}
      extra={<small className="soft">{t(`state.${note.state}`)}</small>}
    >
      <p>{t("noticed", { reasons: note.reasons })}</p>
      {note.state === "open" && <Open note={note} />}
      {note.state === "contacted" && <DidItHelp care={note.key} />}
      {note.outcome && <p className="soft">{note.outcome}</p>}
      {note.state === "open" && <p className="soft small">{t("until", { date: date(note.expires) })}</p>}
    </Section>
  );
}

function Open({ note }: { note: CareNoteView }) {
  const { t } = useTranslation("care");
  const [open, setOpen] = useState<"edit" | "no" | "more" | null>(null);
  const { say, busy } = useCareAct();
  const care = note.key;
  const toggle = (which: "edit" | "no" | "more") => () => setOpen(open === which ? null : which);
  return (
    <>
      {open !== "edit" && <blockquote className="quote">{note.sentence}</blockquote>}
      <div className="acts">
        {open !== "edit" && (
          <Button theme="solid" disabled={busy} onClick={() => say({ act: "send", care })}>
            {t("send")}
          </Button>
        )}
        <Button aria-expanded={open === "edit"} onClick={toggle("edit")}>
          {t("edit")}
        </Button>
        <Button aria-expanded={open === "no"} onClick={toggle("no")}>
          {t("notNeeded")}
        </Button>
        <Button theme="borderless" aria-expanded={open === "more"} onClick={toggle("more")}>
          {t("more")}
        </Button>
      </div>
      {open === "edit" && <Sentence note={note} />}
      {open === "no" && (
        <div className="acts">
          <Button disabled={busy} onClick={() => say({ act: "not-needed", care })}>
            {t("justClose")}
          </Button>
          {WHY.map((why) => (
            <Button key={why} disabled={busy} onClick={() => say({ act: "not-needed", care, why })}>
              {t(`why.${why}`)}
            </Button>
          ))}
        </div>
      )}
      {open === "more" && (
        <div className="acts">
          {TAKEN_UP.map((how) => (
            <Button key={how} disabled={busy} onClick={() => say({ act: "take-up", care, how })}>
              {t(`takeUp.${how}`)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

function DidItHelp({ care }: { care: string }) {
  const { t } = useTranslation("care");
  const { say, busy } = useCareAct();
  return (
    <>
      <p>{t("didItHelp")}</p>
      <div className="acts">
        {OUTCOMES.map((outcome) => (
          <Button
            key={outcome}
            disabled={busy}
            onClick={() => say({ act: "outcome", care, answer: outcome })}
          >
            {t(`helped.${outcome}`)}
          </Button>
        ))}
      </div>
    </>
  );
}
