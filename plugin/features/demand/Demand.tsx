import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DemandOverview, TopicView, Wish } from "#server/services/demand/overview.ts";
import { answer, api } from "../../api.ts";
import { useLocation } from "../../navigation.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { Empty } from "../../ui/Empty.tsx";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { Decide } from "./Decide.tsx";
import { NewTopic } from "./NewTopic.tsx";
import { Place } from "./Place.tsx";
import { Wishes } from "./Wishes.tsx";

/** 学员想听什么: topics by their share of what was asked, what no topic covers, and what may become one. */
export default function Demand() {
  const { t } = useTranslation("demand");
  const demand = useQuery({ queryKey: ["demand"], queryFn: () => answer(api.demand.$get()) });
  return (
    <Screen title={t("title")}>
      <Answered of={demand}>{(found) => <Found found={found} />}</Answered>
    </Screen>
  );
}

function Found({ found }: { found: DemandOverview }) {
  const { t } = useTranslation("demand");
  const { window, topics, suggested, emerging, unclassified } = found;
  const [adding, setAdding] = useState(false);
  return (
    <>
      {window.count === 0 && topics.length === 0 && <Empty>{t("nothing")}</Empty>}
      {(suggested.length > 0 || emerging.length > 0) && (
        <Section title={t("emerging")}>
          <ul className="plain lines">
            {suggested.map((topic) => (
              <li key={topic.id}>
                <span className="row">
                  <strong>{topic.name}</strong>
                  <span className="soft">{t("asked", { count: topic.count })}</span>
                </span>
                <Decide topic={topic} />
              </li>
            ))}
            {emerging
              .filter(({ words }) => !suggested.some(({ name }) => name === words.join("")))
              .map(({ words, count, examples }) => (
                <li key={words.join()}>
                  <span className="row">
                    <strong>{words.join(" ")}</strong>
                    <span className="soft">{t("asked", { count })}</span>
                  </span>
                  <More label={t("examples")}>
                    <Wishes wishes={examples} />
                  </More>
                  <NewTopic name={words.join("")} />
                </li>
              ))}
          </ul>
        </Section>
      )}
      <Section title={t("topics")} extra={<span className="soft small">{t("window", window)}</span>}>
        {topics.length > 0 && (
          <ul className="plain lines">
            {topics.map((topic) => (
              <Topic key={topic.id} topic={topic} />
            ))}
          </ul>
        )}
        {adding ? (
          <NewTopic open onDone={() => setAdding(false)} />
        ) : (
          <div className="acts">
            <Button onClick={() => setAdding(true)}>{t("newTopic")}</Button>
          </div>
        )}
      </Section>
      {unclassified.length > 0 && (
        <Section
          title={t("unclassified")}
          extra={<span className="soft small">{t("asked", { count: unclassified.length })}</span>}
        >
          <Unplaced wishes={unclassified} topics={topics} />
        </Section>
      )}
      <p className="soft small">{t("told")}</p>
    </>
  );
}

function Topic({ topic }: { topic: TopicView }) {
  const { t } = useTranslation("demand");
  const format = useFormat();
  const { params } = useLocation();
  const trend =
    topic.trend === null
      ? null
      : t(topic.trend > 0 ? "up" : topic.trend < 0 ? "down" : "same", { n: Math.abs(topic.trend) });
  return (
    <li>
      <span className="row">
        <strong>{topic.name}</strong>
        <span>
          {format.percent(topic.share)} <span className="soft">{t("asked", { count: topic.count })}</span>
        </span>
      </span>
      <span className="share" aria-hidden="true">
        <span style={{ width: `${Math.round(topic.share * 100)}%` }} />
      </span>
      <span className="soft small">
        {[trend, topic.lastShared === null ? t("never") : t("last", { day: format.date(topic.lastShared) })]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {topic.examples.length > 0 && (
        <details className="more" open={params["record"] === topic.id}>
          <summary>{t("examples")}</summary>
          <Wishes wishes={topic.examples} />
        </details>
      )}
    </li>
  );
}

const STEP = 20;

function Unplaced({ wishes, topics }: { wishes: readonly Wish[]; topics: readonly TopicView[] }) {
  const { t } = useTranslation("demand");
  const [shown, setShown] = useState(STEP);
  return (
    <>
      <ul className="plain lines">
        {wishes.slice(0, shown).map((wish) => (
          <li key={wish.id}>
            <span>{wish.text}</span>
            {topics.length > 0 && <Place wish={wish} topics={topics} />}
          </li>
        ))}
      </ul>
      {wishes.length > shown && (
        <Button onClick={() => setShown(shown + STEP)}>{t("more", { count: wishes.length - shown })}</Button>
      )}
    </>
  );
}
