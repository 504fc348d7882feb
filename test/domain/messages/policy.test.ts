import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { defaultSettings } from "#base/defaults/settings.ts";
import { decide, lateUntil } from "#domain/messages/policy.ts";
import type { SendFacts, SendRequest, SentCounts } from "#domain/messages/policy-types.ts";

const zone = "Asia/Shanghai";
const at = (iso: string) => DateTime.fromISO(iso, { zone }).toMillis();
// 2026-11-30 is a Monday; the Thursday is a holiday and the Saturday a workday in exchange.
const workdayOf = (ms: number) => {
  const day = DateTime.fromMillis(ms, { zone });
  if (day.toISODate() === "2026-12-03") return false;
  return day.toISODate() === "2026-12-05" || day.weekday <= 5;
};
const none: SentCounts = { today: 0, week: 0, session: 0, followUps: 0, careThisWeek: 0 };
const far = at("2027-06-01T00:00");

function ask(
  now: string,
  request: Partial<SendRequest> = {},
  facts: Partial<Omit<SendFacts, "sent">> & { sent?: Partial<SentCounts> } = {},
) {
  return decide(
    {
      template: "invite",
      to: { person: "ou_l" },
      kind: "lecturer",
      about: "recS",
      useUntil: far,
      ...request,
    },
    {
      now: at(now),
      zone,
      workdayOf,
      mode: "live",
      admins: ["ou_a", "ou_b"],
      settings: defaultSettings(),
      ...facts,
      sent: { ...none, ...facts.sent },
    },
  );
}
const sent = (now: string) => ({ action: "send", at: at(now), to: { person: "ou_l" } });
const defer = (to: string) => ({ action: "defer", at: at(to) });
const drop = (why: string) => ({ action: "drop", why });

describe("sending windows", () => {
  it.each([
    ["2026-12-01T08:59:59.999", defer("2026-12-01T09:00")],
    ["2026-12-01T09:00", sent("2026-12-01T09:00")],
    ["2026-12-01T11:59:59.999", sent("2026-12-01T11:59:59.999")],
    ["2026-12-01T12:00", defer("2026-12-01T13:30")],
    ["2026-12-01T13:29:59.999", defer("2026-12-01T13:30")],
    ["2026-12-01T13:30", sent("2026-12-01T13:30")],
    ["2026-12-01T18:29:59.999", sent("2026-12-01T18:29:59.999")],
    ["2026-12-01T18:30", defer("2026-12-02T09:00")],
    ["2026-12-02T20:00", defer("2026-12-04T09:00")],
    ["2026-12-03T10:00", defer("2026-12-04T09:00")],
    ["2026-12-05T10:00", sent("2026-12-05T10:00")],
    ["2026-12-06T10:00", defer("2026-12-07T09:00")],
    ["2026-12-12T00:00", defer("2026-12-14T09:00")],
  ])("at %s", (now, decision) => expect(ask(now)).toEqual(decision));

  it("waits for notBefore, then for a window", () => {
    expect(ask("2026-12-01T10:00", { notBefore: at("2026-12-01T11:00") })).toEqual(defer("2026-12-01T11:00"));
    expect(ask("2026-12-01T10:00", { notBefore: at("2026-12-01T12:30") })).toEqual(defer("2026-12-01T13:30"));
  });

  it("drops what has no purpose by the time it could go", () => {
    expect(ask("2026-12-01T10:00", { useUntil: at("2026-12-01T09:59") })).toEqual(drop("too-late"));
    expect(ask("2026-12-01T10:00", { useUntil: at("2026-12-01T10:00") })).toEqual(sent("2026-12-01T10:00"));
    expect(ask("2026-12-01T20:00", { useUntil: at("2026-12-02T08:59") })).toEqual(drop("too-late"));
    expect(ask("2026-12-01T20:00", { useUntil: at("2026-12-02T09:00") })).toEqual(defer("2026-12-02T09:00"));
  });

  it("reads the recipient's zone", () => {
    expect(ask("2026-12-01T10:00", {}, { zone: "Europe/Berlin" })).toEqual({
      action: "defer",
      at: Date.parse("2026-12-01T09:00:00+01:00"),
    });
  });

  it("never sends what is not exempt outside a window, and never defers into the past or a closed hour", () => {
    const instants = fc.integer({ min: at("2026-11-30"), max: at("2027-01-30") });
    fc.assert(
      fc.property(instants, (now) => {
        const decision = ask(new Date(now).toISOString());
        const when = decision.action === "send" || decision.action === "defer" ? decision.at : 0;
        const minute = DateTime.fromMillis(when, { zone });
        const clock = minute.toFormat("HH:mm");
        expect(when).toBeGreaterThanOrEqual(now);
        expect(workdayOf(when)).toBe(true);
        expect((clock >= "09:00" && clock < "12:00") || (clock >= "13:30" && clock < "18:30")).toBe(true);
        expect(decision.action).toBe(when === now ? "send" : "defer");
      }),
    );
  });
});

