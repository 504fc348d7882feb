import { useState } from "react";
import { useTranslation } from "react-i18next";
import { settingDefinitions } from "#base/defaults/setting-list.ts";
import type { SettingView } from "#server/services/settings/list-settings.ts";
import { answer, api } from "../../api.ts";
import { namedBase } from "../../send.ts";
import { useMe } from "../../me.ts";
import { saveRow } from "../../save-row.ts";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { Said } from "../../ui/Said.tsx";
import { useSaving } from "../../ui/use-saving.ts";

/** One value: checked while one types by the very definition the server reads it with. */
export function Setting({ setting }: { setting: SettingView }) {
  const { t, i18n } = useTranslation("settings");
  const { workspace } = useMe();
  const { key, value, standard, record } = setting;
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const good = text.trim() === "" || settingDefinitions[key].type.safeParse(text.trim()).success;
  const { save, saving, problem } = useSaving(
    async (next: string, act) => {
      // With the row at hand it is written there; a row that is missing is the server's to make.
      if (record !== null && workspace.admin === namedBase())
        return saveRow(workspace, { table: "settings", record, fields: { value: next }, act });
      return answer(api.settings.$post({ json: { key, value: next, act } }));
    },
    { reads: ["settings"], done: () => setTyped(null) },
  );
  const expects = settingDefinitions[key].expects;
  const wanted = i18n.language.startsWith("en") ? expects.en : expects.zh;
  return (
    <li>
      <Field
        label={setting.meaning}
        error={good ? setting.problem : t("expects", { what: wanted })}
        hint={value === standard ? undefined : t("standard", { value: standard || t("empty") })}
      >
        <input className="control" value={text} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <Said problem={problem} />
      {(typed !== null && typed !== value) || value !== standard ? (
        <div className="acts">
          {typed !== null && typed !== value && (
            <>
              <Button
                size="small"
                theme="solid"
                loading={saving}
                disabled={!good}
                onClick={() => save(text.trim())}
              >
                {t("save")}
              </Button>
              <Button size="small" onClick={() => setTyped(null)}>
                {t("cancel")}
              </Button>
            </>
          )}
          {value !== standard && typed === null && (
            <Button size="small" loading={saving} onClick={() => save(standard)}>
              {t("restore")}
            </Button>
          )}
        </div>
      ) : null}
    </li>
  );
}
