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