describe("what may leave the windows", () => {
  it.each(["check-in", "rating", "on-request"] as const)("%s at any hour", (exempt) => {
    for (const now of ["2026-12-01T12:30", "2026-12-01T23:00", "2026-12-06T03:00"])
      expect(ask(now, { exempt })).toEqual(sent(now));
  });

  it.each([
    // Session on Wednesday 09:00: within 12 h from Tuesday 21:00 on.
    ["2026-12-01T20:59", "2026-12-02T09:00", defer("2026-12-02T08:00")],
    ["2026-12-02T07:59", "2026-12-02T09:00", defer("2026-12-02T08:00")],
    ["2026-12-02T08:00", "2026-12-02T09:00", sent("2026-12-02T08:00")],
    // Session on Wednesday 08:30, told on Tuesday: the last chance is 20:30–21:00.
    ["2026-12-01T20:00", "2026-12-02T08:30", defer("2026-12-01T20:30")],
    ["2026-12-01T20:59:59", "2026-12-02T08:30", sent("2026-12-01T20:59:59")],
    ["2026-12-01T21:00", "2026-12-02T08:30", defer("2026-12-02T08:00")],
    ["2026-12-01T12:30", "2026-12-01T15:00", sent("2026-12-01T12:30")],
    // More than 12 h away: an ordinary message.
    ["2026-12-01T12:30", "2026-12-04T15:00", defer("2026-12-01T13:30")],
    // On a free day, too.
    ["2026-12-06T10:00", "2026-12-06T14:00", sent("2026-12-06T10:00")],
  ])("a change told at %s of a session at %s", (now, startsAt, decision) =>
    expect(ask(now, { template: "changed", exempt: "change-soon", startsAt: at(startsAt) })).toEqual(
      decision,
    ),
  );
});

