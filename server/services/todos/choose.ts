import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Ctx } from "../../context.ts";
import { nudge } from "../admin/nudge.ts";
import { resolveSession } from "../admin/resolve-session.ts";
import { chatRejoined, goOnWithoutChat, pauseForLostChat } from "../chats/lost-choices.ts";
import { decideTopic } from "../demand/decide-topic.ts";
import { decideAward } from "../incentive/decide-award.ts";
import { decideHeld } from "../sessions/decide-held.ts";
import { acceptTurn } from "../turns/answer.ts";
import { searchSubstitute } from "../turns/substitute.ts";
import { decideVolunteer } from "../turns/volunteer.ts";
import type { TodoChoice } from "./choices.ts";
import { confirmDelivery, finishTodo, retryDelivery } from "./finish.ts";
import { closeTodo, lostChatOf, type openTodos } from "./todo.ts";

type Todo = Awaited<ReturnType<typeof openTodos>>[number];
type Choose = (ctx: Ctx, item: Todo, person: string) => Promise<PressAnswer>;

const ofSession = (item: Todo, person: string) => ({ session: item.session ?? "", person });
const resolve =
  (how: "merge" | "replay" | "cancel"): Choose =>
  (ctx, item, person) =>
    resolveSession(ctx, { ...ofSession(item, person), how });

const decide =
  (approve: boolean): Choose =>
  (ctx, item, person) => {
    if (item.kind === "award")
      return decideAward(ctx, { award: item.key.slice("award:".length), person, approve });
    if (item.kind === "topic-suggested")
      return decideTopic(ctx, { topic: String(item.detail["topic"]), person, approve });
    const lecturer = item.key.split(":").at(-1) ?? "";
    return decideVolunteer(ctx, { ...ofSession(item, person), lecturer, approve });
  };

/** Each choice is the verb of a card or of a page: who may is judged there. */
const verbs: Record<TodoChoice, Choose> = {
  done: (ctx, { key }, person) => finishTodo(ctx, { key, person }),
  retry: (ctx, { key }, person) => retryDelivery(ctx, { key, person }),
  arrived: (ctx, { key }, person) => confirmDelivery(ctx, { key, person }),
  held: (ctx, item, person) => decideHeld(ctx, { ...ofSession(item, person), held: true }),
  "not-held": (ctx, item, person) => decideHeld(ctx, { ...ofSession(item, person), held: false }),
  confirm: (ctx, item, person) => acceptTurn(ctx, ofSession(item, person)),
  nudge: (ctx, item, person) => nudge(ctx, ofSession(item, person)),
  substitute: (ctx, item, person) => searchSubstitute(ctx, ofSession(item, person)),
  merge: resolve("merge"),
  replay: resolve("replay"),
  cancel: resolve("cancel"),
  approve: decide(true),
  refuse: decide(false),
  rejoined: (ctx, item, person) => chatRejoined(ctx, lostChat(item, person)),
  without: (ctx, item, person) => goOnWithoutChat(ctx, lostChat(item, person)),
  pause: (ctx, item, person) => pauseForLostChat(ctx, lostChat(item, person)),
};

const lostChat = (item: Todo, person: string) => ({
  chat: lostChatOf(item.key),
  name: String(item.detail["chat"] ?? ""),
  person,
});

/** What an admin decides about an open matter; one that is settled meanwhile stays as it was decided. */
export async function chooseTodo(
  ctx: Ctx,
  input: { item: Todo | undefined; choice: TodoChoice; person: string },
): Promise<PressAnswer> {
  if (!input.item) {
    const outcome = ctx.settings.language === "zh" ? "已经处理过了" : "it has been dealt with";
    return { toast: { type: "info", text: smallText("settled", ctx.settings.language, { outcome }) } };
  }
  const answer = await verbs[input.choice](ctx, input.item, input.person);
  // The verb has queued what settles the matter; the records say so a moment later only.
  if (SETTLING.includes(input.choice) && wasDone(answer))
    await closeTodo({ ...ctx, actor: input.person }, input.item.key, input.choice);
  return answer;
}

const SETTLING: readonly TodoChoice[] = ["confirm", "substitute", "pause"];

/** Whether a verb did what was asked: it answers with a settled card, or says so. */
const wasDone = ({ card, toast }: PressAnswer): boolean => card !== undefined || toast?.type === "success";
