import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MessageView } from "#server/services/messages/list-messages.ts";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Field } from "../../ui/Field.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { Message } from "./Message.tsx";

const readers = ["lecturer", "chat", "learner", "lecturersChat", "manager", "admin"] as const;

/** 消息与提醒: every message, when it goes to whom, its switch and its words. */
export default function Messages() {
  const { t } = useTranslation("messages");
  const messages = useQuery({
    queryKey: ["messages"],
    queryFn: () => answer(api.messages.$get()),
    refetchInterval: ({ state: { data } }) => (data?.some(({ pending }) => pending) ? 2000 : false),
  });
  return (
    <Screen title={t("title")}>
      <p className="soft">{t("text")}</p>
      <Answered of={messages}>{(all) => <Found all={all} />}</Answered>
    </Screen>
  );
}

function Found({ all }: { all: readonly MessageView[] }) {
  const { t } = useTranslation("messages");
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const found = all.filter(
    ({ name, text, textEn }) =>
      wanted === "" || [name, text, textEn].some((words) => words.toLowerCase().includes(wanted)),
  );
  return (
    <>
      <Field label={t("search")}>
        <input
          className="control"
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </Field>
      {readers.map((reader) => {
        const own = found.filter(({ to }) => to === reader);
        return (
          own.length > 0 && (
            <Section key={reader} title={t(`to.${reader}`)}>
              <ul className="plain lines">
                {own.map((message) => (
                  <Message key={message.record} message={message} />
                ))}
              </ul>
            </Section>
          )
        );
      })}
      {found.length === 0 && <p className="soft">{t("nothing")}</p>}
    </>
  );
}
