import { at as instant, dateOf, MINUTE } from "../case/dates.ts";
import { expertise } from "../case/shared.ts";
import { rating, toneOf, trueMean } from "../case/quality.ts";
import { between, chance, type Key } from "../case/random.ts";
import { SUBJECTS } from "../case/topics.ts";
import { comment, thanks } from "./comments.ts";
import { type Memory, subjectIn, type Talk } from "./memory.ts";
import { awake, BEHAVIOUR, fate, question, traits } from "./profile.ts";
import { type Draft, press, type Scene } from "./scene.ts";
import { button, dateIn, kindOf, type Message, startIn, timeIn, titleIn } from "./reading.ts";

interface ChatScene {
  memory: Memory;
  message: Message;
  now: number;
  key: (who: string) => Key[];
}

/** A card in a chat is read by everybody in it; few of them do anything. */
export function reactInChat(scene: ChatScene): Draft[] {
  const chat = scene.memory.chat(scene.message.chat_id);
  if (!chat || chat.audience !== "learners") return [];
  const learners = chat.members.filter(
    (who) => scene.memory.people.get(who)?.role === "learner" && !scene.memory.gone.has(who),
  );
  const each = (act: (scene: Scene) => Draft[]) =>
    learners.flatMap((who) => act({ ...scene, who, key: scene.key(who) }));
  const kind = kindOf(scene.message);
  if (kind === "announcement") return each((one) => lookAhead(one));
  return kind === "day-of" ? attendance(scene, chat.group, each) : [];
}

function lookAhead(scene: Scene): Draft[] {
  const when = awake(scene.now + between(3, 600, ...scene.key) * MINUTE);
  if (chance(0.01, ...scene.key, "asks") && button(scene.message, "提个问题")) {
    return [
      press(
        scene,
        when,
        ["提个问题"],
        { title: titleIn(scene.message) ?? undefined },
        question(...scene.key),
      ),
    ];
  }
  return chance(0.02, ...scene.key, "calendar") && button(scene.message, "加到日历")
    ? [press(scene, when, ["加到日历"])]
    : [];
}

/** The day's card: who comes is decided in the morning, and whoever comes looks for 签到 around the start. */
function attendance(
  scene: ChatScene,
  group: string,
  each: (act: (scene: Scene) => Draft[]) => Draft[],
): Draft[] {
  const start = startOf(scene.message);
  const title = titleIn(scene.message);
  if (start === null || title === null || scene.now > start + 15 * MINUTE) return [];
  const talk = remember(scene, group, start, title);
  if (fate(scene.memory.seed, group, start) !== "as planned") return [];
  const hot = (SUBJECTS.find((subject) => subject.name === talk.topic)?.weight ?? 0) >= 5;
  return each((one) => {
    const person = one.memory.people.get(one.who);
    if (!person) return [];
    const key: Key[] = [one.memory.seed, one.who, "attends", group, start];
    if (chance(BEHAVIOUR.cannotCome, ...key, "cannot") && button(one.message, "有事来不了")) {
      return [press(one, one.now + between(5, 120, ...key) * MINUTE, ["有事来不了"], { start, group })];
    }
    const likely = BEHAVIOUR.attends * traits(one.memory.seed, person).keen * (hot ? 1.15 : 1);
    if (!chance(likely, ...key) || !chance(BEHAVIOUR.checksIn, ...key, "checks in")) return [];
    const at = Math.max(one.now, start + between(-13 * 60, 9 * 60, ...key, "when") * 1000);
    const intent = {
      do: "check in" as const,
      chat: one.message.chat_id,
      until: start + 15 * MINUTE,
      about: { start, group, title },
    };
    return [{ at, who: one.who, key: `check in|${one.who}|${group}|${start}`, intent }];
  });
}

function startOf(message: Message): number | null {
  const direct = startIn(message);
  if (direct !== null) return direct;
  const text = [message.title ?? "", ...message.texts].join("\n");
  const time = timeIn(text);
  return time ? instant(dateIn(text, message.create_time) ?? dateOf(message.create_time), time) : null;
}

function remember(scene: ChatScene, group: string, start: number, title: string): Talk {
  const text = [scene.message.title ?? "", ...scene.message.texts].join("\n");
  const speaker = [...scene.memory.people.values()].find(
    (person) => person.role === "lecturer" && text.includes(person.name),
  );
  const known = scene.memory.talkAt(group, start);
  const topic =
    known?.topic ||
    SUBJECTS.find((subject) => subject.titles.some((entry) => title.startsWith(entry)))?.name ||
    subjectIn(title)?.name ||
    "";
  const talk: Talk = {
    start,
    group,
    lecturer: speaker?.open_id ?? known?.lecturer ?? "",
    title,
    topic,
    prepared: known?.prepared ?? false,
  };
  scene.memory.note(talk);
  return talk;
}

