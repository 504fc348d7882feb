import { useTranslation } from "react-i18next";
import type { NextReward } from "#server/services/incentive/next-rewards.ts";
import { answer, api } from "../../api.ts";
import { go } from "../../navigation.ts";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";

/** What may come next, by the lecturer's own standing; an offer made to them comes first, with its answers. */
export function Rewards({ next }: { next: NextReward[] }) {
  const { t } = useTranslation("points");
  return (
    <Section title={t("next")}>
      <ul className="plain lines">
        {next.map((one) => (
          <li key={one.reward + one.condition}>
            <strong>{one.reward}</strong>
            <span>{one.condition}</span>
            <Standing reward={one} />
            {one.offer && <Offer offer={one.offer} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Standing({ reward: { shares, needed, until } }: { reward: NextReward }) {
  const { t } = useTranslation("points");
  const { date } = useFormat();
  if (needed === 0) return null;
  const gap = Math.max(0, needed - shares);
  const values = { shares, count: gap, gap, date: date(until) };
  return <small className="soft">{t(gap > 0 ? "gap" : "enough", values)}</small>;
}

function Offer({ offer }: { offer: string }) {
  const { t } = useTranslation("points");
  const say = useAct(
    (take: boolean) => answer(api.points.offer.$post({ json: { offer, take } })),
    "points",
    "turns",
    "open",
  );
  return (
    <div className="acts">
      <Button theme="solid" disabled={say.isPending} onClick={() => say.mutate(true)}>
        {t("takeOffer")}
      </Button>
      <Button onClick={() => go("preferences")}>{t("otherReward")}</Button>
      <Button disabled={say.isPending} onClick={() => say.mutate(false)}>
        {t("notForMe")}
      </Button>
    </div>
  );
}
