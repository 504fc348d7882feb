import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { FirstSteps } from "#server/services/workspace/first-steps.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { AddGroup } from "../groups/AddGroup.tsx";
import { GroupCard } from "../groups/GroupCard.tsx";
import { ImportPeople } from "../imports/ImportPeople.tsx";
import { Batches } from "../imports/Batches.tsx";
import { go } from "../../navigation.ts";
import { Answered } from "../../ui/Answered.tsx";
import { More } from "../../ui/More.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { Tag } from "../../ui/Tag.tsx";

/** 三步开始: chats, lecturers, a first schedule; everything in trial until a group goes live. */
export default function Begin() {
  const { t } = useTranslation("begin");
  const steps = useQuery({ queryKey: ["start"], queryFn: () => answer(api.start.$get()) });
  return (
    <Screen title={t("title")}>
      <p className="soft">{t("text")}</p>
      <Answered of={steps}>{(found) => <Steps steps={found} />}</Answered>
    </Screen>
  );
}

function Steps({ steps }: { steps: FirstSteps }) {
  const { t } = useTranslation("begin");
  const { groups, lecturers, withoutGroup, past, coming } = steps;
  const ready = groups.length > 0 && groups.every(({ missing }) => missing.length === 0);
  return (
    <>
      <Step n={1} title={t("chats")} done={ready}>
        {groups.map(({ id, name, chat, audience }) => (
          <p key={id}>
            {name}：{[chat?.name, ...audience.map((one) => one.name)].filter(Boolean).join("、")}
          </p>
        ))}
        <AddGroup first={groups.length === 0} />
      </Step>
      <Step n={2} title={t("lecturers")} done={lecturers > 0}>
        {lecturers > 0 && <p>{t("there", { count: lecturers })}</p>}
        {withoutGroup > 0 && <p className="wrong">{t("withoutGroup", { count: withoutGroup })}</p>}
        {groups.length === 0 ? (
          <p className="soft">{t("chatsFirst")}</p>
        ) : lecturers === 0 ? (
          <ImportPeople only={["chat", "lecturers"]} />
        ) : (
          <More label={t("more")}>
            <ImportPeople />
            {past > 0 && <p>{t("past", { count: past })}</p>}
            <Batches />
          </More>
        )}
      </Step>
      <Step n={3} title={t("schedule")} done={coming > 0}>
        <p className="soft">{coming > 0 ? t("published", { count: coming }) : t("scheduleText")}</p>
        <div className="acts">
          <Button
            theme={ready && lecturers > 0 && coming === 0 ? "solid" : "light"}
            disabled={!ready || lecturers === 0}
            onClick={() => go("schedule")}
          >
            {t("look")}
          </Button>
        </div>
      </Step>
      {coming > 0 && (
        <Section title={t("live")}>
          <p className="soft">{t("liveText")}</p>
          <ul className="plain lines">
            {groups.map((group) => (
              <GroupCard key={group.id} group={group} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Step({
  n,
  title,
  done,
  children,
}: {
  n: number;
  title: string;
  done: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation("begin");
  return (
    <Section
      title={
        <>
          <span aria-hidden="true">{["①", "②", "③"][n - 1]} </span>
          {title}
        </>
      }
      extra={done ? <Tag colour="green">{t("done")}</Tag> : null}
    >
      {children}
    </Section>
  );
}
