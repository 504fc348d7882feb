import type { PressAnswer } from "#automations/define.ts";
import type { Ctx } from "../../context.ts";
import { resolveSession } from "../../services/admin/resolve-session.ts";
import { choicesOf, todoChoices, type TodoChoice } from "../../services/todos/choices.ts";
import { chooseTodo } from "../../services/todos/choose.ts";
import type { openTodos } from "../../services/todos/todo.ts";

export type Todo = Awaited<ReturnType<typeof openTodos>>[number];
type Act = TodoChoice | "move";

export const todoWords: Record<Act, readonly [string, string]> = {
  done: ["处理好了", "Done"],
  retry: ["再试一次", "Try again"],
  arrived: ["已经到了", "It has arrived"],
  held: ["开了", "It took place"],
  "not-held": ["没开成", "It did not"],
  confirm: ["替讲师确认", "Confirm for the lecturer"],
  nudge: ["提醒一下", "Send a nudge"],
  substitute: ["请人代讲", "Find a substitute"],
  move: ["改期", "Move it"],
  merge: ["并到下一场", "Join with the next"],
  replay: ["点播回放", "Replay"],
  cancel: ["取消这场", "Cancel"],
  approve: ["同意", "Agree"],
  refuse: ["这次不安排", "Not this time"],
  rejoined: ["已经加回来了", "The bot is back"],
  without: ["不用这个群了", "Go on without this chat"],
  pause: ["先暂停这个讲师群", "Pause the group"],
};

/** The choices of a matter, main first; a session that needs another date may also get the next free one, as on its card. */
export function actsOf(item: Todo): readonly Act[] {
  const choices = choicesOf(item);
  return choices.includes("merge") ? ["move", ...choices] : choices;
}

export const actOf = (name: string): Act | undefined =>
  name === "move" ? name : todoChoices.find((choice) => choice === name);

/** What an admin decides here, by the verbs of the cards. */
export function runAct(ctx: Ctx, act: Act, item: Todo | undefined, person: string): Promise<PressAnswer> {
  if (act === "move") return resolveSession(ctx, { session: item?.session ?? "", person, how: "move" });
  return chooseTodo(ctx, { item, choice: act, person });
}
