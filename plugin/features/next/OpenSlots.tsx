import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { OpenSlot } from "#server/services/turns/open-slots.ts";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";
import { openQuery } from "./queries.ts";

/** 我来报名一场: sessions that fit this lecturer's times, empty ones first. */
export function OpenSlots() {
  const { t } = useTranslation("next");
  const open = useQuery(openQuery);
  const take = useAct(
    (session: string) => answer(api.turns[":session"].volunteer.$post({ param: { session } })),
    "turns",
    "open",
  );
  return (
    <Section title={t("volunteer")}>
      <Answered of={open}>
        {({ slots }) =>
          slots.length === 0 ? (
            <p className="soft">{t("noSlots")}</p>
          ) : (
            <ul className="plain lines">
              {slots.map((slot) => (
                <Slot key={slot.session} slot={slot} busy={take.isPending} onTake={take.mutate} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Section>
  );
}

function Slot({ slot, busy, onTake }: { slot: OpenSlot; busy: boolean; onTake: (session: string) => void }) {
  const { t } = useTranslation("next");
  const { when } = useFormat();
  const date = when(slot.start, slot.minutes);
  return (
    <li>
      <span className="row">
        <span>{date}</span>
        <Button
          size="small"
          disabled={busy}
          aria-label={t("takeSlotOn", { when: date })}
          onClick={() => onTake(slot.session)}
        >
          {t("takeSlot")}
        </Button>
      </span>
      <small className="soft">
        {slot.title ?? slot.group}
        {" · "}
        {slot.with ? t("with", { name: slot.with }) : t("free")}
      </small>
    </li>
  );
}
