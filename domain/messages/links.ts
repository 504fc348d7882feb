import type { TemplateId } from "./templates.ts";

/** The ids a card may carry; which one its page is found by depends on the message. */
export interface LinkIds {
  session?: string;
  ask?: string;
  swap?: string;
  care?: string;
  awardId?: string;
  offerId?: string;
  survey?: string;
  period?: string;
  path?: string;
  todo?: string;
}

/** Pages under `/m` that do not hang on one record. */
export const pages = {
  how: "/m/how",
  preference: "/m/preference",
  points: "/m/points",
  todo: "/m/todo",
  groups: "/m/groups",
  team: "/m/team",
  echoes: "/m/echo",
  definitions: "/m/definitions",
} as const;

const fixed: Partial<Record<TemplateId, string>> = {
  preference: pages.preference,
  "preference.second": pages.preference,
  "points.corrected": pages.points,
  thanks: pages.echoes,
  echo: pages.echoes,
  "echo.waiting": pages.echoes,
  "echo.quiet": pages.echoes,
  "admin.daily": pages.todo,
  "admin.urgent": pages.todo,
  "schedule.ready": pages.todo,
  "group.ready": pages.groups,
  "first.lecturers": pages.preference,
  "first.managers": pages.team,
  "manager.monthly": pages.team,
};

/** The page that shows the same matter as the card and always works (texts.md rule 8); a path with leading slash. */
export function pagePath(template: TemplateId, ids: LinkIds): string {
  const page = fixed[template];
  if (page !== undefined) return page;
  if (ids.path !== undefined && /^\/m(\/|$)/.test(ids.path)) return ids.path;
  if (ids.swap !== undefined) return `/m/swap/${encodeURIComponent(ids.swap)}`;
  if (ids.care !== undefined) return `/m/care/${encodeURIComponent(ids.care)}`;
  if (ids.awardId !== undefined) return `/m/award/${encodeURIComponent(ids.awardId)}`;
  if (ids.offerId !== undefined) return `/m/offer/${encodeURIComponent(ids.offerId)}`;
  if (ids.survey !== undefined) return `/m/survey/${encodeURIComponent(ids.survey)}`;
  if (ids.session !== undefined) return `/m/session/${encodeURIComponent(ids.session)}`;
  if (ids.period !== undefined) return `/m/report/${encodeURIComponent(ids.period)}`;
  return "/m";
}
