import { localDay } from "#domain/time.ts";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import type { SessionView } from "./facts.ts";

/** `2026-12-02 专业知识 · 张三`, marked as long as it lies ahead in a year whose holidays are not announced. */
export function labelOf(ctx: Ctx, { session, group, lecturer }: SessionView): string {
  const zone = group?.timezone ?? ctx.workspace.timezone;
  const day = session.start === undefined ? "" : localDay(session.start, zone);
  const label = [`${day} ${group?.name ?? ""}`.trim(), lecturer?.name].filter(Boolean).join(" · ");
  if (!session.provisional || (session.start ?? 0) <= ctx.now) return label;
  return ctx.settings.language === "zh" ? `${label}（日期待定）` : `${label} (date provisional)`;
}

/** What the server fills in where people leave it empty, or where it follows from other cells; null when all is right. */
export function completion(ctx: Ctx, view: SessionView): Effect | null {
  const { session, lecturer } = view;
  const label = labelOf(ctx, view);
  const account = lecturer?.person;
  const state = session.state ?? (session.lecturer ? "planned" : "open");
  const fields: Record<string, unknown> = {
    ...(label !== "" && label !== session.label ? { label } : {}),
    ...(account !== session.account ? { account: account ?? null } : {}),
    ...(session.minutes === undefined ? { minutes: view.group?.minutes ?? ctx.settings.sessionMinutes } : {}),
    ...(state !== session.state ? { state } : {}),
    // A lecturer put into an open session by hand has a turn like any other.
    ...(session.state === "open" && session.lecturer ? { state: "planned" } : {}),
  };
  if (Object.keys(fields).length === 0) return null;
  return {
    kind: "record.update",
    key: `complete:${session.id}:${session.version}`,
    table: "sessions",
    record: session.id,
    fields,
  };
}
