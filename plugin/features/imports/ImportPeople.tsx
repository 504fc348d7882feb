import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../../ui/Choice.tsx";
import { FromChat } from "./FromChat.tsx";
import { FromSheet } from "./FromSheet.tsx";

type Way = "chat" | "lecturers" | "sessions" | "ratings" | "baseline";
const ways: readonly Way[] = ["chat", "lecturers", "sessions", "ratings", "baseline"];

/** Brings in people and the past: from a chat's members, or from a spreadsheet. Nobody is told. */
export function ImportPeople({ only = ways }: { only?: readonly Way[] }) {
  const { t } = useTranslation("imports");
  const [way, setWay] = useState<Way>(only[0] ?? "chat");
  return (
    <div className="form">
      <Choice
        legend={t("what")}
        options={only.map((one) => [one, t(`way.${one}`)])}
        chosen={[way]}
        onChange={([one]) => one && setWay(one)}
      />
      {way === "chat" ? <FromChat /> : <FromSheet key={way} kind={way} />}
    </div>
  );
}
