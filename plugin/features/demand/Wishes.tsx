import { useTranslation } from "react-i18next";
import type { Wish } from "#server/services/demand/overview.ts";
import { useFormat } from "../../ui/format.ts";

/** What was asked, in the learners' words; who asked is not said. */
export function Wishes({ wishes }: { wishes: readonly Wish[] }) {
  const { t } = useTranslation("demand");
  const format = useFormat();
  return (
    <ul className="plain lines scroll">
      {wishes.map((wish) => (
        <li key={wish.id}>
          <span>{wish.text}</span>
          <span className="soft small">
            {[
              wish.at === null ? null : format.date(wish.at),
              wish.source === null ? null : t(`source.${wish.source}`),
              wish.state === "asked" ? null : t(`state.${wish.state}`),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