describe("limits", () => {
  it("gives a lecturer one direct message a day, besides the day of the own session", () => {
    expect(ask("2026-12-01T10:00", {}, { sent: { today: 1 } })).toEqual(defer("2026-12-02T09:00"));
    expect(ask("2026-12-02T10:00", {}, { sent: { today: 1 } })).toEqual(defer("2026-12-04T09:00"));
    expect(ask("2026-12-01T10:00", {}, { sent: { today: 3 }, ownSessionToday: true })).toEqual(
      sent("2026-12-01T10:00"),
    );
    expect(ask("2026-12-01T10:00", { exempt: "on-request" }, { sent: { today: 3 } })).toEqual(
      sent("2026-12-01T10:00"),
    );
    expect(ask("2026-12-01T10:00", { useUntil: at("2026-12-01T18:00") }, { sent: { today: 1 } })).toEqual(
      drop("day-limit"),
    );
  });

  it("follows up twice a turn", () => {
    expect(ask("2026-12-01T10:00", { template: "confirm.follow" }, { sent: { followUps: 1 } })).toEqual(
      sent("2026-12-01T10:00"),
    );
    expect(ask("2026-12-01T10:00", { template: "confirm.last" }, { sent: { followUps: 2 } })).toEqual(
      drop("follow-up-limit"),
    );
  });

  it("gives a learner one a session and three a week, and always the rating card", () => {
    const learner = { kind: "learner", template: "day-of.direct" } as const;
    expect(ask("2026-12-01T10:00", learner, { sent: { week: 2 } })).toEqual(sent("2026-12-01T10:00"));
    expect(ask("2026-12-01T10:00", learner, { sent: { session: 1 } })).toEqual(drop("session-limit"));
    expect(ask("2026-12-01T10:00", learner, { sent: { week: 3 } })).toEqual(defer("2026-12-07T09:00"));
    expect(
      ask("2026-12-01T10:00", { ...learner, useUntil: at("2026-12-01T15:00") }, { sent: { week: 3 } }),
    ).toEqual(drop("week-limit"));
    expect(
      ask(
        "2026-12-01T15:50",
        { kind: "learner", template: "rate", exempt: "rating" },
        { sent: { week: 3, session: 1 } },
      ),
    ).toEqual(sent("2026-12-01T15:50"));
  });

  it("gives a chat two cards a session, and the one update and changes besides", () => {
    const chat = { kind: "chat", to: { chat: "oc_1" } } as const;
    const to = { action: "send", at: at("2026-12-01T10:00"), to: { chat: "oc_1" } };
    expect(ask("2026-12-01T10:00", { ...chat, template: "day-of" }, { sent: { session: 1 } })).toEqual(to);
    expect(ask("2026-12-01T10:00", { ...chat, template: "day-of" }, { sent: { session: 2 } })).toEqual(
      drop("chat-limit"),
    );
    expect(
      ask("2026-12-01T10:00", { ...chat, template: "announce.update" }, { sent: { session: 2 } }),
    ).toEqual(to);
    expect(ask("2026-12-01T10:00", { ...chat, template: "changed" }, { sent: { session: 2 } })).toEqual(to);
  });

  it("gives a manager one care note a week", () => {
    const care = { kind: "manager", template: "care", about: undefined } as const;
    expect(ask("2026-12-01T10:00", care, { sent: { week: 5 } })).toEqual(sent("2026-12-01T10:00"));
    expect(ask("2026-12-01T10:00", care, { sent: { careThisWeek: 1 } })).toEqual(defer("2026-12-07T09:00"));
    expect(
      ask("2026-12-01T10:00", { ...care, template: "manager.monthly" }, { sent: { careThisWeek: 1 } }),
    ).toEqual(sent("2026-12-01T10:00"));
  });

  it("never sends the same twice, nor what is switched off or not wanted", () => {
    expect(ask("2026-12-01T10:00", {}, { sentBefore: true })).toEqual(drop("sent-before"));
    expect(ask("2026-12-01T10:00", {}, { on: false })).toEqual(drop("switched-off"));
    expect(ask("2026-12-01T10:00", {}, { optedOut: true })).toEqual(drop("opted-out"));
    expect(ask("2026-12-01T10:00", { exempt: "on-request" }, { optedOut: true })).toEqual(
      sent("2026-12-01T10:00"),
    );
  });
});

