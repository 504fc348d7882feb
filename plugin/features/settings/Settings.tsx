import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SettingView } from "#server/services/settings/list-settings.ts";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Field } from "../../ui/Field.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { Admins } from "./Admins.tsx";
import { Setting } from "./Setting.tsx";

/** 设置: every value with what it means; and who runs the programme. */
export default function Settings() {
  const { t } = useTranslation("settings");
  const settings = useQuery({
    queryKey: ["settings"],
    queryFn: () => answer(api.settings.$get()),
    refetchInterval: ({ state: { data } }) => (data?.some(({ pending }) => pending) ? 2000 : false),
  });
  return (
    <Screen title={t("title")}>
      <Admins />
      <Answered of={settings}>{(all) => <Found all={all} />}</Answered>
    </Screen>
  );
}

function Found({ all }: { all: readonly SettingView[] }) {
  const { t } = useTranslation("settings");
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const found = all.filter(
    ({ meaning, key }) => wanted === "" || `${meaning} ${key}`.toLowerCase().includes(wanted),
  );
  const sections = [...new Set(found.map(({ section }) => section))];
  return (
    <Section title={t("values")}>
      <Field label={t("search")}>
        <input
          className="control"
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </Field>
      {found.length === 0 && <p className="soft">{t("nothing")}</p>}
      {sections.map((section) => {
        const own = found.filter((one) => one.section === section);
        const changed = own.filter(({ value, standard }) => value !== standard).length;
        return (
          <details key={section} className="more" open={wanted !== ""}>
            <summary>
              {t(`section.${section}`)}
              {changed > 0 && <span className="soft small"> {t("changed", { count: changed })}</span>}
            </summary>
            <ul className="plain lines">
              {own.map((setting) => (
                <Setting key={setting.key} setting={setting} />
              ))}
            </ul>
          </details>
        );
      })}
    </Section>
  );
}
