import { useTranslation } from "react-i18next";
import { useMe } from "../../me.ts";
import { signOut } from "../../start/sign-in.ts";
import { Button } from "../../ui/Button.ts";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";

/** Who is signed in, and as what; the way out. */
export default function Me() {
  const { t } = useTranslation(["me", "common"]);
  const { name, roles, workspace, groups } = useMe();
  const mine = (["lecturer", "manager", "admin"] as const).filter((role) => Boolean(roles[role]));
  return (
    <Screen title={name}>
      <Section title={t("roles")}>
        <ul className="plain">
          {mine.map((role) => (
            <li key={role}>{t(`common:role.${role}`)}</li>
          ))}
        </ul>
      </Section>
      <Section title={t("base")}>
        <p>{t("zone", { zone: workspace.timezone })}</p>
        <p>{t("groups", groups)}</p>
      </Section>
      <Button onClick={() => void signOut()}>{t("signOut")}</Button>
    </Screen>
  );
}
