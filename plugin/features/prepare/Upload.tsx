import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FileRef } from "#base/table.ts";
import type { Preparation } from "#server/services/content/preparation.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Choice } from "../../ui/Choice.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { FileInput } from "../../ui/FileInput.tsx";
import { Field } from "../../ui/Field.tsx";
import { notice } from "../../ui/notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { refresh, useAct } from "../../ui/use-act.ts";
import { useDraft } from "../../ui/use-draft.ts";
import { handIn, type HandInDraft, type Step } from "./hand-in.ts";

const MB = 1024 * 1024;

/** Step two: a title, and a file, a link, or nothing but words. What is typed stays until it has really been handed in. */
export function Upload({ prepared }: { prepared: Preparation }) {
  const { t } = useTranslation("prepare");
  const { session, ownTitle, fileLimitMb } = prepared;
  const empty: HandInDraft = { title: ownTitle, how: "file", link: "", fileName: "" };
  const [draft, setDraft, clear] = useDraft<HandInDraft>(`prepare:${session}`, empty);
  const [file, setFile] = useState<File | null>(null);
  const [again, setAgain] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const sending = useSending(session, () => {
    clear();
    setFile(null);
  });
  const same =
    draft.how === "file" &&
    file !== null &&
    prepared.versions.some(({ name, size }) => name === file.name && size === file.size);

  const problem = (): string | null => {
    if (draft.how === "link") return /^https?:\/\/\S+$/i.test(draft.link.trim()) ? null : t("linkWrong");
    if (!file) return t("fileMissing");
    return file.size > fileLimitMb * MB ? t("fileTooLarge", { mb: fileLimitMb }) : null;
  };
  const send = () => {
    const found = problem();
    setWrong(found);
    if (found) return;
    if (same && !again) return setAgain(true);
    setAgain(false);
    void sending.send(draft, file);
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setAgain(false);
    setWrong(null);
    sending.forget();
    setDraft({ ...draft, fileName: chosen?.name ?? "" });
  };

  return (
    <Section title={t("step2")}>
      <Field label={t("shareTitle")} hint={t("titleHint")}>
        <input
          className="control"
          maxLength={100}
          value={draft.title}
          onChange={(event) => setDraft({ ...draft, title: event.target.value })}
        />
      </Field>
      <Choice
        legend={t("how")}
        options={[
          ["file", t("file")],
          ["link", t("link")],
        ]}
        chosen={[draft.how]}
        onChange={([how = "file"]) => {
          setWrong(null);
          setDraft({ ...draft, how });
        }}
      />
      {draft.how === "file" ? (
        <FilePicker chosen={file} remembered={draft.fileName} error={wrong} onChoose={choose} />
      ) : (
        <Field label={t("linkLabel")} error={wrong}>
          <input
            className="control"
            type="url"
            inputMode="url"
            maxLength={2000}
            placeholder="https://"
            value={draft.link}
            onChange={(event) => setDraft({ ...draft, link: event.target.value })}
          />
        </Field>
      )}
      {again && file && <p role="alert">{t("sameFile", { title: file.name })}</p>}
      {sending.error !== null && <Failed error={sending.error} />}
      <div className="acts">
        <Button theme="solid" loading={sending.step !== null} onClick={send}>
          {t(again ? "useAgain" : prepared.files.length > 0 || prepared.link ? "replace" : "upload")}
        </Button>
        {!prepared.talkOnly && prepared.announcement.state === "none" && <TalkOnly session={session} />}
      </div>
      {sending.step && <output className="soft">{t(sending.step)}</output>}
    </Section>
  );
}

/** A file that is up but could not be written yet is kept for the next try. */
function useSending(session: string, onDone: () => void) {
  const { t } = useTranslation("prepare");
  const [step, setStep] = useState<Step | null>(null);
  const [error, setError] = useState<unknown>(null);
  const uploaded = useRef<FileRef | null>(null);
  const send = async (draft: HandInDraft, file: File | null) => {
    setError(null);
    try {
      await handIn({
        session,
        draft,
        file,
        uploaded: uploaded.current,
        onStep: setStep,
        onUploaded: (ref) => (uploaded.current = ref),
      });
      uploaded.current = null;
      onDone();
      notice(t("uploaded"));
      refresh("prepare", "turns");
    } catch (failure) {
      setError(failure);
    }
    setStep(null);
  };
  return { step, error, send, forget: () => (uploaded.current = null) };
}

function FilePicker(props: {
  chosen: File | null;
  remembered: string;
  error: string | null;
  onChoose: (file: File | null) => void;
}) {
  const { t } = useTranslation("prepare");
  const { chosen, remembered, error, onChoose } = props;
  const hint = !chosen && remembered ? t("chooseAgain", { name: remembered }) : t("fileHint");
  return (
    <Field label={t("fileLabel")} hint={hint} error={error}>
      <FileInput name={chosen?.name ?? null} onChoose={onChoose} />
    </Field>
  );
}

function TalkOnly({ session }: { session: string }) {
  const { t } = useTranslation("prepare");
  const talk = useAct(
    () => answer(api.prepare[":session"]["talk-only"].$post({ param: { session } })),
    "prepare",
    "turns",
  );
  return (
    <Button loading={talk.isPending} onClick={() => talk.mutate()}>
      {t("talkOnlyAct")}
    </Button>
  );
}
