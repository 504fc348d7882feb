import { useTranslation } from "react-i18next";

interface Rights {
  name: string | null;
  app: boolean;
  person: boolean;
  others: number;
  next: string | null;
}

/** What was found of one of the two Bases, and what is still to do there. */
export function Checked({ which, rights }: { which: "shared" | "admin"; rights: Rights }) {
  const { t } = useTranslation("setup");
  const { name, next, others } = rights;
  return (
    <div aria-live="polite">
      <p>
        <strong>{t(`short.${which}`)}</strong> {name ?? t("unknown")}
      </p>
      {next ? <p className="wrong">{next}</p> : <p className="soft">{t("good")}</p>}
      {which === "admin" && next === null && others > 0 && (
        <p className="wrong">{t("readers", { count: others })}</p>
      )}
    </div>
  );
}
