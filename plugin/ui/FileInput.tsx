import { useTranslation } from "react-i18next";

interface Props {
  /** What is chosen, by name. */
  name: string | null;
  accept?: string;
  onChoose: (file: File | null) => void;
  /** From Field. */
  id?: string;
}

/** The browser's own file control under a button in the reader's language: its words follow the browser, not the Base. */
export function FileInput({ name, accept, onChoose, ...field }: Props) {
  const { t } = useTranslation("common");
  return (
    <div className="file">
      <span className="file-button" aria-hidden="true">
        {t("chooseFile")}
      </span>
      <span className={name ? "" : "soft"} aria-hidden="true">
        {name ?? t("noFile")}
      </span>
      <input
        {...field}
        type="file"
        {...(accept ? { accept } : {})}
        onChange={(event) => onChoose(event.target.files?.[0] ?? null)}
      />
    </div>
  );
}
