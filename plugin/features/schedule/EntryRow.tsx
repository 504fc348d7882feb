import { useTranslation } from "react-i18next";
import type { ScheduleEntry } from "#server/services/schedule/entries.ts";
import { go } from "../../navigation.ts";
import { useFormat } from "../../ui/format.ts";
import { StateTag } from "./StateTag.tsx";

/** Their tag says more than that content is there. */
const TOLD_BY_STATE: ReadonlySet<ScheduleEntry["state"]> = new Set(["submitted", "delivered", "rated"]);

interface Props {
  entry: ScheduleEntry;
  /** In bulk editing: whether it is chosen, and the tick. */
  chosen?: boolean;
  onChoose?: (chosen: boolean) => void;
}

/** One session of the list: when, who, what, and how it stands. Opens on its own. */
export function EntryRow({ entry, chosen, onChoose }: Props) {
  const { t } = useTranslation("schedule");
  const { when } = useFormat();
  const who = entry.lecturerName ?? t("nobody");
  const title = when(entry.start, entry.minutes);
  return (
    <li className={entry.state === "cancelled" ? "entry faded" : "entry"}>
      {onChoose && (
        <input
          type="checkbox"
          checked={chosen ?? false}
          onChange={(event) => onChoose(event.target.checked)}
          aria-label={t("choose", { what: `${title} ${who}` })}
        />
      )}
      <button
        type="button"
        className="entry-open"
        onClick={() => go("schedule", { table: "sessions", record: entry.session })}
      >
        <span className="entry-when">{title}</span>
        <span className="entry-who">
          {who}
          {entry.subject && <span className="soft"> {t("about", { subject: entry.subject })}</span>}
        </span>
        <span className="soft small">
          {[
            entry.groupName,
            entry.pinned ? t("pinned") : null,
            entry.ready && !TOLD_BY_STATE.has(entry.state) ? t("ready") : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </button>
      <StateTag entry={entry} />
    </li>
  );
}
