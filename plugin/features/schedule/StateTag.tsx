import { Tag } from "@douyinfe/semi-ui";
import { useTranslation } from "react-i18next";
import type { ScheduleEntry } from "#server/services/schedule/entries.ts";

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

/** The state in its word and colour; the word alone says it all. */
export function StateTag({ entry }: { entry: ScheduleEntry }) {
  const { t } = useTranslation("schedule");
  const state = shownState(entry);
  return (
    <Tag color={COLOURS[state]} size="small" className={state === "cancelled" ? "struck" : undefined}>
      {t(`state.${state}`)}
    </Tag>
  );
}
