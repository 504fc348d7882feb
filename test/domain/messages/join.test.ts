import { describe, expect, it } from "vitest";
import { defaultSettings } from "#base/defaults/settings.ts";
import { isNews, mayLead, waitForMore, type News } from "#domain/messages/join.ts";

const at = (text: string) => Date.parse(`${text}:00+08:00`);
const now = at("2026-12-01T10:00");
const settings = defaultSettings();
const change = (...dates: string[]): News => ({
  template: "changed",
  to: { person: "ou_l" },
  dates: dates.map(at),
});

describe("several things for one person within ten minutes", () => {
  it("waits ten minutes with a change that is far enough away, as the setting says", () => {
    expect(waitForMore(change("2026-12-03T15:00"), now, settings)).toBe(10 * 60_000);
    expect(waitForMore(change("2026-12-03T15:00"), now, { ...settings, mergeMinutes: 0 })).toBe(0);
  });

  it("never waits with what is close at hand, before or after the change", () => {
    expect(waitForMore(change("2026-12-01T15:00"), now, settings)).toBe(0);
    expect(waitForMore(change("2026-12-01T15:00", "2026-12-09T15:00"), now, settings)).toBe(0);
    expect(waitForMore(change("2026-12-09T15:00", "2026-12-01T21:00"), now, settings)).toBe(0);
    expect(waitForMore(change("2026-12-01T22:00"), now, settings)).toBe(0);
    expect(waitForMore(change("2026-12-01T22:01"), now, settings)).toBeGreaterThan(0);
  });

  it("joins no chat, and nothing that asks or answers", () => {
    expect(isNews({ ...change("2026-12-03T15:00"), to: { chat: "oc" } }, now, settings)).toBe(false);
    expect(isNews({ ...change("2026-12-03T15:00"), template: "invite" }, now, settings)).toBe(false);
    expect(isNews({ ...change("2026-12-03T15:00"), template: "outline.ready" }, now, settings)).toBe(false);
  });

  it("stands below a question, never below a form or an answer to a press", () => {
    expect(mayLead("invite")).toBe(true);
    expect(mayLead("substitute.ask")).toBe(true);
    for (const id of ["rate", "thanks", "uploaded", "survey", "changed"] as const)
      expect(mayLead(id)).toBe(false);
  });
});
