import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import type { TableKey } from "#base/index.ts";

/** Who a screen is for; `all` for everybody who may open the sidebar. */
export type ScreenRole = "lecturer" | "manager" | "admin" | "all";

export interface Feature {
  /** Its tab is `common:screen.<id>`. */
  id: string;
  role: ScreenRole;
  /** Texts of `locales/<language>/<namespace>.json`. */
  namespace: string;
  screen: LazyExoticComponent<ComponentType>;
  /** Selecting a record of these tables in the grid opens this screen, with `record` and `table` in its parameters. */
  records?: readonly TableKey[];
}

/** The screens in the order of their tabs; one line each. The first of a role is where its people arrive. */
export const features: readonly Feature[] = [
  {
    id: "next",
    role: "lecturer",
    namespace: "next",
    screen: lazy(() => import("./next/Next.tsx")),
  },
  {
    id: "prepare",
    role: "lecturer",
    namespace: "prepare",
    screen: lazy(() => import("./prepare/Prepare.tsx")),
    records: ["sessions", "materials"],
  },
  { id: "echo", role: "lecturer", namespace: "echo", screen: lazy(() => import("./echo/Echo.tsx")) },
  { id: "points", role: "lecturer", namespace: "points", screen: lazy(() => import("./points/Points.tsx")) },
  {
    id: "preferences",
    role: "lecturer",
    namespace: "preferences",
    screen: lazy(() => import("./preferences/Preferences.tsx")),
    records: ["lecturers"],
  },
  { id: "team", role: "manager", namespace: "team", screen: lazy(() => import("./team/Team.tsx")) },
  { id: "care", role: "manager", namespace: "care", screen: lazy(() => import("./care/Care.tsx")) },
  { id: "todo", role: "admin", namespace: "today", screen: lazy(() => import("./today/Today.tsx")) },
  {
    id: "schedule",
    role: "admin",
    namespace: "schedule",
    screen: lazy(() => import("./schedule/Schedule.tsx")),
    records: ["sessions"],
  },
  { id: "me", role: "all", namespace: "me", screen: lazy(() => import("./me/Me.tsx")) },
];
