import { describe, expect, test } from "vitest";
import { at } from "#sandbox/case/dates.ts";
import { check, closedMonths } from "#sandbox/people/checker.ts";
import { Dump } from "#sandbox/people/dump.ts";
import type { Evidence } from "#sandbox/people/evidence.ts";
import { kindOf } from "#sandbox/people/reading.ts";
import { goodWeek } from "./week.ts";

const kinds = [
  ["invite", "邀请"],
  ["reminder", "提前3天提醒"],
  ["announcement", "上传通知(讲师群)"],
  ["day-of", "当天提醒"],
  ["rating", "反馈卡"],
  ["echo", "回响卡"],
  ["report", "月报"],
] as const;

describe("the walk's checker", () => {
  test("finds nothing wrong with a week in which everything happened once", () => {
    for (const tally of check(goodWeek())) {
      expect({
        name: tally.name,
        missing: tally.missing,
        doubled: tally.doubled,
        unexpected: tally.unexpected,
      }).toEqual({
        name: tally.name,
        missing: [],
        doubled: [],
        unexpected: [],
      });
    }
    const counts = Object.fromEntries(check(goodWeek()).map((tally) => [tally.name, tally.actual]));
    expect(counts).toMatchObject({ 邀请: 4, 提前3天提醒: 3, 当天提醒: 4, 反馈卡: 24, 回响卡: 4, 月报: 1 });
  });

  test.each(kinds)("a missing %s is found", (kind, name) => {
    const evidence = goodWeek();
    const index = evidence.views.findIndex((view) => kindOf(view) === kind);
    evidence.views.splice(index, 1);
    const tally = check(evidence).find((entry) => entry.name === name);
    expect(tally?.missing).toHaveLength(1);
  });

  test.each(kinds)("a doubled %s is found", (kind, name) => {
    const evidence = goodWeek();
    const view = evidence.views.find((entry) => kindOf(entry) === kind);
    if (view)
      evidence.views.push({
        ...view,
        n: 9999,
        message_id: "om_again",
        create_time: view.create_time + 60_000,
      });
    const tally = check(evidence).find((entry) => entry.name === name);
    expect(tally?.doubled).toHaveLength(1);
  });

  test("a card that changes its face is not a second card", () => {
    const evidence = goodWeek();
    const view = evidence.views.find((entry) => kindOf(entry) === "day-of");
    if (view) evidence.views.push({ ...view, n: 9999, update_time: view.update_time + 60_000 });
    expect(check(evidence).flatMap((tally) => tally.doubled)).toEqual([]);
  });

  test("an upload that was taken back need not be announced", () => {
    const evidence = goodWeek();
    const upload = evidence.acts.find((act) => act.intent.do === "upload");
    if (!upload || upload.intent.do !== "upload") throw new Error("no upload in the good week");
    const title = upload.intent.title;
    evidence.views = evidence.views.filter(
      (view) => !(kindOf(view) === "announcement" && view.title?.includes(title)),
    );
    expect(check(evidence).find((tally) => tally.name === "上传通知(学员群)")?.missing).toHaveLength(1);
    evidence.acts.push({
      ...upload,
      at: upload.at + 60_000,
      intent: { do: "press", message: "om_0", card: "uploaded", words: ["撤回"], about: {} },
    });
    expect(check(evidence).find((tally) => tally.name === "上传通知(学员群)")?.missing).toEqual([]);
  });

  test("entries of the ledger are compared with the sessions that were held", () => {
    const evidence: Evidence = { ...goodWeek(), end: at("2027-01-08", "09:00") };
    const entries = evidence.acts.flatMap((act) =>
      act.intent.do === "press" && act.intent.card === "invite" ? [act] : [],
    );
    const rows = entries.map((act, index) => ({
      record_id: `rec${index}`,
      fields: {
        类型: "发放",
        积分: 0.5,
        账号: [{ id: act.who }],
        分享: `${new Date((act.intent.do === "press" ? (act.intent.about.start ?? 0) : 0) + 8 * 3_600_000).toISOString().slice(0, 10)} x`,
      },
    }));
    const ledgerOf = (records: typeof rows) =>
      check({
        ...evidence,
        admin: new Dump({ tables: [{ table_id: "t", name: "积分流水", records }] }),
      }).find((tally) => tally.name === "积分入账");
    expect(ledgerOf(rows)).toMatchObject({ missing: [], doubled: [] });
    expect(ledgerOf(rows.slice(1))?.missing).toHaveLength(1);
    expect(ledgerOf([...rows, ...rows.slice(0, 1)])?.doubled).toHaveLength(1);
  });

  test("a month is closed on the third workday of the next, at ten", () => {
    const live = at("2026-11-30", "08:00");
    expect(closedMonths({ live, end: at("2027-01-06", "10:00") }, 3, "10:00")).toEqual(["2026-11"]);
    expect(closedMonths({ live, end: at("2027-01-06", "10:01") }, 3, "10:00")).toEqual([
      "2026-11",
      "2026-12",
    ]);
  });
});
