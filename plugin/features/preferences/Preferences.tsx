import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Expertise } from "./Expertise.tsx";
import { Motivation } from "./Motivation.tsx";
import { Shown } from "./Shown.tsx";
import { Times } from "./Times.tsx";
import { Wanted } from "./Wanted.tsx";

/** 我的偏好: when, how often, what about, what makes it worthwhile, what may be shown of me, and what one wants to hear. */
export default function Preferences() {
  const { t } = useTranslation("preferences");
  const mine = useQuery({ queryKey: ["preferences"], queryFn: () => answer(api.preferences.$get()) });
  return (
    <Screen title={t("title")}>
      <Answered of={mine}>
        {(preferences) => (
          <>
            <Times preferences={preferences} />
            <Expertise preferences={preferences} />
            <Motivation preferences={preferences} />
            <Shown preferences={preferences} />
            <Wanted preferences={preferences} />
          </>
        )}
      </Answered>
    </Screen>
  );
}
