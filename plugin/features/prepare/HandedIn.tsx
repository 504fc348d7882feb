import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Preparation } from "#server/services/content/preparation.ts";
import { answer, api } from "../../api.ts";
import { now } from "../../now.ts";
import { SERVER } from "../../server.ts";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";

/** What has been handed in, whether learners know of it, and the way back while they do not. */
export function HandedIn({ prepared }: { prepared: Preparation }) {
  const { t } = useTranslation("prepare");
  const { number } = useFormat();
  const { announcement, files, link, talkOnly, versions, opened } = prepared;
  if (talkOnly)
    return (
      <Section title={t("talkOnly")}>
        <p>{t("talkOnlySaid")}</p>
      </Section>
    );
  if (announcement.state === "none") return null;
  return (
    <Section title={t("handedIn")}>
      <p>{files.map(({ name }) => name).join(t("comma")) || link}</p>
      <Told prepared={prepared} />
      {opened > 0 && <p className="soft">{t("opened", { count: opened, n: number(opened) })}</p>}
      {versions.length > 1 && (
        <More label={t("versions", { count: versions.length })}>
          <ul className="plain">
            {versions.map(({ version, name, href }) => (
              <li key={href}>
                <a href={SERVER + href} target="_blank" rel="noreferrer">
                  {t("version", { version, name })}
                </a>
              </li>
            ))}
          </ul>
        </More>
      )}
    </Section>
  );
}

function Told({ prepared: { announcement, session, reviewed } }: { prepared: Preparation }) {
  const { t } = useTranslation("prepare");
  const { deadline, when } = useFormat();
  const undo = useAct(
    () => answer(api.prepare[":session"].undo.$post({ param: { session } })),
    "prepare",
    "turns",
  );
  const seconds = useSecondsUntil(announcement.state === "waiting" ? announcement.at : null);
  const button = (
    <div className="acts">
      <Button loading={undo.isPending} onClick={() => undo.mutate()}>
        {t("undo")}
      </Button>
    </div>
  );
  switch (announcement.state) {
    case "none":
      return null;
    case "noticed":
      return <output>{t("noticed")}</output>;
    case "waiting":
      return (
        <>
          <output aria-live="off">
            {seconds !== null && seconds <= 600
              ? t(reviewed ? "askedIn" : "toldIn", { time: clock(seconds) })
              : t("toldAt", { when: deadline(announcement.at) })}
          </output>
          {button}
        </>
      );
    case "review":
      return (
        <>
          <p>{t("review", { when: deadline(announcement.at) })}</p>
          {button}
        </>
      );
    case "told":
      return <p className="soft">{t("told", { when: when(announcement.at) })}</p>;
    case "undone":
      return <p>{t("undone")}</p>;
  }
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** Counts down on the deployment's clock. */
function useSecondsUntil(instant: number | null): number | null {
  const [, tick] = useState(0);
  useEffect(() => {
    if (instant === null) return;
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, [instant]);
  return instant === null ? null : Math.max(0, Math.ceil((instant - now()) / 1000));
}
