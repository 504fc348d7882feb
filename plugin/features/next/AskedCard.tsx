import { useTranslation } from "react-i18next";
import type { AskedOfMe } from "#server/services/turns/asked-of-me.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";

/** A colleague asks to be stood in for, or to swap: yes or no, and until when. */
export function AskedCard({ asked }: { asked: AskedOfMe }) {
  const { t } = useTranslation("next");
  const { when, deadline } = useFormat();
  const reply = useAct((yes: boolean) => {
    const { kind, id } = asked;
    return answer(api.turns.asked.$post({ json: { kind, id, yes } }));
  }, "turns");
  const { kind, from, instead } = asked;
  return (
    <Section title={t(`ask.${kind}`, { name: from })}>
      <p>
        {when(asked.start, asked.minutes)}
        {asked.title && ` · ${asked.title}`}
      </p>
      {instead && <p className="soft">{t("instead", { name: from, when: when(instead.start) })}</p>}
      <p className="soft">{t("replyBy", { when: deadline(asked.replyBy) })}</p>
      <div className="acts">
        <Button theme="solid" disabled={reply.isPending} onClick={() => reply.mutate(true)}>
          {t(`yes.${kind}`)}
        </Button>
        <Button disabled={reply.isPending} onClick={() => reply.mutate(false)}>
          {t(`no.${kind}`)}
        </Button>
      </div>
    </Section>
  );
}
