import { describe, expect, test } from "vitest";
import { at, dateOf, MINUTE, weekday } from "#sandbox/case/dates.ts";
import { company } from "#sandbox/case/generate.ts";
import { Agenda } from "#sandbox/people/acts.ts";
import { Memory } from "#sandbox/people/memory.ts";
import { awake } from "#sandbox/people/profile.ts";
import { react } from "#sandbox/people/react.ts";
import type { Message } from "#sandbox/people/reading.ts";
import type { Draft } from "#sandbox/people/scene.ts";

const of = company(1);
const lecturers = of.org.people.filter((person) => person.role === "lecturer");
const SENT = at("2026-11-30", "09:00");
let n = 0;

function card(to: string[], title: string, buttons: string[], more: Partial<Message> = {}): Message {
  n += 1;
  return {
    n,
    message_id: `om_${n}`,
    chat_id: `oc_${n}`,
    p2p: true,
    to,
    create_time: SENT,
    update_time: SENT,
    title,
    texts: [title],
    buttons: buttons.map((text) => ({ text, callback: true })),
    inputs: [],
    sender: { kind: "app" },
    deleted: false,
    ...more,
  };
}

const invite = (who: string, day: number) =>
  card([who], `下周(12月${day}日)15:00–15:45,想请您来分享`, ["可以,我来讲", "换个时间", "这次不行"]);

function reactions(messages: Message[], memory = new Memory(of)): Draft[] {
  return messages.flatMap((message) => {
    memory.see(message);
    return react(memory, message, SENT);
  });
}

/** What was planned, without the ids of the messages that led to it. */
const essence = (drafts: Draft[]) =>
  drafts
    .map(
      ({ at: time, who, intent }) =>
        `${who} ${time} ${intent.do} ${"words" in intent ? intent.words.join() : ""}`,
    )
    .sort();

describe("how people react to cards", () => {
  test("the same cards read in another order, under other ids, lead to the same acts", () => {
    const make = () =>
      lecturers.flatMap((person, index) => [
        invite(person.open_id, 7 + (index % 5)),
        invite(person.open_id, 14 + (index % 5)),
      ]);
    expect(essence(reactions(make().toReversed()))).toEqual(essence(reactions(make())));
  });

  test("most invitations are accepted, some declined, moved, answered in the calendar or left lying", () => {
    const cards = lecturers.flatMap((person) =>
      [7, 8, 9, 10, 11, 14, 15, 16, 17, 18].map((day) => invite(person.open_id, day)),
    );
    const drafts = reactions(cards);
    const share = (fits: (draft: Draft) => boolean) => drafts.filter(fits).length / cards.length;
    const word = (text: string) => share(({ intent }) => intent.do === "press" && intent.words[0] === text);
    expect(word("可以,我来讲")).toBeGreaterThan(0.55);
    expect(word("这次不行")).toBeGreaterThan(0.03);
    expect(word("换个时间")).toBeGreaterThan(0.03);
    expect(share(({ intent }) => intent.do === "rsvp")).toBeGreaterThan(0.04);
    const answered = new Set(
      drafts
        .filter(({ intent }) => intent.do !== "upload")
        .map((draft) => `${draft.who} ${JSON.stringify(draft.intent)}`),
    );
    expect(answered.size / cards.length).toBeGreaterThan(0.8);
    expect(answered.size / cards.length).toBeLessThan(0.98);
  });

  test("李建国, who is falling silent, declines every invitation", () => {
    const fading = lecturers.find((person) => person.name === "李建国");
    const drafts = reactions([8, 15, 22].map((day) => invite(fading?.open_id ?? "", day)));
    expect(drafts.map(({ intent }) => intent.do === "press" && intent.words[0])).toEqual([
      "这次不行",
      "这次不行",
      "这次不行",
    ]);
  });

  test("nobody reacts to a trial's copy, nor twice to a card that only changed its text", () => {
    const memory = new Memory(of);
    const message = invite(lecturers[1]?.open_id ?? "", 9);
    expect(reactions([{ ...message, texts: ["试运行:本应发给张三", ...message.texts] }])).toEqual([]);
    expect(memory.see(message)).toBe(true);
    expect(memory.see({ ...message, n: 99, texts: [...message.texts, "一行新字"] })).toBe(false);
    expect(
      memory.see({
        ...message,
        n: 100,
        buttons: [{ text: "出差/见客户", callback: true }],
        title: "请选一个原因",
      }),
    ).toBe(true);
  });

  test("some of a chat's learners come and check in around the start", () => {
    const chat = of.chats.find((entry) => entry.audience === "learners" && entry.group === "专业知识");
    const start = at("2026-12-02", "15:00");
    const sent = { p2p: false, chat_id: chat?.chat_id ?? "", create_time: at("2026-12-02", "09:30") };
    const drafts = reactions([
      card([], "今天 15:00,张三讲《一张图看懂型号》", ["进入会议", "有事来不了"], sent),
    ]);
    const checks = drafts.filter(({ intent }) => intent.do === "check in");
    expect(checks.length).toBeGreaterThan(8);
    expect(checks.length).toBeLessThan(40);
    for (const draft of checks) {
      expect(Math.abs(draft.at - start)).toBeLessThan(15 * MINUTE);
      expect(draft.intent).toMatchObject({ about: { start, group: "专业知识", title: "一张图看懂型号" } });
    }
  });

  test("people answer in their waking hours of workdays", () => {
    expect(awake(at("2026-12-04", "21:00"))).toBe(at("2026-12-07", "09:05"));
    expect(awake(at("2026-12-31", "20:30"))).toBe(at("2027-01-04", "09:05"));
    for (const draft of reactions(lecturers.map((person) => invite(person.open_id, 9)))) {
      expect(weekday(dateOf(draft.at))).toBeLessThanOrEqual(5);
    }
  });
});

describe("the agenda", () => {
  test("gives plans in order of time, equal times in order of key, each key once", () => {
    const agenda = new Agenda();
    const plan = (time: number, key: string) =>
      agenda.add({ at: time, who: "x", key, intent: { do: "resign" } });
    plan(5, "b");
    plan(3, "c");
    plan(5, "a");
    plan(1, "c");
    expect(agenda.nextDue()).toBe(3);
    expect(agenda.take(2)).toBeUndefined();
    expect([agenda.take(9)?.key, agenda.take(9)?.key, agenda.take(9)?.key, agenda.take(9)]).toEqual([
      "c",
      "a",
      "b",
      undefined,
    ]);
  });
});
