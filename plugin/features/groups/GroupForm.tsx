import { useState } from "react";
import { useTranslation } from "react-i18next";
import { groups } from "#base/tables/groups.ts";
import type { OptionKey } from "#base/index.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Choice } from "../../ui/Choice.tsx";
import { Field } from "../../ui/Field.tsx";
import { Said } from "../../ui/Said.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { useSaving } from "../../ui/use-saving.ts";
import type { useChats } from "./queries.ts";

type Chats = NonNullable<ReturnType<typeof useChats>["data"]>;
interface Draft {
  name: string;
  chat: string;
  audience: string[];
  frequency: OptionKey<"groups", "frequency">;
  weekdays: (typeof groups.fields.weekdays.options)[number]["key"][];
  startTime: string;
  minutes: string;
  place: string;
}
const empty: Draft = {
  name: "",
  chat: "",
  audience: [],
  frequency: "weekly",
  weekdays: ["wed"],
  startTime: "15:00",
  minutes: "45",
  place: "",
};

/** A 讲师群 with its chats and when it meets. */
export function GroupForm({ chats, onDone }: { chats: Chats; onDone: () => void }) {
  const { t, i18n } = useTranslation("groups");
  const [draft, setDraft, clear] = useDraft<Draft>("group", empty);
  const [asked, setAsked] = useState(false);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const zh = !i18n.language.startsWith("en");
  const lecturersChat = chats.find(({ id }) => id === draft.chat);
  const others = chats.filter(({ id }) => id !== draft.chat);
  // Named after its chat until told otherwise.
  const name = draft.name || (lecturersChat?.name.replace(/(讲师)?群$/u, "") ?? "");
  const { save, saving, problem } = useSaving(
    (_: void, act) =>
      answer(
        api.groups.$post({
          json: {
            ...draft,
            name,
            minutes: Number(draft.minutes),
            ...(draft.place ? { place: draft.place } : { place: undefined }),
            act,
          },
        }),
      ),
    {
      reads: ["groups", "start", "me"],
      said: t("added", { name }),
      done: () => {
        clear();
        onDone();
      },
    },
  );
  const minutes = Number(draft.minutes);
  const missing = {
    chat: draft.chat === "",
    audience: draft.audience.length === 0,
    minutes: !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440),
  };
  const submit = () => {
    setAsked(true);
    if (!Object.values(missing).some(Boolean)) save();
  };
  const word = (option: { zh: string; en: string }) => (zh ? option.zh : option.en);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={t("chat")} hint={t("chatHint")} error={asked && missing.chat ? t("choose") : null}>
        <select
          className="control"
          value={draft.chat}
          onChange={(event) => change({ chat: event.target.value })}
        >
          <option value="">{t("choose")}</option>
          {chats.map(({ id, name: called }) => (
            <option key={id} value={id}>
              {called}
            </option>
          ))}
        </select>
      </Field>
      {others.length > 0 ? (
        <Choice
          legend={t("audience")}
          options={others.map(({ id, name: called }) => [id, called])}
          chosen={draft.audience}
          most={10}
          onChange={(audience) => change({ audience })}
        />
      ) : (
        <p className="wrong">{t("noOther")}</p>
      )}
      {asked && missing.audience && others.length > 0 && <p className="wrong">{t("choose")}</p>}
      <Field label={t("name")}>
        <input className="control" value={name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field label={t("frequency")}>
        <select
          className="control"
          value={draft.frequency}
          onChange={(event) => change({ frequency: event.target.value as Draft["frequency"] })}
        >
          {groups.fields.frequency.options
            .filter(({ key }) => key !== "custom")
            .map((option) => (
              <option key={option.key} value={option.key}>
                {word(option)}
              </option>
            ))}
        </select>
      </Field>
      <Choice
        legend={t("weekdays")}
        options={groups.fields.weekdays.options.map((option) => [option.key, word(option)])}
        chosen={draft.weekdays}
        most={7}
        onChange={(weekdays) => change({ weekdays })}
      />
      <Field label={t("startTime")}>
        <input
          className="control"
          type="time"
          required
          value={draft.startTime}
          onChange={(event) => change({ startTime: event.target.value })}
        />
      </Field>
      <Field label={t("minutes")} error={asked && missing.minutes ? t("minutesWrong") : null}>
        <input
          className="control"
          inputMode="numeric"
          value={draft.minutes}
          onChange={(event) => change({ minutes: event.target.value })}
        />
      </Field>
      <Field label={t("place")} hint={t("placeHint")}>
        <input
          className="control"
          value={draft.place}
          onChange={(event) => change({ place: event.target.value })}
        />
      </Field>
      <Said problem={problem} />
      <div className="acts">
        <Button theme="solid" htmlType="submit" loading={saving}>
          {t("add")}
        </Button>
        <Button onClick={onDone}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
