import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { openUrl } from "../bitable.ts";
import { SERVER } from "../server.ts";
import { Loading } from "../ui/Loading.tsx";
import { SignIn } from "./SignIn.tsx";
import { StartScreen } from "./StartScreen.tsx";
import type { Start as State } from "./use-start.ts";

const SetUp = lazy(() => import("../features/setup/SetUp.tsx"));

/** Everything before the sidebar can work: what is missing, and the one thing to do about it. */
export function Start({ at }: { at: Exclude<State["at"], "ready"> }) {
  const { t } = useTranslation("start");
  const client = useQueryClient();
  if (at === "waiting") return <Loading />;
  if (at === "signedOut") return <SignIn />;
  if (at === "notSetUp")
    return (
      <Suspense fallback={<Loading />}>
        <SetUp />
      </Suspense>
    );
  const act = {
    outside: () => window.location.assign(`${SERVER}/m`),
    silent: () => window.location.reload(),
    noServer: () => void client.refetchQueries(),
    noPermission: () => openUrl(`${SERVER}/m`),
  }[at];
  return (
    <StartScreen title={t(`${at}.title`)} action={{ label: t(`${at}.act`), onClick: act }}>
      <p>{t(`${at}.text`)}</p>
    </StartScreen>
  );
}
