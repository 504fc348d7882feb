import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PatchOf } from "#base/index.ts";
import { writeRecord } from "../../records.ts";
import { notice } from "../../ui/notice.tsx";
import { refresh } from "../../ui/use-act.ts";
import { useProblem } from "../../ui/use-problem.ts";

/** Writes into the lecturer's own row of 讲师, by their own hand; planning reads it from there. */
export function useOwnRow(record: string) {
  const { t } = useTranslation("preferences");
  const problem = useProblem();
  return useMutation({
    mutationFn: (values: PatchOf<"lecturers">) => writeRecord("lecturers", record, values),
    onSuccess: () => {
      notice(t("saved"));
      refresh("preferences", "open");
    },
    onError: (error) => notice(problem(error).message, "failed"),
  });
}
