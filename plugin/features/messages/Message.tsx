import Switch from "@douyinfe/semi-ui/lib/es/switch";
import { useTranslation } from "react-i18next";
import type { MessageView } from "#server/services/messages/list-messages.ts";
import { useMe } from "../../me.ts";
import { saveRow } from "../../save-row.ts";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { Said } from "../../ui/Said.tsx";
import { useChosen } from "../../ui/use-chosen.ts";
import { useSaving } from "../../ui/use-saving.ts";
import { MessageForm } from "./MessageForm.tsx";
import { Try } from "./Try.tsx";

/** One message: what the row does, in a sentence, its switch, and its form. */
export function Message({ message }: { message: MessageView }) {
  const { t } = useTranslation("messages");
  const { workspace } = useMe();
  const format = useFormat();
  const { open, setOpen, place } = useChosen<HTMLLIElement>(message.record);
  const { record, name, on, template, problem: wrong, lastSent } = message;
  const { save, saving, problem } = useSaving(
    (next: boolean, act) => saveRow(workspace, { table: "messages", record, fields: { on: next }, act }),
    { reads: ["messages"] },
  );
  const sentence = t(`does.${template.replaceAll(".", "_")}`, {
    time: message.time ?? "",
    days: message.days ?? 0,
  });
  return (
    <li ref={place}>
      <div className="row">
        <strong>{name}</strong>
        <Switch
          aria-label={t("switch", { name })}
          checked={on}
          loading={saving}
          onChange={(next) => save(next)}
        />
      </div>
      <p className="soft">{sentence}</p>
      {wrong !== null && <p className="wrong">{wrong}</p>}
      <Said problem={problem} />
      <p className="soft small">
        {message.pending
          ? t("pending")
          : lastSent === null
            ? t("neverSent")
            : t("lastSent", { when: format.when(lastSent) })}
      </p>
      {open ? (
        <MessageForm message={message} onDone={() => setOpen(false)} />
      ) : (
        <div className="acts">
          <Button size="small" onClick={() => setOpen(true)}>
            {t("change")}
          </Button>
          <Try template={template} />
        </div>
      )}
    </li>
  );
}
