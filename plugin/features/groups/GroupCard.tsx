import { useState } from "react";
import { useTranslation } from "react-i18next";
import { groups } from "#base/tables/groups.ts";
import type { GroupView } from "#server/services/groups/list-groups.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Facts } from "../../ui/Facts.tsx";
import { useFormat } from "../../ui/format.ts";
import { Said } from "../../ui/Said.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { useSaving } from "../../ui/use-saving.ts";
import { GoLive } from "./GoLive.tsx";

const COLOURS = { live: "green", trial: "orange", paused: "grey", off: "grey" } as const;

/** One 讲师群: its chats, when it meets, what its messages do, and one tap to change that. */
export function GroupCard({ group }: { group: GroupView }) {
  const { t, i18n } = useTranslation("groups");
  const format = useFormat();
  const [looking, setLooking] = useState(false);
  const { save, saving, problem } = useSaving(
    (to: "paused" | "trial") =>
      answer(api.groups[":id"].state.$post({ param: { id: group.id }, json: { to } })),
    { reads: ["groups", "start", "me"], said: t("changed") },
  );
  const word = (option: { zh: string; en: string } | undefined) =>
    option && (i18n.language.startsWith("en") ? option.en : option.zh);
  const days = group.weekdays.map((key) =>
    word(groups.fields.weekdays.options.find((option) => option.key === key)),
  );
  const meets = [
    word(groups.fields.frequency.options.find(({ key }) => key === group.frequency)),
    days.join("、"),
    group.startTime,
  ];
  const absent = [group.chat, ...group.audience].filter((chat) => chat?.inChat === false);
  return (
    <li>
      <div className="row">
        <strong>{group.name}</strong>
        <Tag colour={COLOURS[group.state]}>{t(`state.${group.state}`)}</Tag>
      </div>
      <Facts
        rows={[
          [t("chat"), group.chat?.name],
          [t("audience"), group.audience.map(({ name }) => name).join("、")],
          [t("meets"), meets.filter(Boolean).join(" · ")],
          [t("lecturers"), t("people", { count: group.lecturers })],
          [t("next"), group.next === null ? null : format.when(group.next)],
        ]}
      />
      {group.missing.length > 0 && (
        <p className="wrong">
          {t("missing", { fields: group.missing.map((key) => t(`field.${key}`)).join("、") })}
        </p>
      )}
      {absent.map((chat) => (
        <p key={chat!.id} className="wrong">
          {t("botAbsent", { chat: chat!.name })}
        </p>
      ))}
      {looking ? (
        <GoLive group={group} onDone={() => setLooking(false)} />
      ) : (
        <div className="acts">
          {(group.state === "trial" || group.state === "paused") && (
            <Button onClick={() => setLooking(true)}>{t("goLive")}</Button>
          )}
          {(group.state === "live" || group.state === "paused") && (
            <Button loading={saving} onClick={() => save("trial")}>
              {t("toTrial")}
            </Button>
          )}
          {(group.state === "live" || group.state === "trial") && (
            <Button loading={saving} onClick={() => save("paused")}>
              {t("pause")}
            </Button>
          )}
        </div>
      )}
      <Said problem={problem} />
    </li>
  );
}
