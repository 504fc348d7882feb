import type { TableKey } from "#base/index.ts";
import type { Me } from "#server/services/people/who-am-i.ts";
import { lazy, type ScreenCode } from "../lazy.ts";
import Next from "./next/Next.tsx";

/** Who a screen is for; `all` for everybody who may open the sidebar. */
export type ScreenRole = "lecturer" | "manager" | "admin" | "all";

export interface Feature {
  /** Its tab is `common:screen.<id>`. */
  id: string;
  role: ScreenRole;
  /** Texts of `locales/<language>/<namespace>.json`. */
  namespace: string;
  screen: ScreenCode;
  /** Shown only then; absent = always. */
  when?: (me: Me) => boolean;
  /** Selecting a record of these tables in the grid opens this screen, with `record` and `table` in its parameters. */
  records?: readonly TableKey[];
}

const Begin = lazy(() => import("./begin/Begin.tsx"));
const isNew = ({ groups }: Me) => groups.live + groups.trial + groups.paused === 0;

/** The screens in the order of their tabs; one line each. The first of a role is where its people arrive. */
export const features: readonly Feature[] = [
  // Where most people arrive: it comes with the rest, and with its answers (start/early.ts).
  { id: "next", role: "lecturer", namespace: "next", screen: Next },
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
  // Where a new programme begins; with a group there it steps back behind the day's work, and goes once one is live.
  { id: "begin", role: "admin", namespace: "begin", screen: Begin, when: isNew },
  { id: "todo", role: "admin", namespace: "today", screen: lazy(() => import("./today/Today.tsx")) },
  {
    id: "schedule",
    role: "admin",
    namespace: "schedule",
    screen: lazy(() => import("./schedule/Schedule.tsx")),
    records: ["sessions"],
  },
  {
    id: "begin",
    role: "admin",
    namespace: "begin",
    screen: Begin,
    when: (me) => !isNew(me) && me.groups.live === 0,
  },
  {
    id: "lecturers",
    role: "admin",
    namespace: "lecturers",
    screen: lazy(() => import("./lecturers/Lecturers.tsx")),
    records: ["lecturers", "groups"],
  },
  {
    id: "demand",
    role: "admin",
    namespace: "demand",
    screen: lazy(() => import("./demand/Demand.tsx")),
    records: ["topics"],
  },
  {
    id: "rules",
    role: "admin",
    namespace: "rules",
    screen: lazy(() => import("./rules/Rules.tsx")),
    records: ["rules"],
  },
  {
    id: "messages",
    role: "admin",
    namespace: "messages",
    screen: lazy(() => import("./messages/Messages.tsx")),
    records: ["messages"],
  },
  { id: "report", role: "admin", namespace: "report", screen: lazy(() => import("./report/Report.tsx")) },
  {
    id: "settings",
    role: "admin",
    namespace: "settings",
    screen: lazy(() => import("./settings/Settings.tsx")),
  },
  { id: "me", role: "all", namespace: "me", screen: lazy(() => import("./me/Me.tsx")) },
];
