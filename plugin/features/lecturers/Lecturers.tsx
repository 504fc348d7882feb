import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { AddGroup } from "../groups/AddGroup.tsx";
import { GroupCard } from "../groups/GroupCard.tsx";
import { useGroups } from "../groups/queries.ts";
import { Batches } from "../imports/Batches.tsx";
import { ImportPeople } from "../imports/ImportPeople.tsx";
import { Answered } from "../../ui/Answered.tsx";
import { More } from "../../ui/More.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { People } from "./People.tsx";

/** 讲师与讲师群: the groups and what their messages do, everybody of the programme, and how people come in. */
export default function Lecturers() {
  const { t } = useTranslation("lecturers");
  const groups = useGroups();
  const lecturers = useQuery({
    queryKey: ["lecturers"],
    queryFn: () => answer(api.lecturers.$get()),
    // What was saved is on its way to the Base.
    refetchInterval: ({ state: { data } }) => (data?.some(({ pending }) => pending) ? 2000 : false),
  });
  return (
    <Screen title={t("title")}>
      <Section title={t("groups")}>
        <Answered of={groups}>
          {(all) => (
            <>
              {all.length > 0 && (
                <ul className="plain lines">
                  {all.map((group) => (
                    <GroupCard key={group.id} group={group} />
                  ))}
                </ul>
              )}
              <AddGroup first={all.length === 0} />
            </>
          )}
        </Answered>
      </Section>
      <Section title={t("people")}>
        <Answered of={lecturers}>{(all) => <People all={all} groups={groups.data ?? []} />}</Answered>
      </Section>
      <Section title={t("bringIn")}>
        <More label={t("openImport")}>
          <ImportPeople />
        </More>
        <More label={t("batches")}>
          <Batches />
        </More>
      </Section>
    </Screen>
  );
}
