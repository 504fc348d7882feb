import type { Me } from "#server/services/people/who-am-i.ts";
import type { Feature, ScreenRole } from "./features/index.ts";
import { session } from "./storage.ts";

export type Role = Exclude<ScreenRole, "all">;
/** Whoever has several arrives as the first of these. */
const ROLES = ["admin", "lecturer", "manager"] as const satisfies readonly Role[];
const LAST = "lectern.screen";

export interface Screens {
  screens: readonly Feature[];
  roles: readonly Role[];
}

/** The screens of all roles a person has. */
export function screensFor(features: readonly Feature[], me: Me): Screens {
  const screens = features.filter(
    ({ role, when }) => (role === "all" || Boolean(me.roles[role])) && (when?.(me) ?? true),
  );
  return { screens, roles: ROLES.filter((role) => screens.some((screen) => screen.role === role)) };
}

/** The screen that is asked for, else the one of last time, else the first of the first role. */
export function openScreen({ screens, roles }: Screens, asked: string | null = null): { open: Feature } {
  const wanted = asked ?? session.get(LAST);
  const found =
    screens.find(({ id }) => id === wanted) ?? screens.find(({ role }) => role === roles[0]) ?? screens[0]!;
  return { open: found };
}

export const rememberScreen = (id: string): void => session.set(LAST, id);
