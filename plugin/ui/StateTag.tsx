import { useTranslation } from "react-i18next";
import type { TurnState } from "#server/services/turns/my-turns.ts";
import { Tag } from "./Tag.tsx";

/** Colours of texts.md §2.2. */
const COLOURS = {
  open: "grey",
  planned: "grey",
  confirmed: "blue",
  submitted: "teal",
  delivered: "green",
  rated: "green",
  declined: "orange",
  cancelled: "grey",
} as const;

/** The state of a session in its word and colour. */
export function StateTag({ state }: { state: TurnState }) {
  const { t } = useTranslation("common");
  return <Tag colour={COLOURS[state]}>{t(`state.${state}`)}</Tag>;
}
