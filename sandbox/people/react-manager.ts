import { BEHAVIOUR, choose, whenAnswered } from "./profile.ts";
import { type Draft, press, type Scene } from "./scene.ts";
import { kindOf } from "./reading.ts";

/** A manager sends the proposed sentence, or words of their own, or says it is not needed. */
export function reactAsManager(scene: Scene): Draft[] {
  const when = whenAnswered(scene.now, ...scene.key);
  const kind = kindOf(scene.message);
  if (kind === "care outcome") return [press(scene, when, ["有帮助", "一点"])];
  if (kind === "care edit") {
    return [
      press(scene, scene.now + 60_000, ["发给 TA"], {}, "最近是不是太忙？需要我帮您找素材或者换个时间吗？"),
    ];
  }
  if (kind !== "care") return [];
  const answer = choose(BEHAVIOUR.care, ...scene.key, "care");
  if (answer === "silent") return [];
  if (answer === "not needed") return [press(scene, when, ["不需要"])];
  if (answer === "edit") return [press(scene, when, ["改一改再发"])];
  return [press(scene, when, ["发给 TA", "发送"])];
}
