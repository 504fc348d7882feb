import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDraft } from "../../ui/use-draft.ts";

/** 回一句 to who signed a thanks. */
export function Reply({ session, thanks, to }: { session: string; thanks: string; to: string }) {
  const { t } = useTranslation("echo");
  const [text, setText, clear] = useDraft(`reply:${session}:${thanks}`, "");
  const [open, setOpen] = useState(text !== "");
  const send = useAct(
    () => answer(api.echo[":session"].reply.$post({ param: { session }, json: { thanks, text } })),
    "echo",
  );
  if (!open)
    return (
      <div className="acts">
        <Button size="small" aria-label={t("replyTo", { name: to })} onClick={() => setOpen(true)}>
          {t("reply")}
        </Button>
      </div>
    );
  const go = () =>
    send.mutate(undefined, {
      onSuccess: ({ ok }) => {
        if (!ok) return;
        clear();
        setOpen(false);
      },
    });
  return (
    <>
      <Field label={t("replyTo", { name: to })}>
        <textarea
          className="control"
          rows={2}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div className="acts">
        <Button
          theme="solid"
          size="small"
          disabled={text.trim() === ""}
          loading={send.isPending}
          onClick={go}
        >
          {t("send")}
        </Button>
      </div>
    </>
  );
}
