import { at, dateOf, isWorkday, MINUTE, plusDays, plusWorkdays } from "../case/dates.ts";
import { GROUPS } from "../case/org.ts";
import { careExpected } from "./care.ts";
import { type Evidence, ofKind } from "./evidence.ts";
import { dayIn, groupIn, type Message, startIn, timeIn, titleIn } from "./reading.ts";
import { checkIns, held, ratingsGiven, type CheckIn } from "./happened.ts";
import { type Tally, tally } from "./tally.ts";
import { cadence, type Turn, turnsAt } from "./turns.ts";
import { nextSending } from "./windows.ts";

/** What had to happen, by what people did and saw; what did; where the two part. Pure: evidence in, tallies out. */
export function check(evidence: Evidence): Tally[] {
  return [
    invites(evidence),
    followUps(evidence),
    reminders(evidence),
    announcements(evidence, "lecturers"),
    announcements(evidence, "learners"),
    dayOf(evidence),
    ratingCards(evidence),
    echoes(evidence),
    releasedRatings(evidence),
    ledger(evidence),
    careNotes(evidence),
    reports(evidence),
  ];
}

const name = (evidence: Evidence, who: string) =>
  evidence.company.org.people.find((person) => person.open_id === who)?.name ?? who;
const key = (evidence: Evidence, who: string, start: number) => `${dateOf(start)} ${name(evidence, who)}`;

/**
 * Every meeting of the cadence has an invitation, and nobody is asked twice for the same one. Where a lecturer moved, swapped
 * or stepped in, their yes was given on another card.
 */
function invites(evidence: Evidence): Tally {
  const actual = ofKind(evidence, "invite").flatMap((message) => {
    const start = startIn(message);
    return start === null || start > evidence.end
      ? []
      : [
          {
            slot: slotOf(message, start),
            text: `${slotOf(message, start)} ${name(evidence, message.to[0] ?? "")}`,
          },
        ];
  });
  // Two workdays pass between going live and the first meeting that can still be planned.
  const first = at(plusWorkdays(dateOf(evidence.live), 2));
  const required = cadence(first, evidence.end)
    .filter(
      (slot) => !isOpen(evidence, slot.group, slot.start) && !isChanged(evidence, slot.group, slot.start),
    )
    .map((slot) => `${dateOf(slot.start)} ${slot.group}`)
    .flatMap((slot) => {
      const own = actual.filter((entry) => entry.slot === slot).map((entry) => entry.text);
      return own.length > 0 ? own : [`${slot} nobody`];
    });
  return tally(
    "邀请",
    required,
    actual.map((entry) => entry.text),
    actual.map((entry) => entry.text),
  );
}

function slotOf(message: Message, start: number): string {
  const group = groupIn(message, GROUPS) ?? cadence(start, start)[0]?.group ?? "";
  return `${dateOf(start)} ${group}`;
}

/** Nobody was free: the table says so openly, and the admins have it as a to-do. */
function isOpen(evidence: Evidence, group: string, start: number): boolean {
  return ["待安排", "已取消"].includes(cellAt(evidence, group, start, "状态"));
}

function isChanged(evidence: Evidence, group: string, start: number): boolean {
  return ["已改期", "已换班", "已替补"].includes(cellAt(evidence, group, start, "变更"));
}

/** A cell of the session that stands at this time in the table; "" without one. */
function cellAt(evidence: Evidence, group: string, start: number, field: string): string {
  const dump = evidence.shared;
  const row = dump
    ?.rows("分享")
    .find(
      (entry) =>
        Number(entry.fields["开始"]) === start && dump.linked(entry.fields["讲师群"]).includes(group),
    );
  return row && dump ? dump.text(row.fields[field]) : "";
}

/** At most two follow-ups a turn; how many are due depends on the answer, so none is required here. */
function followUps(evidence: Evidence): Tally {
  const counts = new Map<string, number>();
  const actual = ofKind(evidence, "follow-up").map((message) => {
    const turn = `${startIn(message) ?? ""} ${message.to[0] ?? ""}`;
    counts.set(turn, (counts.get(turn) ?? 0) + 1);
    return key(evidence, message.to[0] ?? "", startIn(message) ?? 0);
  });
  const result = tally("跟进", [], actual, actual);
  return {
    ...result,
    doubled: result.doubled.filter((entry) => actual.filter((other) => other === entry).length > 2),
  };
}

