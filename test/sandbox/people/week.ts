import { at, dateOf, MINUTE, plusWorkdays } from "#sandbox/case/dates.ts";
import { company } from "#sandbox/case/generate.ts";
import type { Act, Intent } from "#sandbox/people/acts.ts";
import type { Evidence } from "#sandbox/people/evidence.ts";
import type { Message } from "#sandbox/people/reading.ts";
import { cadence } from "#sandbox/people/turns.ts";

const LIVE = at("2026-11-30", "08:00");
const END = at("2026-12-07", "12:00");

/** A small log in which everything happened as it should: one week, one lecturer a session, six learners each. */
export function goodWeek(): Evidence {
  const of = company(1);
  const people = (role: string) => of.org.people.filter((person) => person.role === role);
  const evidence: Evidence = {
    company: of,
    live: LIVE,
    end: END,
    acts: [],
    views: [],
    shared: null,
    admin: null,
  };
  const card = (
    to: string[],
    chat: string | null,
    time: number,
    title: string,
    texts: string[],
    buttons: string[],
  ) => {
    evidence.views.push(view(evidence.views.length + 1, to, chat, time, title, texts, buttons));
  };
  const act = (time: number, who: string, intent: Intent, reply = "") =>
    evidence.acts.push({ at: time, who, intent, result: "done", reply } satisfies Act);
  const first = at(plusWorkdays(dateOf(LIVE), 2));
  cadence(first, END).forEach(({ group, start }, index) => {
    const lecturer = people("lecturer").filter((person) => person.groups.includes(group))[index + 2];
    if (!lecturer) throw new Error("too few lecturers");
    const who = lecturer.open_id;
    const title = `第${index + 1}讲`;
    const day = `${Number(dateOf(start).slice(5, 7))}月${Number(dateOf(start).slice(8))}日`;
    const time = group === "专业知识" ? "15:00" : "16:00";
    const chat = (audience: string) =>
      of.chats.find((entry) => entry.group === group && entry.audience === audience)?.chat_id ?? "";
    card(
      [who],
      null,
      LIVE + 3_600_000,
      `周X(${day})${time}–15:45,想请您来分享`,
      [`「${group}」轮到您`],
      ["可以,我来讲", "换个时间", "这次不行"],
    );
    act(LIVE + 7_200_000, who, {
      do: "press",
      message: `om_${evidence.views.length}`,
      card: "invite",
      words: ["可以"],
      about: { start, group },
    });
    const reminded = at(plusWorkdays(dateOf(start), -3), "09:30");
    if (reminded > LIVE)
      card(
        [who],
        null,
        reminded,
        `您(${day})需分享,素材帮您找好了`,
        [],
        ["用模板开始", "上传材料", "换主题"],
      );
    const uploaded = at(plusWorkdays(dateOf(start), -1), "14:00");
    act(uploaded, who, { do: "upload", how: "file", title, topic: "", about: { start, group, title } });
    for (const audience of ["lecturers", "learners"])
      card([], chat(audience), uploaded + 5 * MINUTE, `《${title}》可以提前看了`, [], ["先看看"]);
    if (start > END) return;
    card(
      [],
      chat("learners"),
      at(dateOf(start), "09:30"),
      `今天 ${time},${lecturer.name}讲《${title}》`,
      [],
      ["签到"],
    );
    for (const learner of people("learner").slice(0, 6)) {
      act(
        start - MINUTE,
        learner.open_id,
        { do: "check in", chat: chat("learners"), until: start, about: { start, group, title } },
        "已签到,欢迎!",
      );
      card(
        [learner.open_id],
        null,
        start + 50 * MINUTE,
        `《${title}》对你有用吗?`,
        [],
        ["5 很有用", "4 有用"],
      );
    }
    const echo = at(plusWorkdays(dateOf(start), 1), "10:00");
    if (echo < END)
      card(
        [who],
        null,
        echo,
        `${lecturer.name},大家听进去了`,
        [`6 位同事来听了《${title}》`],
        ["看全部回响", "谢谢大家"],
      );
  });
  card([of.admin], null, at("2026-12-01", "10:00"), "2026年11月内训月报:与上月基本持平", [], ["看月报"]);
  return evidence;
}

function view(
  n: number,
  to: string[],
  chat: string | null,
  time: number,
  title: string,
  texts: string[],
  buttons: string[],
): Message {
  return {
    n,
    message_id: `om_${n}`,
    chat_id: chat ?? `oc_p2p_${to[0] ?? ""}`,
    p2p: chat === null,
    to,
    create_time: time,
    update_time: time,
    title,
    color: "blue",
    texts: [title, ...texts],
    buttons: buttons.map((text) => ({ text, callback: true })),
    inputs: [],
    sender: { kind: "app" },
    deleted: false,
  };
}
