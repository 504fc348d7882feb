import { useTranslation } from "react-i18next";

/** Shown after a moment only: most answers are there before (style.css). */
export function Loading() {
  const { t } = useTranslation("common");
  return (
    <output className="loading">
      <span className="loading-bar" aria-hidden="true" />
      <span className="unseen">{t("loading")}</span>
    </output>
  );
}
