import type { Key } from "../case/random.ts";
import type { Plan } from "./acts.ts";
import type { Memory } from "./memory.ts";
import { kindOf, type Message } from "./reading.ts";

export type Draft = Omit<Plan, "tries">;

export interface Scene {
  memory: Memory;
  message: Message;
  /** Who reads. */
  who: string;
  now: number;
  /** Names a draw: seed, person, what the card says, which step of it. */
  key: Key[];
}

/** A plan to press the first of these buttons on the card. */
export function press(
  scene: Scene,
  at: number,
  words: string[],
  about: Record<string, unknown> = {},
  say?: string,
): Draft {
  const intent = {
    do: "press" as const,
    message: scene.message.message_id,
    card: kindOf(scene.message),
    words,
    about,
    ...(say === undefined ? {} : { say }),
  };
  return {
    at,
    who: scene.who,
    key: [scene.message.message_id, ...scene.key, words[0] ?? ""].join("|"),
    intent,
  };
}
