import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Answered } from "../../ui/Answered.tsx";
import { Empty } from "../../ui/Empty.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { AskedCard } from "./AskedCard.tsx";
import { OpenSlots } from "./OpenSlots.tsx";
import { turnsQuery } from "./queries.ts";
import { TurnCard } from "./TurnCard.tsx";

/** 我的下一场: what colleagues ask, the turns ahead, and sessions one may volunteer for. */
export default function Next() {
  const { t } = useTranslation("next");
  const turns = useQuery(turnsQuery);
  return (
    <Screen title={t("title")}>
      <Answered of={turns}>
        {({ turns: mine, asked, volunteering }) => (
          <>
            {asked.map((one) => (
              <AskedCard key={`${one.kind}:${one.id}`} asked={one} />
            ))}
            {mine.length === 0 && <Empty>{t(volunteering ? "none" : "noneNow")}</Empty>}
            {mine.map((turn, n) => (
              <TurnCard key={turn.session} turn={turn} first={n === 0} />
            ))}
            {volunteering && <OpenSlots />}
          </>
        )}
      </Answered>
    </Screen>
  );
}
