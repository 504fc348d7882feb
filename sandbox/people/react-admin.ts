import { between } from "../case/random.ts";
import { MINUTE } from "../case/dates.ts";
import { awake } from "./profile.ts";
import { type Draft, press, type Scene } from "./scene.ts";
import { reactAsManager } from "./react-manager.ts";
import { button, kindOf } from "./reading.ts";

/** What an admin does with a to-do, the wished-for answer first; cards that only inform are read and left. */
const ANSWERS: string[][] = [
  ["开了"],
  ["批准", "同意"],
  ["改期", "换个时间"],
  ["点播回放"],
  ["可以公布", "通过"],
  ["知道了", "已处理"],
];

export function reactAsAdmin(scene: Scene): Draft[] {
  if (kindOf(scene.message) === "care" || kindOf(scene.message) === "care outcome")
    return reactAsManager(scene);
  const words = ANSWERS.find((entry) => button(scene.message, ...entry));
  if (!words) return [];
  return [press(scene, awake(scene.now + between(10, 150, ...scene.key) * MINUTE), words)];
}
