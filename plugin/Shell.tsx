import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { features, type Feature } from "./features/index.ts";
import { i18n } from "./language.ts";
import { useMe } from "./me.ts";
import { go, useLocation } from "./navigation.ts";
import { openScreen, rememberScreen, screensFor, type Role } from "./screens.ts";
import { screenShown } from "./start/early.ts";
import { Caught } from "./ui/Caught.tsx";
import { Loading } from "./ui/Loading.tsx";
import { useSelection } from "./use-selection.ts";

/** Roles, tabs, the open screen, and what follows the selection in the grid. */
export function Shell() {
  const me = useMe();
  const all = useMemo(() => screensFor(features, me), [me]);
  const { screens, roles } = all;
  const { open } = openScreen(all, useLocation().screen);
  useEffect(() => rememberScreen(open.id), [open.id]);
  const [role, setRole] = useState<Role | undefined>(roles[0]);
  const shown = open.role === "all" ? role : open.role;
  if (shown !== role) setRole(shown);
  useSelection(screens);
  // The texts of a screen come at the same time as its code.
  void i18n.loadNamespaces(open.namespace);
  const Screen = open.screen;
  return (
    <>
      <TrialBar />
      {roles.length > 1 && (
        <Roles
          roles={roles}
          shown={shown}
          onChoose={(chosen) => go(screens.find((screen) => screen.role === chosen)!.id)}
        />
      )}
      <Tabs screens={screens.filter((one) => one.role === "all" || one.role === shown)} open={open} />
      <Caught key={open.id}>
        <Suspense fallback={<Loading />}>
          <Screen />
          <Shown />
        </Suspense>
      </Caught>
    </>
  );
}

/** Stands beside a screen whose code is there. */
function Shown() {
  useEffect(screenShown, []);
  return null;
}

interface RolesProps {
  roles: readonly Role[];
  shown: Role | undefined;
  onChoose: (role: Role) => void;
}

function Roles({ roles, shown, onChoose }: RolesProps) {
  const { t } = useTranslation("common");
  return (
    <nav className="roles" aria-label={t("roles")}>
      {roles.map((role) => (
        <button
          key={role}
          type="button"
          aria-current={role === shown ? "true" : undefined}
          onClick={() => onChoose(role)}
        >
          {t(`role.${role}`)}
        </button>
      ))}
    </nav>
  );
}

function Tabs({ screens, open }: { screens: readonly Feature[]; open: Feature }) {
  const { t } = useTranslation("common");
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [open.id]);
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
  return <aside className="trial">{t("trial")}</aside>;
}
