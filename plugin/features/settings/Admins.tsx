import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { useMe } from "../../me.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { Said } from "../../ui/Said.tsx";
import { Section } from "../../ui/Section.tsx";
import { useSaving } from "../../ui/use-saving.ts";

/** Who runs the programme: they get its to-dos, see what is private, and change rules. */
export function Admins() {
  const { t } = useTranslation("settings");
  const { person } = useMe();
  const admins = useQuery({ queryKey: ["admins"], queryFn: () => answer(api.settings.admins.$get()) });
  const { save, saving, problem } = useSaving(
    (change: { person: string; to: "add" | "remove" }) => answer(api.settings.admins.$post({ json: change })),
    { reads: ["admins"] },
  );
  return (
    <Section title={t("admins")}>
      <p className="soft">{t("adminsText")}</p>
      <Answered of={admins}>
        {(found) => (
          <>
            <ul className="plain lines">
              {found.admins.map((one) => (
                <li key={one.person}>
                  <span className="row">
                    <span>
                      {one.name}
                      {one.person === person && <span className="soft"> {t("you")}</span>}
                    </span>
                    {one.person !== person && (
                      <Button
                        size="small"
                        loading={saving}
                        aria-label={t("removeWho", { name: one.name })}
                        onClick={() => save({ person: one.person, to: "remove" })}
                      >
                        {t("remove")}
                      </Button>
                    )}
                  </span>
                </li>
              ))}
            </ul>
            {found.others.length > 0 && (
              <Field label={t("addAdmin")} hint={t("addHint")}>
                <select
                  className="control"
                  value=""
                  disabled={saving}
                  onChange={(event) => event.target.value && save({ person: event.target.value, to: "add" })}
                >
                  <option value="">{t("choose")}</option>
                  {found.others.map((one) => (
                    <option key={one.person} value={one.person}>
                      {one.name}
                    </option>
                  ))}
                </select>
              </Field>
            )}
          </>
        )}
      </Answered>
      <Said problem={problem} />
    </Section>
  );
}
