import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { weekdays, type DayPart, type WeekdayKey, type WindowKey } from "#base/options.ts";

const DAYS = Object.keys(weekdays) as WeekdayKey[];
const PARTS: DayPart[] = ["am", "pm", "eve"];

interface Props {
  chosen: readonly WindowKey[];
  hours: Record<DayPart, { from: string; to: string }>;
  onChange: (chosen: WindowKey[]) => void;
}

/** The week as 7 × 3 boxes; none ticked means any time. */
export function WeekGrid({ chosen, hours, onChange }: Props) {
  const { t } = useTranslation("preferences");
  const toggle = (key: WindowKey) =>
    onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <>
      <strong>{t("week")}</strong>
      <div className="week">
        <span />
        {PARTS.map((part) => (
          <span key={part}>
            {t(`part.${part}`)}
            <small className="soft">
              {short(hours[part].from)}–{short(hours[part].to)}
            </small>
          </span>
        ))}
        {DAYS.map((day) => (
          <Fragment key={day}>
            <span aria-hidden="true">{t(`day.${day}`)}</span>
            {PARTS.map((part) => (
              <label key={part}>
                <input
                  type="checkbox"
                  checked={chosen.includes(`${day}-${part}`)}
                  onChange={() => toggle(`${day}-${part}`)}
                />
                <span className="unseen">
                  {t(`day.${day}`)} {t(`part.${part}`)}
                </span>
              </label>
            ))}
          </Fragment>
        ))}
      </div>
    </>
  );
}

/** `09:00` → `9`, `13:30` → `13:30`: three of them stand side by side on 280 px. */
const short = (time: string) => time.replace(/^0/, "").replace(/:00$/, "");