describe("admins", () => {
  const admin = { kind: "admin", template: "notice", to: { person: "ou_a" } } as const;
  const digest = (due: string) => ({ action: "digest", key: `admin.daily:ou_a:${at(due)}`, at: at(due) });

  it("hear of the rest at 09:10 on workdays", () => {
    expect(ask("2026-12-01T09:10", admin)).toEqual(digest("2026-12-01T09:10"));
    expect(ask("2026-12-01T09:10:00.001", admin)).toEqual(digest("2026-12-02T09:10"));
    expect(ask("2026-12-02T10:00", admin)).toEqual(digest("2026-12-04T09:10"));
  });

  it("hear at once, in the windows, of what happens within 48 h", () => {
    const startsAt = at("2026-12-03T10:00");
    expect(ask("2026-12-01T10:00", { ...admin, startsAt })).toMatchObject({ action: "send" });
    expect(ask("2026-12-01T09:59:59.999", { ...admin, startsAt })).toMatchObject({ action: "digest" });
    expect(ask("2026-12-01T12:30", { ...admin, startsAt })).toEqual(defer("2026-12-01T13:30"));
    expect(ask("2026-12-03T10:00:00.001", { ...admin, startsAt })).toMatchObject({ action: "digest" });
    expect(ask("2026-12-01T10:00", { ...admin, urgent: true })).toMatchObject({ action: "send" });
  });

  it("get the summary and the monthly figures themselves", () => {
    expect(ask("2026-12-01T09:10", { ...admin, template: "admin.daily" })).toMatchObject({ action: "send" });
    expect(ask("2026-12-01T10:00", { ...admin, template: "monthly" })).toMatchObject({ action: "send" });
  });
});

describe("trial and pause", () => {
  it("sends everything to the first admin, marked with its addressee, at the same hours", () => {
    const trial = {
      action: "send",
      at: at("2026-12-01T10:00"),
      to: { person: "ou_a" },
      trialFor: { person: "ou_l" },
    };
    expect(ask("2026-12-01T10:00", {}, { mode: "trial" })).toEqual(trial);
    expect(ask("2026-12-01T12:30", {}, { mode: "trial" })).toEqual(defer("2026-12-01T13:30"));
    expect(ask("2026-12-01T10:00", { kind: "chat", to: { chat: "oc_1" } }, { mode: "trial" })).toEqual({
      ...trial,
      trialFor: { chat: "oc_1" },
    });
    expect(ask("2026-12-01T10:00", { exempt: "rating", kind: "learner" }, { mode: "trial" })).toEqual(trial);
    expect(ask("2026-12-01T10:00", { to: { person: "ou_b" } }, { mode: "trial" })).toEqual({
      action: "send",
      at: at("2026-12-01T10:00"),
      to: { person: "ou_b" },
    });
    expect(ask("2026-12-01T10:00", {}, { mode: "trial", admins: [] })).toEqual(drop("no-admin"));
  });

  it("reaches nobody but an admin in trial", () => {
    const kinds = fc.constantFrom("lecturer", "learner", "manager", "chat" as const);
    const exempts = fc.constantFrom(undefined, "check-in", "rating", "change-soon", "on-request" as const);
    fc.assert(
      fc.property(
        kinds,
        exempts,
        fc.integer({ min: at("2026-11-30"), max: at("2026-12-30") }),
        (kind, exempt, now) => {
          const decision = ask(
            new Date(now).toISOString(),
            {
              kind,
              exempt,
              to: kind === "chat" ? { chat: "oc" } : { person: "ou_x" },
            } as Partial<SendRequest>,
            { mode: "trial" },
          );
          if (decision.action === "send") expect(decision.to).toEqual({ person: "ou_a" });
        },
      ),
    );
  });

  it("sends nothing due during a pause, not later either, but answers who acts", () => {
    expect(ask("2026-12-01T10:00", {}, { mode: "paused" })).toEqual(drop("paused"));
    expect(ask("2026-12-01T20:00", {}, { mode: "paused" })).toEqual(drop("paused"));
    expect(ask("2026-12-01T20:00", { exempt: "on-request" }, { mode: "paused" })).toEqual(
      sent("2026-12-01T20:00"),
    );
  });
});

describe("lateness", () => {
  it("counts lateness from the first instant a message could have gone out", () => {
    const hours = { zone, workdayOf, settings: defaultSettings() };
    expect(lateUntil(at("2026-12-01T10:00"), {}, hours)).toBe(at("2026-12-02T10:00"));
    expect(lateUntil(at("2026-12-02T20:00"), {}, hours)).toBe(at("2026-12-05T09:00"));
    expect(lateUntil(at("2026-12-02T20:00"), { exempt: "rating" }, hours)).toBe(at("2026-12-03T20:00"));
  });
});