/** Three workdays before, half past nine: one reminder to whoever has the turn then. */
function reminders(evidence: Evidence): Tally {
  const moment = (turn: { start: number }) => at(plusWorkdays(dateOf(turn.start), -3), "09:30");
  const inTime = (when: number) => when > evidence.live && when < evidence.end;
  const due = cadence(evidence.live, evidence.end + 14 * 86_400_000).filter((slot) => inTime(moment(slot)));
  const turns = due.flatMap((slot) =>
    turnsAt(evidence, moment(slot)).filter(
      (turn) => turn.start === slot.start && turn.group === slot.group && turn.since < moment(slot),
    ),
  );
  const actual = ofKind(evidence, "reminder").map(
    (message) => `${dayIn(message) ?? "?"} ${name(evidence, message.to[0] ?? "")}`,
  );
  return tally(
    "提前3天提醒",
    turns.filter((turn) => !excused(evidence, turn)).map((turn) => key(evidence, turn.lecturer, turn.start)),
    actual,
    actual,
  );
}

/** The turn's lecturer has left or is on leave that day, or the session was cancelled: whether a card still came is chance. */
function excused(evidence: Evidence, turn: Turn): boolean {
  const away = evidence.acts.some(
    ({ who, intent, result }) =>
      who === turn.lecturer &&
      result === "done" &&
      (intent.do === "resign" ||
        (intent.do === "leave" && intent.from <= turn.start && turn.start < intent.to)),
  );
  const leave = evidence.company.calendar.leave.some(
    (entry) => entry.open_id === turn.lecturer && entry.from <= turn.start && turn.start < entry.to,
  );
  const answering = evidence.acts.some(
    ({ who, intent }) =>
      who === turn.lecturer &&
      intent.do === "press" &&
      ["dates", "reasons"].includes(intent.card) &&
      intent.about.start === turn.start,
  );
  return away || leave || answering || isOpen(evidence, turn.group, turn.start);
}

/** An upload is told in each of the two chats once, if a sending window opens before the session. */
function announcements(evidence: Evidence, audience: "lecturers" | "learners"): Tally {
  const chats = new Map(
    evidence.company.chats
      .filter((chat) => chat.audience === audience)
      .map((chat) => [chat.chat_id, chat.group]),
  );
  const uploads = evidence.acts.flatMap((act) =>
    act.intent.do === "upload" && act.result === "done"
      ? [{ ...act.intent.about, at: act.at, who: act.who }]
      : [],
  );
  const keys = uploads.map((upload) => ({ ...upload, text: `${upload.group} 《${upload.title}》` }));
  const required = keys.filter(
    (upload) =>
      nextSending(upload.at + 6 * MINUTE) < Math.min(upload.start ?? 0, evidence.end) &&
      upload.at > evidence.live &&
      !undone(evidence, upload),
  );
  const actual = ofKind(evidence, "announcement").flatMap((message) => {
    const group = chats.get(message.chat_id);
    return group ? [`${group} 《${titleIn(message) ?? ""}》`] : [];
  });
  return tally(
    audience === "lecturers" ? "上传通知(讲师群)" : "上传通知(学员群)",
    required.map((entry) => entry.text),
    actual,
    keys.map((entry) => entry.text),
  );
}

function undone(
  evidence: Evidence,
  upload: { who: string; at: number; group?: string; start?: number },
): boolean {
  const withdrawn = evidence.acts.some(
    (act) =>
      act.who === upload.who &&
      act.intent.do === "press" &&
      act.intent.words[0] === "撤回" &&
      act.at >= upload.at &&
      act.at < upload.at + 10 * MINUTE,
  );
  return withdrawn || isOpen(evidence, upload.group ?? "", upload.start ?? 0);
}

