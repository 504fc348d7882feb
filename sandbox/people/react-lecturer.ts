import { at as instant, DAY, MINUTE, plusWorkdays } from "../case/dates.ts";
import type { Person } from "../case/org.ts";
import { between, chance, pick } from "../case/random.ts";
import { awake, BEHAVIOUR, choose, traits, whenAnswered } from "./profile.ts";
import { type Draft, press, type Scene } from "./scene.ts";
import { subjectIn } from "./memory.ts";
import { button, dayIn, groupIn, type Kind, kindOf, startIn } from "./reading.ts";
import { GROUPS } from "../case/org.ts";

type Reaction = (scene: Scene, person: Person) => Draft[];

const REACTIONS: Partial<Record<Kind, Reaction>> = {
  invite,
  "follow-up": followUp,
  dates: otherDate,
  reasons,
  reminder,
  "content missing": contentMissing,
  uploaded,
  substitute,
  swap,
  echo: (scene) => maybe(scene, BEHAVIOUR.thankBack, ["谢谢大家"]),
  thanks: (scene) => maybe(scene, BEHAVIOUR.thankBack, ["回一句"], "谢谢，能用上就好！"),
  topics: otherTopic,
  peers: choosePeer,
  award,
  offer,
  survey,
  motive: (scene) => preference(scene),
  preference: (scene) => preference(scene),
};

export function reactAsLecturer(scene: Scene, person: Person): Draft[] {
  return REACTIONS[kindOf(scene.message)]?.(scene, person) ?? [];
}

function about(scene: Scene) {
  const start = startIn(scene.message) ?? undefined;
  const group = groupIn(scene.message, GROUPS) ?? undefined;
  return { ...(start === undefined ? {} : { start }), ...(group === undefined ? {} : { group }) };
}

function maybe(scene: Scene, probability: number, words: string[], say?: string): Draft[] {
  return chance(probability, ...scene.key, "maybe") && button(scene.message, ...words)
    ? [press(scene, whenAnswered(scene.now, ...scene.key), words, {}, say)]
    : [];
}

const YES = ["可以,我来讲", "可以"];
const NO = ["这次不行"];

function invite(scene: Scene, person: Person): Draft[] {
  const { fading, reluctance } = traits(scene.memory.seed, person);
  const when = whenAnswered(scene.now, ...scene.key);
  if (fading) return [press(scene, when, NO, about(scene))];
  // A reluctant lecturer leaves the card lying twice as often; an eager one hardly ever.
  const silent = BEHAVIOUR.invite.silent * (0.3 + 1.4 * reluctance);
  const answer = choose({ ...BEHAVIOUR.invite, silent }, ...scene.key, "answer");
  if (answer === "silent") return [];
  if (answer === "calendar") {
    const intent = {
      do: "rsvp" as const,
      message: scene.message.message_id,
      answer: "accept" as const,
      about: about(scene),
    };
    return [{ at: when, who: scene.who, key: `rsvp|${scene.key.join("|")}`, intent }, ...early(scene, when)];
  }
  if (answer === "another date") return [press(scene, when, ["换个时间"], about(scene))];
  if (answer === "decline") return [press(scene, when, NO, about(scene))];
  return [press(scene, when, YES, about(scene)), ...early(scene, when)];
}

/** Some have their material ready long before anybody reminds them. */
function early(scene: Scene, accepted: number): Draft[] {
  if (howUploads(scene) !== "early") return [];
  return uploadPlan(scene, awake(accepted + between(1, 3, ...scene.key, "early") * DAY));
}

function followUp(scene: Scene, person: Person): Draft[] {
  const { fading } = traits(scene.memory.seed, person);
  if (fading) return [press(scene, whenAnswered(scene.now, ...scene.key), NO, about(scene))];
  if (!chance(BEHAVIOUR.followUp, ...scene.key)) return [];
  return [
    press(
      scene,
      whenAnswered(scene.now, ...scene.key),
      chance(0.85, ...scene.key, "yes") ? YES : NO,
      about(scene),
    ),
  ];
}

function otherDate(scene: Scene): Draft[] {
  const dates = scene.message.buttons
    .filter((entry) => /\d+月\d+日|\d{1,2}:\d{2}/.test(entry.text))
    .map((entry) => entry.text);
  const wish = choose(BEHAVIOUR.otherDate, ...scene.key, "wish");
  const when = scene.now + between(30, 150, ...scene.key) * 1000;
  if (wish === "date" && dates.length > 0)
    return [press(scene, when, [pick(dates, ...scene.key, "date")], about(scene))];
  const order = wish === "swap" ? ["和同事对换", "请人代讲"] : ["请人代讲", "和同事对换"];
  return [press(scene, when, order, about(scene))];
}

/** Any of the topics offered; 我有自己的主题 only opens a page. */
function otherTopic(scene: Scene): Draft[] {
  const topics = scene.message.buttons
    .filter((entry) => entry.callback && !entry.url)
    .map((entry) => entry.text);
  return topics.length > 0
    ? [press(scene, scene.now + between(20, 90, ...scene.key) * 1000, [pick(topics, ...scene.key, "topic")])]
    : [];
}

function choosePeer(scene: Scene): Draft[] {
  const peers = scene.message.buttons.filter((entry) => entry.text.includes("·")).map((entry) => entry.text);
  return peers.length > 0
    ? [
        press(
          scene,
          scene.now + between(20, 90, ...scene.key) * 1000,
          [pick(peers, ...scene.key, "peer")],
          about(scene),
        ),
      ]
    : [];
}

