import { type Key } from "../case/random.ts";
import { reactAsAdmin } from "./react-admin.ts";
import { reactInChat, reactAsLearner } from "./react-learner.ts";
import { reactAsLecturer } from "./react-lecturer.ts";
import { reactAsManager } from "./react-manager.ts";
import type { Memory } from "./memory.ts";
import type { Draft, Scene } from "./scene.ts";
import { isTrial, kindOf, type Message, plain } from "./reading.ts";

/** What people will do about a card they have just seen (or seen change into another). */
export function react(memory: Memory, message: Message, now: number): Draft[] {
  if (message.sender.kind === "user" || message.deleted || isTrial(message)) return [];
  const first = memory.first.get(message.message_id) ?? message;
  const step = memory.steps.get(message.message_id)?.count ?? 1;
  const key = (who: string): Key[] => [
    memory.seed,
    who,
    kindOf(message),
    plain(first.title ?? first.texts[0] ?? ""),
    dayKey(message),
    step,
  ];
  if (!message.p2p) return reactInChat({ memory, message, now, key });
  return message.to.flatMap((who) => {
    const person = memory.people.get(who);
    if (!person || memory.gone.has(who)) return [];
    const scene: Scene = { memory, message, who, now, key: key(who) };
    if (person.role === "lecturer") return reactAsLecturer(scene, person);
    if (person.role === "learner") return reactAsLearner(scene);
    return person.role === "manager" ? reactAsManager(scene) : reactAsAdmin(scene);
  });
}

/** The week a card was sent in, so that equal titles of different weeks are different cards. */
function dayKey(message: Message): number {
  return Math.floor(message.create_time / (7 * 86_400_000));
}
