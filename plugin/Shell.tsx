import { Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { features, type Feature, type ScreenRole } from "./features/index.ts";
import { i18n } from "./language.ts";
import { useMe } from "./me.ts";
import { go, useLocation } from "./navigation.ts";
import { session } from "./storage.ts";
import { Caught } from "./ui/Caught.tsx";
import { Loading } from "./ui/Loading.tsx";
import { useSelection } from "./use-selection.ts";

type Role = Exclude<ScreenRole, "all">;
/** Whoever has several arrives as the first of these. */
const ROLES = ["admin", "lecturer", "manager"] as const satisfies readonly Role[];
const LAST = "lectern.screen";

/** The screens of all roles a person has. */
function useScreens(): { screens: readonly Feature[]; roles: readonly Role[] } {
  const me = useMe();
  const screens = features.filter(
    ({ role, when }) => (role === "all" || Boolean(me.roles[role])) && (when?.(me) ?? true),
  );
  const mine = ROLES.filter((role) => screens.some((screen) => screen.role === role));
  return { screens, roles: mine };
}

/** The screen of the address, else the one of last time, else the first of the first role. */
function useOpen(screens: readonly Feature[], roles: readonly Role[]): Feature {
  const { screen } = useLocation();
  const wanted = screen ?? session.get(LAST);
  const open =
    screens.find(({ id }) => id === wanted) ?? screens.find(({ role }) => role === roles[0]) ?? screens[0]!;
  useEffect(() => session.set(LAST, open.id), [open.id]);
  return open;
}

/** Roles, tabs, the open screen, and what follows the selection in the grid. */
export function Shell() {
  const { screens, roles } = useScreens();
  const open = useOpen(screens, roles);
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
        </Suspense>
      </Caught>
    </>
  );
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
