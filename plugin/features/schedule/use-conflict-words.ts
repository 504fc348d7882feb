import { useTranslation } from "react-i18next";
import type { Conflict } from "#server/services/schedule/conflicts.ts";
import { useFormat } from "../../ui/format.ts";

/** A conflict in words, with the other session it is about. */
export function useConflictWords(): (conflict: Conflict) => string {
  const { t } = useTranslation("schedule");
  const { date } = useFormat();
  return ({ kind, other }) =>
    other && ["taken", "day", "gap"].includes(kind)
      ? t(`conflictWith.${kind}`, { name: other.name, date: date(other.start) })
      : t(`conflict.${kind}`);
}

const FINAL: readonly Conflict["kind"][] = ["past", "taken", "blocked"];
/** What no admin can overrule; everything else is for them to weigh. */
export const isFinal = (conflicts: readonly Conflict[]): boolean =>
  conflicts.some(({ kind }) => FINAL.includes(kind));
