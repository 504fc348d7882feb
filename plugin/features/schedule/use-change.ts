import { useTranslation } from "react-i18next";
import type { ChangeResult } from "#server/services/sessions/change-result.ts";
import { useMe } from "../../me.ts";
import { useAct } from "../../ui/use-act.ts";

/** A change of a session by its admin: what stood against it is said, and what was seen is read anew. */
export function useChange<I = void>(call: (input: I) => Promise<ChangeResult>) {
  const { t, i18n } = useTranslation("schedule");
  const { language } = useMe().workspace;
  const own = i18n.language.startsWith("zh") ? ("zh" as const) : ("en" as const);
  return useAct(
    async (input: I) => {
      const came = await call(input);
      if (came.state === "done") return { ok: true, text: came.text, language };
      return { ok: false, text: t(`refusedChange.${came.state}`), language: own };
    },
    "schedule",
    "session",
    "today",
    "targets",
  );
}