function reasons(scene: Scene, person: Person): Draft[] {
  const reason = traits(scene.memory.seed, person).fading
    ? "最近太忙"
    : choose(BEHAVIOUR.declineReasons, ...scene.key, "reason");
  return [press(scene, scene.now + between(15, 60, ...scene.key) * 1000, [reason, "其他"], about(scene))];
}

/** How and when this lecturer brings material for this date: one draw for the turn, whichever card asks first. */
function howUploads(scene: Scene): keyof typeof BEHAVIOUR.upload {
  return choose(BEHAVIOUR.upload, scene.memory.seed, "upload", scene.who, dayIn(scene.message) ?? "");
}

function uploadPlan(scene: Scene, at: number): Draft[] {
  const date = dayIn(scene.message);
  if (!date) return [];
  const text = scene.message.texts.join("\n");
  const start = startIn(scene.message) ?? undefined;
  const subject = subjectIn(text.replace(/「[^」]*」/g, ""));
  const name = scene.memory.people.get(scene.who)?.name ?? "";
  const title = subject
    ? pick(subject.titles, scene.memory.seed, "title", scene.who, date)
    : `${name}的经验分享`;
  const how = chance(BEHAVIOUR.uploadLink, scene.memory.seed, "link", scene.who, date)
    ? ("link" as const)
    : ("file" as const);
  const intent = {
    do: "upload" as const,
    how,
    title,
    topic: subject?.name ?? "",
    about: { start: start ?? instant(date) },
  };
  return [{ at, who: scene.who, key: `upload|${scene.who}|${date}`, intent }];
}

function reminder(scene: Scene): Draft[] {
  const date = dayIn(scene.message);
  if (!date || !button(scene.message, "上传材料", "用模板开始", "换主题")) return [];
  const plans: Draft[] = [];
  const soon = scene.now + between(5, 90, ...scene.key) * MINUTE;
  if (chance(BEHAVIOUR.otherTopic, ...scene.key, "topic")) plans.push(press(scene, awake(soon), ["换主题"]));
  else if (chance(BEHAVIOUR.useTemplate, ...scene.key, "template"))
    plans.push(press(scene, awake(soon), ["用模板开始"]));
  const how = howUploads(scene);
  const lastDay = instant(plusWorkdays(date, -1), "09:00");
  if (how === "early" || how === "reminded") {
    const room = Math.max(1, Math.floor((lastDay - scene.now) / MINUTE) - 60);
    plans.push(
      ...uploadPlan(
        scene,
        awake(scene.now + Math.min(between(40, 2600, ...scene.key, "ready"), room) * MINUTE),
      ),
    );
  }
  if (how === "last")
    plans.push(...uploadPlan(scene, lastDay + between(90, 500, ...scene.key, "last") * MINUTE));
  return plans;
}

function contentMissing(scene: Scene): Draft[] {
  const how = howUploads(scene);
  const when = awake(scene.now + between(5, 150, ...scene.key) * MINUTE);
  if (how === "last" || how === "reminded" || how === "early") return uploadPlan(scene, when);
  return how === "talk"
    ? [press(scene, when, ["口头分享"], { start: startIn(scene.message) ?? undefined })]
    : [];
}

function uploaded(scene: Scene): Draft[] {
  return chance(BEHAVIOUR.undoUpload, ...scene.key) ? [press(scene, scene.now + 40_000, ["撤回"])] : [];
}

function substitute(scene: Scene, person: Person): Draft[] {
  const answer = traits(scene.memory.seed, person).fading
    ? "decline"
    : choose(BEHAVIOUR.substitute, ...scene.key, "helps");
  if (answer === "silent") return [];
  return [
    press(
      scene,
      awake(scene.now + between(5, 100, ...scene.key) * MINUTE),
      answer === "accept" ? ["我来讲"] : NO,
      about(scene),
    ),
  ];
}

function swap(scene: Scene): Draft[] {
  const answer = choose(BEHAVIOUR.swap, ...scene.key, "swap");
  return answer === "silent"
    ? []
    : [
        press(
          scene,
          whenAnswered(scene.now, ...scene.key),
          answer === "agree" ? ["同意对换"] : ["保持原样"],
          about(scene),
        ),
      ];
}

function award(scene: Scene): Draft[] {
  const answer = choose(BEHAVIOUR.award, ...scene.key);
  return answer === "silent"
    ? []
    : [
        press(
          scene,
          whenAnswered(scene.now, ...scene.key),
          answer === "share" ? ["分享到讲师群"] : ["不公开"],
        ),
      ];
}

function offer(scene: Scene): Draft[] {
  const answer = choose(BEHAVIOUR.offer, ...scene.key);
  return answer === "silent"
    ? []
    : [
        press(
          scene,
          whenAnswered(scene.now, ...scene.key),
          answer === "volunteer" ? ["我来报名一场"] : ["不感兴趣"],
        ),
      ];
}

function survey(scene: Scene): Draft[] {
  if (!chance(BEHAVIOUR.survey, ...scene.key)) return [];
  return [
    press(scene, whenAnswered(scene.now, ...scene.key), [choose(BEHAVIOUR.willing, ...scene.key, "willing")]),
  ];
}

function preference(scene: Scene): Draft[] {
  const choices = scene.message.buttons
    .filter((entry) => !/不再|都不/.test(entry.text))
    .map((entry) => entry.text);
  if (choices.length === 0 || !chance(0.8, ...scene.key)) return [];
  return [press(scene, whenAnswered(scene.now, ...scene.key), [pick(choices, ...scene.key, "which")])];
}
