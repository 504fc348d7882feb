import { useTranslation } from "react-i18next";
import { messageDefault } from "#base/defaults/texts.ts";
import { checkText } from "#domain/messages/check.ts";
import { placeholders } from "#domain/messages/placeholders.ts";
import type { MessageView } from "#server/services/messages/list-messages.ts";
import { useMe } from "../../me.ts";
import { saveRow } from "../../save-row.ts";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { More } from "../../ui/More.tsx";
import { Said } from "../../ui/Said.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { useSaving } from "../../ui/use-saving.ts";
import { Try } from "./Try.tsx";

/** Words, time and days of a message, checked while one writes as the server checks them. */
export function MessageForm({ message, onDone }: { message: MessageView; onDone: () => void }) {
  const { t, i18n } = useTranslation("messages");
  const { workspace } = useMe();
  const { record, template, standard } = message;
  const start = {
    text: message.text,
    textEn: message.textEn,
    time: message.time ?? "",
    days: message.days === null ? "" : String(message.days),
  };
  const [draft, setDraft, clear] = useDraft(`message:${record}`, start);
  const wrong = {
    text: problemOf(draft.text, message, "zh"),
    textEn: problemOf(draft.textEn, message, "en"),
  };
  const fields = {
    ...(draft.text === start.text ? {} : { text: draft.text }),
    ...(draft.textEn === start.textEn ? {} : { textEn: draft.textEn }),
    ...(draft.time === start.time ? {} : { time: draft.time || null }),
    ...(draft.days === start.days ? {} : { days: draft.days === "" ? null : Number(draft.days) }),
  };
  const { save, saving, problem } = useSaving(
    (_: void, act) => saveRow(workspace, { table: "messages", record, fields, act }),
    {
      reads: ["messages"],
      done: () => {
        clear();
        onDone();
      },
    },
  );
  const change = (part: Partial<typeof start>) => setDraft({ ...draft, ...part });
  const zh = !i18n.language.startsWith("en");
  return (
    <div className="inset">
      <Field label={t("words.zh")} hint={t("form")} error={wrong.text}>
        <textarea
          className="control"
          rows={6}
          lang="zh"
          value={draft.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </Field>
      <Field label={t("words.en")} error={wrong.textEn}>
        <textarea
          className="control"
          rows={6}
          lang="en"
          value={draft.textEn}
          onChange={(event) => change({ textEn: event.target.value })}
        />
      </Field>
      {standard.time !== null && (
        <Field label={t("time")}>
          <input
            className="control"
            type="time"
            value={draft.time}
            onChange={(event) => change({ time: event.target.value })}
          />
        </Field>
      )}
      {standard.days !== null && (
        <Field label={t("days")}>
          <input
            className="control"
            type="number"
            min={0}
            max={10}
            value={draft.days}
            onChange={(event) => change({ days: event.target.value })}
          />
        </Field>
      )}
      <More label={t("placeholders")}>
        <p className="small">
          {Object.entries(placeholders)
            .map(([key, alias]) => `{${zh ? alias : key}}`)
            .join(" ")}
        </p>
      </More>
      <Said problem={problem} />
      <div className="acts">
        <Button
          theme="solid"
          loading={saving}
          disabled={Object.keys(fields).length === 0 || wrong.text !== null || wrong.textEn !== null}
          onClick={() => save()}
        >
          {t("save")}
        </Button>
        <Try template={template} words={{ text: draft.text, textEn: draft.textEn }} />
        <Button
          onClick={() =>
            change({
              text: standard.text,
              textEn: standard.textEn,
              time: standard.time ?? "",
              days: standard.days === null ? "" : String(standard.days),
            })
          }
        >
          {t("restore")}
        </Button>
        <Button
          onClick={() => {
            clear();
            onDone();
          }}
        >
          {t("cancel")}
        </Button>
      </div>
    </div>
  );
}

function problemOf(text: string, { template }: MessageView, language: "zh" | "en"): string | null {
  const checked = checkText(text, messageDefault(template).text[language], language);
  return checked.ok ? null : checked.problem;
}
