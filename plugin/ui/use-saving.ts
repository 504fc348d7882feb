import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { readAgain } from "../save-row.ts";
import { notice } from "./notice.tsx";
import { useProblem } from "./use-problem.ts";

interface Options {
  /** Queries that may show something else afterwards. */
  reads: readonly string[];
  done?: () => void;
  /** Said afterwards; 已保存 where nothing else fits. */
  said?: string;
}

/** Saving something a person filled in: one name for the act until it has come through, an honest word about what came of it. */
export function useSaving<I = void>(
  save: (input: I, act: string) => Promise<unknown>,
  { reads, done, said }: Options,
) {
  const { t } = useTranslation("common");
  const words = useProblem();
  const act = useRef(crypto.randomUUID());
  const mutation = useMutation({
    mutationFn: (input: I) => save(input, act.current),
    onSuccess() {
      act.current = crypto.randomUUID();
      notice(said ?? t("saved"));
      readAgain(...reads);
      done?.();
    },
  });
  const problem = mutation.error ? words(mutation.error) : null;
  return { save: mutation.mutate, saving: mutation.isPending, problem };
}
