import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { features, type Feature } from "./features/index.ts";
import { i18n } from "./language.ts";
import { useMe } from "./me.ts";
import { go, useLocation } from "./navigation.ts";
import { Caught } from "./ui/Caught.tsx";
import { Loading } from "./ui/Loading.tsx";
import { useSelection } from "./use-selection.ts";

/** The screens a person has, in order. */
function useScreens(): readonly Feature[] {
  const { roles } = useMe();
  return features.filter(({ role }) => role === "all" || Boolean(roles[role]));
}

/** Tabs, the open screen, and what follows the selection in the grid. */
export function Shell() {
  const screens = useScreens();
  const { screen } = useLocation();
  const open = screens.find(({ id }) => id === screen) ?? screens[0]!;
  useSelection(screens);
  // The texts of a screen come at the same time as its code.
  void i18n.loadNamespaces(open.namespace);
  const Screen = open.screen;
  return (
    <>
      <TrialBar />
      <Tabs screens={screens} open={open} />
      <Suspense fallback={<Loading />} key={open.id}>
        <Caught>
          <Screen />
        </Caught>
      </Suspense>
    </>
  );
}

function Tabs({ screens, open }: { screens: readonly Feature[]; open: Feature }) {
  const { t } = useTranslation("common");
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => current.current?.scrollIntoView({ block: "nearest", inline: "nearest" }), [open.id]);
  return (
    <nav className="tabs" aria-label={t("screens")}>
      {screens.map(({ id }) => (
        <button
          key={id}
          type="button"
          ref={id === open.id ? current : undefined}
          aria-current={id === open.id ? "page" : undefined}
          onClick={() => go(id)}
        >
          {t(`screen.${id}`)}
        </button>
      ))}
    </nav>
  );
}

function TrialBar() {
  const { t } = useTranslation("common");
  const { roles, groups } = useMe();
  // Lecturers get no message in trial, so there is nothing to explain to them.
  if (!roles.admin || groups.trial === 0) return null;
  return <p className="trial">{t("trial")}</p>;
}