/** One card in the learners' chat on the day of every session that has a lecturer in the morning. */
function dayOf(evidence: Evidence): Tally {
  const chats = new Map(
    evidence.company.chats
      .filter((chat) => chat.audience === "learners")
      .map((chat) => [chat.chat_id, chat.group]),
  );
  const actual = ofKind(evidence, "day-of").flatMap((message) => {
    const group = chats.get(message.chat_id);
    return group ? [`${dateOf(dayStart(message))} ${group}`] : [];
  });
  const required = cadence(evidence.live, evidence.end - 60 * MINUTE)
    .filter((slot) => at(dateOf(slot.start), "09:30") > evidence.live)
    .filter((slot) => !isOpen(evidence, slot.group, slot.start))
    .filter((slot) =>
      turnsAt(evidence, at(dateOf(slot.start), "09:00")).some(
        (turn) => turn.start === slot.start && turn.group === slot.group && !excused(evidence, turn),
      ),
    )
    .map((slot) => `${dateOf(slot.start)} ${slot.group}`);
  return tally("当天提醒", required, actual, actual);
}

function dayStart(message: Message): number {
  const time = timeIn([message.title ?? "", ...message.texts].join("\n"));
  return startIn(message) ?? at(dateOf(message.create_time), time ?? "15:00");
}

/** Five minutes after the end, one rating card to each who checked in. */
function ratingCards(evidence: Evidence): Tally {
  const text = (who: string, title: string, time: number) =>
    `${dateOf(time)} ${name(evidence, who)} 《${title}》`;
  const due = checkIns(evidence.acts).filter((entry) => entry.start + 51 * MINUTE < evidence.end);
  const actual = ofKind(evidence, "rating").map((message) =>
    text(message.to[0] ?? "", titleIn(message) ?? "", message.create_time),
  );
  const arrived = new Set(actual);
  const expected = due.map((entry) => {
    const texts = titlesOf(evidence, entry).map((title) => text(entry.who, title, entry.start));
    return texts.find((one) => arrived.has(one)) ?? texts[0]!;
  });
  return tally("反馈卡", expected, actual, actual);
}

/** What the check-in card called a session, and what its record says: a title may come while that card stands. */
function titlesOf(evidence: Evidence, entry: CheckIn): string[] {
  return [entry.title, cellAt(evidence, entry.group, entry.start, "标题")];
}

/** One card to the lecturer at ten on the next workday, unless the lecturer has left the company by then. */
function echoes(evidence: Evidence): Tally {
  const moment = (start: number) => at(plusWorkdays(dateOf(start), 1), "10:30");
  const gone = (who: string, when: number) =>
    evidence.acts.some((act) => act.who === who && act.intent.do === "resign" && act.at < when);
  const due = held(evidence).filter((entry) => {
    const when = moment(entry.start);
    return !entry.byWord && entry.lecturer !== "" && when < evidence.end && !gone(entry.lecturer, when);
  });
  const actual = ofKind(evidence, "echo").map(
    (message) => `${name(evidence, message.to[0] ?? "")} 《${titleIn(message) ?? ""}》`,
  );
  const arrived = new Set(actual);
  const expected = due.map((entry) => {
    const texts = titlesOf(evidence, entry).map((title) => `${name(evidence, entry.lecturer)} 《${title}》`);
    return texts.find((one) => arrived.has(one)) ?? texts[0]!;
  });
  return tally("回响卡", expected, actual, actual);
}

/**
 * Ratings come out in batches of five and more, late ones by threes, the rest waits for the lecturer's next session. So per
 * lecturer at most 4 may wait, and 2 for each session of the last week.
 */
function releasedRatings(evidence: Evidence): Tally {
  const sessions = held(evidence);
  const lecturerAt = (start: number, who: string) =>
    sessions.find(
      (entry) =>
        entry.start === start &&
        evidence.acts.some(
          (act) =>
            act.who === who &&
            act.intent.do === "check in" &&
            act.intent.about.group === entry.group &&
            act.intent.about.start === start,
        ),
    )?.lecturer ?? "";
  const given = new Map<string, number>();
  for (const entry of ratingsGiven(evidence.acts)) {
    if (at(plusWorkdays(dateOf(entry.start), 5)) > evidence.end) continue;
    const lecturer = lecturerAt(entry.start, entry.who);
    if (lecturer !== "") given.set(lecturer, (given.get(lecturer) ?? 0) + 1);
  }
  const total = [...given.values()].reduce((sum, count) => sum + count, 0);
  const must = [...given.values()].reduce((sum, count) => sum + Math.max(0, count - 6), 0);
  const all = ratingsGiven(evidence.acts, true).length;
  const rows = evidence.shared?.rows("评分") ?? [];
  const ownSessions = new Set(
    (evidence.shared?.rows("分享") ?? [])
      .filter((row) => Number(row.fields["开始"]) >= evidence.live)
      .map((row) => row.record_id),
  );
  const out = rows.filter(
    (row) =>
      row.fields["评分"] !== undefined &&
      evidence.shared?.linkIds(row.fields["分享"]).some((id) => ownSessions.has(id)),
  ).length;
  return {
    name: "已公开的评分",
    expected: total,
    actual: out,
    missing: out < must ? [`${must - out} ratings still sealed that could be out`] : [],
    doubled: out > all ? [`${out - all} more than were given`] : [],
    unexpected: [],
  };
}

