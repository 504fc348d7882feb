import { between } from "../case/random.ts";
import { MINUTE } from "../case/dates.ts";
import { awake, fate } from "./profile.ts";
import { type Draft, press, type Scene } from "./scene.ts";
import { reactAsManager } from "./react-manager.ts";
import { button, kindOf, titleIn } from "./reading.ts";

/** What an admin does with a to-do, the wished-for answer first; cards that only inform are read and left. */
const ANSWERS: string[][] = [
  ["发布并通知"],
  ["正式启用"],
  ["批准", "同意"],
  ["改期", "换个时间"],
  ["点播回放"],
  ["可以通知"],
];

export function reactAsAdmin(scene: Scene): Draft[] {
  if (kindOf(scene.message).startsWith("care")) return reactAsManager(scene);
  const soon = awake(scene.now + between(10, 150, ...scene.key) * MINUTE);
  if (button(scene.message, "开了")) return [tookPlace(scene, soon)];
  const words = ANSWERS.find((entry) => button(scene.message, ...entry));
  return words ? [press(scene, soon, words)] : [];
}

/** 开了吗? The admin asks around, so the answer is what really happened. */
function tookPlace(scene: Scene, at: number): Draft {
  const title = titleIn(scene.message) ?? "";
  const talk = scene.memory.talk(title, scene.message.create_time);
  const about = { title, ...(talk ? { start: talk.start, group: talk.group } : {}) };
  const held = talk !== null && fate(scene.memory.seed, talk.group, talk.start) !== "did not take place";
  return press(scene, at, [held ? "开了" : "没开成", "标为没开成"], about);
}
