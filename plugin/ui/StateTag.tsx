import { Tag } from "@douyinfe/semi-ui";
import { useTranslation } from "react-i18next";
import type { TurnState } from "#server/services/turns/my-turns.ts";

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

/** The state of a session in its word and colour; the word alone says it all. */
export function StateTag({ state }: { state: TurnState }) {
  const { t } = useTranslation("common");
  return (
    <Tag color={COLOURS[state]} size="small">
      {t(`state.${state}`)}
    </Tag>
  );
}