export function reactAsLearner(scene: Scene): Draft[] {
  const kind = kindOf(scene.message);
  if (kind === "rating" || kind === "rating reminder") return rate(scene);
  if (kind === "write thanks") return writeThanks(scene);
  if (kind === "rated") return addWords(scene);
  if (kind === "used it")
    return chance(0.5, ...scene.key)
      ? [
          press(scene, awake(scene.now + 40 * MINUTE), [
            chance(0.7, ...scene.key, "used") ? "用上了" : "还没机会",
          ]),
        ]
      : [];
  return [];
}

/** What this learner thinks of this talk: the same whenever asked. */
function opinion(scene: Scene): { talk: Talk | null; score: number; title: string } {
  const title = titleIn(scene.memory.first.get(scene.message.message_id) ?? scene.message) ?? "";
  const talk = scene.memory.talk(title, scene.message.create_time);
  const lecturer = talk ? scene.memory.people.get(talk.lecturer) : undefined;
  const subject = SUBJECTS.find((entry) => entry.name === talk?.topic);
  const tags = lecturer ? expertise(scene.memory.seed, scene.memory.company.org, lecturer) : [];
  const occasion = {
    ownField: subject?.tags.some((tag) => tags.includes(tag)) ?? false,
    askedFor: (subject?.weight ?? 0) >= 4,
    prepared: talk?.prepared ?? false,
  };
  const mean = trueMean(scene.memory.seed, lecturer?.name ?? "", occasion);
  return { talk, score: rating(mean, scene.memory.seed, scene.who, title, talk?.start ?? 0), title };
}

const LABELS = ["", "1 没帮助", "2 不太有用", "3 一般", "4 有用", "5 很有用"];

function rate(scene: Scene): Draft[] {
  const { score, talk, title } = opinion(scene);
  const step = scene.memory.steps.get(scene.message.message_id)?.count ?? 1;
  const reminded = kindOf(scene.message) === "rating reminder";
  if (step === 1 && !chance(reminded ? BEHAVIOUR.ratesWhenReminded : BEHAVIOUR.rates, ...scene.key, "rates"))
    return [];
  const minutes = chance(0.8, ...scene.key, "at once")
    ? between(1, 35, ...scene.key)
    : between(60, 1500, ...scene.key);
  const at =
    step > 1
      ? scene.now + 20_000
      : minutes < 60
        ? scene.now + minutes * MINUTE
        : awake(scene.now + minutes * MINUTE);
  return [
    press(scene, at, [LABELS[score] ?? "", String(score)], {
      title,
      score,
      ...(talk ? { start: talk.start, group: talk.group } : {}),
    }),
  ];
}

function addWords(scene: Scene): Draft[] {
  const { talk, score, title } = opinion(scene);
  const step = scene.memory.steps.get(scene.message.message_id)?.count ?? 1;
  const at = scene.now + between(20, 120, ...scene.key) * 1000;
  const about = { title, score, ...(talk ? { start: talk.start, group: talk.group } : {}) };
  if (step <= 2 && chance(BEHAVIOUR.choosesAgain, ...scene.key, "again") && button(scene.message, "重选"))
    return [press(scene, at, ["重选"], about)];
  const thanking = score === 5 && step <= 2 && chance(BEHAVIOUR.signsThanks, ...scene.key, "thanks");
  if (thanking && button(scene.message, "写句感谢")) return [press(scene, at, ["写句感谢"], about)];
  if (!button(scene.message, "提交")) return [];
  const tone = toneOf(score, ...scene.key);
  if (tone) return [press(scene, at, ["提交"], about, comment(tone, talk?.topic || title, ...scene.key))];
  return chance(0.5, ...scene.key, "sends") ? [press(scene, at, ["提交"], about)] : [];
}

function writeThanks(scene: Scene): Draft[] {
  const { talk, title } = opinion(scene);
  const about = { title, ...(talk ? { start: talk.start, group: talk.group } : {}) };
  const at = scene.now + between(25, 90, ...scene.key) * 1000;
  return [press(scene, at, ["发给 TA", "写句感谢"], about, thanks(talk?.topic || title, ...scene.key))];
}
