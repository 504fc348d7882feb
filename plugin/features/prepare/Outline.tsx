import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Preparation } from "#server/services/content/preparation.ts";
import { answer, api } from "../../api.ts";
import { openUrl } from "../../bitable.ts";
import { SERVER } from "../../server.ts";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";

/** Step one: what it is about, an outline to start from, and what colleagues have on it. */
export function Outline({ prepared }: { prepared: Preparation }) {
  const { t } = useTranslation("prepare");
  const { percent, number } = useFormat();
  const { topic, library, outline } = prepared;
  return (
    <Section title={t("step1")}>
      {topic && <p>{t("topic", { topic: topic.name })}</p>}
      {topic?.evidence && (
        <p className="soft">
          {t("evidence", {
            share: percent(topic.evidence.share),
            count: topic.evidence.count,
            n: number(topic.evidence.count),
            of: number(topic.evidence.of),
          })}
        </p>
      )}
      {outline.state === "ready" ? (
        <div className="acts">
          <Button theme="solid" onClick={() => openUrl(outline.link)}>
            {t("openOutline")}
          </Button>
        </div>
      ) : (
        <Start prepared={prepared} />
      )}
      {library.length > 0 && (
        <>
          <p className="soft">{t("library")}</p>
          <ul className="plain">
            {library.map(({ id, title, href }) => (
              <li key={id}>
                <a href={SERVER + href} target="_blank" rel="noreferrer">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function Start({ prepared: { session, templates, outline, open } }: { prepared: Preparation }) {
  const { t } = useTranslation("prepare");
  const [chosen, choose] = useState<string | null>(null);
  const template = chosen ?? templates[0]?.id;
  const start = useAct(
    () => answer(api.prepare[":session"].outline.$post({ param: { session }, json: { template } })),
    "prepare",
  );
  if (!open) return null;
  if (templates.length === 0) return <p className="soft">{t("noTemplate")}</p>;
  if (outline.state === "making") return <output>{t("making")}</output>;
  const minutes = templates.find(({ id }) => id === template)?.minutes;
  return (
    <>
      {outline.state === "failed" && <p className="wrong">{t("outlineFailed")}</p>}
      <Field label={t("template")} hint={minutes ? t("minutes", { minutes }) : undefined}>
        <select className="control" value={template} onChange={(event) => choose(event.target.value)}>
          {templates.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <div className="acts">
        <Button loading={start.isPending} onClick={() => start.mutate()}>
          {t("startFromTemplate")}
        </Button>
      </div>
    </>
  );
}
