import { useTranslation } from "react-i18next";
import type { ScheduleEntry } from "#server/services/schedule/entries.ts";
import { Tag } from "../../ui/Tag.tsx";

/** Colours of texts.md §2.2. */
const COLOURS = {
  open: "orange",
  planned: "grey",
  confirmed: "blue",
  submitted: "teal",
  delivered: "green",
  rated: "green",
  cancelled: "grey",
  declined: "orange",
} as const;

type Shown = keyof typeof COLOURS;

/** A turn that was declined looks for somebody else; that is what an admin wants to see. */
export const shownState = ({ state, change }: ScheduleEntry): Shown =>
  change === "declined" && state === "planned" ? "declined" : state;

/** The state in its word and colour. */
export function StateTag({ entry }: { entry: ScheduleEntry }) {
  const { t } = useTranslation("schedule");
  const state = shownState(entry);
  return (
    <Tag colour={COLOURS[state]} struck={state === "cancelled"}>
      {t(`state.${state}`)}
    </Tag>
  );
}
