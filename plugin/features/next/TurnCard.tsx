import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TurnView } from "#server/services/turns/my-turns.ts";
import { answer, api } from "../../api.ts";
import { openUrl } from "../../bitable.ts";
import { go } from "../../navigation.ts";
import { Button } from "../../ui/Button.ts";
import { Facts } from "../../ui/Facts.tsx";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { Section } from "../../ui/Section.tsx";
import { StateTag } from "../../ui/StateTag.tsx";
import { useAct } from "../../ui/use-act.ts";
import { OtherDate } from "./OtherDate.tsx";
import { NotThisTime } from "./NotThisTime.tsx";
import { Topics } from "./Topics.tsx";

/** One turn: when, where, who listens, why, what about; and what can be done, the main thing first. */
export function TurnCard({ turn, first }: { turn: TurnView; first: boolean }) {
  const { t } = useTranslation("next");
  const { when, number } = useFormat();
  const { audience, may, meeting, session } = turn;
  const listeners =
    audience.people > 0
      ? t("listeners", { chats: audience.chats.join(t("and")), people: number(audience.people) })
      : null;
  const facts = (
    <Facts
      rows={[
        [t("group"), turn.group],
        [t("place"), turn.place],
        [
          t("meeting"),
          meeting && (
            <a href={meeting} target="_blank" rel="noreferrer">
              {t("join")}
            </a>
          ),
        ],
        [t("audience"), listeners],
        [t("why"), turn.why],
      ]}
    />
  );
  const topics = turn.lead ? <Topics turn={turn} /> : <p className="soft">{t("beside")}</p>;
  return (
    <Section title={when(turn.start, turn.minutes)} extra={<StateTag state={turn.state} />}>
      {turn.title && <p>{turn.title}</p>}
      {first && facts}
      {(may.accept || may.change) && <Answers turn={turn} />}
      {first ? (
        topics
      ) : (
        <More label={t("details")}>
          {facts}
          {topics}
        </More>
      )}
      <div className="acts">
        {may.prepare && (
          <Button onClick={() => go("prepare", { record: session })}>
            {t(turn.content ? "newVersion" : "prepare")}
          </Button>
        )}
        {turn.checkIn && <Button onClick={() => openUrl(turn.checkIn!)}>{t("code")}</Button>}
      </div>
    </Section>
  );
}

function Answers({ turn }: { turn: TurnView }) {
  const { t } = useTranslation("next");
  const [open, setOpen] = useState<"date" | "no" | null>(null);
  const { may, session } = turn;
  const accept = useAct(
    () => answer(api.turns[":session"].answer.$post({ param: { session }, json: { act: "accept" } })),
    "turns",
  );
  const toggle = (which: "date" | "no") => () => setOpen(open === which ? null : which);
  return (
    <>
      <div className="acts">
        {may.accept && (
          <Button theme="solid" loading={accept.isPending} onClick={() => accept.mutate()}>
            {t("accept")}
          </Button>
        )}
        {may.change && (
          <>
            <Button aria-expanded={open === "date"} onClick={toggle("date")}>
              {t("otherDate")}
            </Button>
            <Button aria-expanded={open === "no"} onClick={toggle("no")}>
              {t("notThisTime")}
            </Button>
          </>
        )}
      </div>
      {open === "date" && <OtherDate session={session} onDone={() => setOpen(null)} />}
      {open === "no" && <NotThisTime session={session} onDone={() => setOpen(null)} />}
    </>
  );
}
