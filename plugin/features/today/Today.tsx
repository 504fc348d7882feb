import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Empty } from "../../ui/Empty.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { GroupModes } from "./GroupModes.tsx";
import { TodoCard } from "./TodoCard.tsx";

/** 今天要处理: what is near first, what can wait after it, and what every group's messages do. */
export default function Today() {
  const { t } = useTranslation("today");
  const today = useQuery({
    queryKey: ["today"],
    queryFn: () => answer(api.today.$get()),
    refetchInterval: 60_000,
  });
  return (
    <Screen title={t("title")}>
      <Answered of={today}>
        {({ urgent, waiting, urgentHours, groups }) => (
          <>
            {urgent.length + waiting.length === 0 && <Empty>{t("nothing")}</Empty>}
            {urgent.length > 0 && (
              <section className="stack" aria-labelledby="urgent">
                <h2 id="urgent">{t("urgent", { hours: urgentHours, n: urgent.length })}</h2>
                {urgent.map((item) => (
                  <TodoCard key={item.key} item={item} />
                ))}
              </section>
            )}
            {waiting.length > 0 && (
              <section className="stack" aria-labelledby="waiting">
                <h2 id="waiting">{t("waiting", { n: waiting.length })}</h2>
                {waiting.map((item) => (
                  <TodoCard key={item.key} item={item} />
                ))}
              </section>
            )}
            <GroupModes groups={groups} />
          </>
        )}
      </Answered>
    </Screen>
  );
}
