import { useTranslation } from "react-i18next";
import { Answered } from "../../ui/Answered.tsx";
import { Empty } from "../../ui/Empty.tsx";
import { More } from "../../ui/More.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Note } from "./Note.tsx";
import { useNotes } from "./use-notes.ts";

const OPEN = ["open", "contacted"];

/** 关怀提醒: what was noticed, a sentence to send, and the choice to leave it. */
export default function Care() {
  const { t } = useTranslation("care");
  const notes = useNotes();
  return (
    <Screen title={t("title")}>
      <p className="soft">{t("intro")}</p>
      <Answered of={notes}>
        {({ notes: all }) => {
          const open = all.filter(({ state }) => OPEN.includes(state));
          const past = all.filter(({ state }) => !OPEN.includes(state));
          return (
            <>
              {open.length === 0 && <Empty>{t("none")}</Empty>}
              {open.map((note) => (
                <Note key={note.key} note={note} />
              ))}
              {past.length > 0 && (
                <More label={t("past", { count: past.length, n: past.length })}>
                  {past.map((note) => (
                    <Note key={note.key} note={note} />
                  ))}
                </More>
              )}
            </>
          );
        }}
      </Answered>
    </Screen>
  );
}