/** Months whose close (third workday of the next, 10:00) lies before the end. */
export function closedMonths(evidence: Pick<Evidence, "live" | "end">, day: number, time: string): string[] {
  const months: string[] = [];
  for (let month = dateOf(evidence.live).slice(0, 7); ; month = nextMonth(month)) {
    const first = `${nextMonth(month)}-01`;
    const closing = at(nthWorkday(first, day), time);
    if (closing >= evidence.end) return months;
    months.push(month);
  }
}

function nextMonth(month: string): string {
  return plusDays(`${month}-28`, 4).slice(0, 7);
}

function nthWorkday(first: string, n: number): string {
  return isWorkday(first) ? (n === 1 ? first : plusWorkdays(first, n - 1)) : plusWorkdays(first, n);
}

/** Half a point for each session held in a closed month, two a month at most. */
function ledger(evidence: Evidence): Tally {
  const months = new Set(closedMonths(evidence, 3, "10:30"));
  const shares = held(evidence).filter(
    (entry) => entry.lecturer !== "" && months.has(dateOf(entry.start).slice(0, 7)),
  );
  const count = new Map<string, number>();
  const capped = shares.filter((entry) => {
    const own = `${entry.lecturer}|${dateOf(entry.start).slice(0, 7)}`;
    count.set(own, (count.get(own) ?? 0) + 1);
    return (count.get(own) ?? 0) <= 2;
  });
  const dump = evidence.admin;
  const rows = dump?.rows("积分流水") ?? [];
  const actual = rows.flatMap((row) => {
    const session = dump?.text(row.fields["分享"]) ?? "";
    const grants = dump?.text(row.fields["类型"]) === "发放" && session !== "";
    return grants && Number(dump?.text(row.fields["积分"])) === 0.5
      ? [`${session.slice(0, 10)} ${name(evidence, dump?.people(row.fields["账号"])[0] ?? "")}`]
      : [];
  });
  return tally(
    "积分入账",
    capped.map((entry) => key(evidence, entry.lecturer, entry.start)),
    actual,
    shares.map((entry) => key(evidence, entry.lecturer, entry.start)),
  );
}

function careNotes(evidence: Evidence): Tally {
  const cards = ofKind(evidence, "care");
  const lecturers = evidence.company.org.people.filter((person) => person.role === "lecturer");
  const actual = cards.map(
    (message) => lecturers.find((person) => (message.title ?? "").includes(person.name))?.name ?? "?",
  );
  const expected = careExpected(evidence);
  const result = tally("关怀提醒", expected, actual, expected);
  // A note left untouched is repeated once: only a third card about the same person is a double.
  return {
    ...result,
    doubled: result.doubled.filter((entry) => actual.filter((other) => other === entry).length > 2),
  };
}

function reports(evidence: Evidence): Tally {
  const actual = ofKind(evidence, "report").map((message) => ({
    month: monthOf(message),
    text: `${monthOf(message)} ${name(evidence, message.to[0] ?? "")}`,
  }));
  const required = closedMonths(evidence, 1, "10:30").flatMap((month) => {
    const own = actual.filter((entry) => entry.month === month).map((entry) => entry.text);
    return own.length > 0 ? own : [`${month} nobody`];
  });
  return tally(
    "月报",
    required,
    actual.map((entry) => entry.text),
    actual.map((entry) => entry.text),
  );
}

function monthOf(message: Message): string {
  const found = /(\d{4})年(\d{1,2})月/.exec([message.title ?? "", ...message.texts].join("\n"));
  return found ? `${found[1]}-${(found[2] ?? "").padStart(2, "0")}` : "?";
}
