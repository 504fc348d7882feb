import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Outcome } from "#server/routes/api/outcome.ts";
import { queries } from "../queries.ts";
import { notice } from "./notice.tsx";
import { useProblem } from "./use-problem.ts";

/** A change goes through the Base and back: what the server shows follows after a moment. */
const SETTLES_MS = [1500, 5000];

/** Reads again what an act may have changed, now and when it has come through the Base. */
export function refresh(...keys: string[]): void {
  const again = () => {
    for (const key of keys) void queries.invalidateQueries({ queryKey: [key] });
  };
  again();
  for (const ms of SETTLES_MS) setTimeout(again, ms);
}

/** Something a person does: says what came of it, never more, and reads anew what it may have changed. */
export function useAct<I = void>(call: (input: I) => Promise<Outcome>, ...keys: string[]) {
  const { t, i18n } = useTranslation("common");
  const problem = useProblem();
  return useMutation({
    mutationFn: call,
    onSuccess({ ok, text, language }) {
      // The server speaks the workspace's language; who reads another one gets a word of their own.
      const own = text !== "" && i18n.language.startsWith(language);
      notice(own ? text : t(ok ? "settled" : "unchanged"), ok ? "done" : "failed");
      refresh(...keys);
    },
    onError: (error) => notice(problem(error).message, "failed"),
  });
}
