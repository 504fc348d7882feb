import { useTranslation } from "react-i18next";
import { CallError } from "../api.ts";
import { HostError } from "../bitable.ts";

/** Says in words what went wrong, and what to do next where that is known. */
export function useProblem(): (error: unknown) => { message: string; next: string | null } {
  const { t } = useTranslation("common");
  return (error) => {
    if (error instanceof CallError) return { message: error.message, next: error.next };
    if (error instanceof HostError) return { message: t(`host.${error.problem}`), next: null };
    return { message: t("broken"), next: null };
  };
}
