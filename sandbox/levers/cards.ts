/** Presses on cards, as a client makes them: the callback, its answer, and the client's own refusals (facts.md §7.4). */
import type { Hono } from "hono";
import { z } from "zod";
import { checkCard, isThing } from "../api/cards/check.ts";
import { parseCard } from "../api/cards/simple.ts";
import { type CardView, viewCard } from "../api/cards/view.ts";
import { nameOf, userIds } from "../api/directory.ts";
import { issueToken } from "../api/im/card-update.ts";
import { worldOf } from "../api/im/content.ts";
import { CARD_LIFE, isShared, replaceContent } from "../api/im/edits.ts";
import { im, type Message, noted } from "../api/im/state.ts";
import type { App, Kernel } from "../kernel.ts";
import { input, LeverError } from "../lever-input.ts";
import { contentFor, inboxEntry } from "./inbox-entry.ts";
import { personOf } from "./org.ts";
import { actionOf, type Choice, pick, type Picked, Refused } from "./press-action.ts";

const V1_LIFE = 30 * 86_400_000;

const pressSchema = z.strictObject({
  as: z.string(),
  message_id: z.string(),
  /** Label, name or path of a button or input. */
  button: z.string(),
  form: z.record(z.string(), z.unknown()).optional(),
  option: z.string().optional(),
  options: z.array(z.string()).optional(),
  input: z.string().optional(),
  checked: z.boolean().optional(),
});

interface Result {
  ok: boolean;
  toast?: unknown;
  card?: Record<string, unknown>;
  url?: string;
  code?: number;
  error?: string;
}

/** Presses `button` of a message as a person. Never throws for what a client itself would refuse. */
async function press(kernel: Kernel, given: z.infer<typeof pressSchema>): Promise<Result> {
  personOf(kernel, given.as);
  const message = im(kernel.state).messages[given.message_id];
  if (!message) throw new LeverError(`no message has the id ${given.message_id}`);
  try {
    const card = pressable(kernel, message, given.as);
    const found = pick(viewOf(kernel, card), card, given);
    return await act(kernel, message, card, found, given);
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.message };
    throw error;
  }
}

function viewOf(kernel: Kernel, card: Record<string, unknown>): CardView {
  return viewCard(card, (id) => nameOf(kernel, id));
}

/** The card as this person sees it, or why a client lets nobody press it any more. */
function pressable(kernel: Kernel, message: Message, openId: string): Record<string, unknown> {
  const chat = im(kernel.state).chats[message.chat];
  if (!chat?.people.includes(openId)) throw new Refused(`${openId} does not see this message`);
  if (message.deleted || chat.dissolved) throw new Refused("消息已撤回或群已解散");
  const card = message.type === "interactive" ? parseCard(contentFor(message, openId)) : null;
  if (!card) throw new Refused("这不是卡片");
  const life = card.schema === "2.0" ? CARD_LIFE : V1_LIFE;
  if (kernel.now() - message.created > life)
    throw new Refused(`该卡片发送时间已超过 ${life / 86_400_000} 天，无法进行互动`);
  return card;
}

async function act(
  kernel: Kernel,
  message: Message,
  card: Record<string, unknown>,
  found: Picked,
  choice: Choice & { as: string },
): Promise<Result> {
  const link = found.url === undefined ? {} : { url: found.url };
  if (!found.callback) return { ok: true, ...link };
  const app = kernel.apps[message.sender.id];
  if (!app) throw new Refused("发送这张卡片的应用已不存在");
  const token = issueToken(kernel, message.id, app.appId);
  const reply = await kernel.callback(
    app.appId,
    eventOf(kernel, app, message, choice.as, token, actionOf(found, choice)),
  );
  if (!("answer" in reply)) return { ok: false, code: reply.code, error: reply.msg, ...link };
  const issued = im(kernel.state).tokens[token];
  if (issued) issued.answered = true;
  return { ...answer(kernel, message, card, reply.answer, choice.as), ...link };
}

function eventOf(
  kernel: Kernel,
  app: App,
  message: Message,
  openId: string,
  token: string,
  action: Record<string, unknown>,
): Record<string, unknown> {
  return {
    operator: { tenant_key: app.tenantKey, ...userIds(kernel.state, openId) },
    token,
    action,
    host: "im_message",
    context: { open_message_id: message.id, open_chat_id: message.chat },
  };
}

/** Shows the toast and puts the answered card in place of the old one. */
function answer(
  kernel: Kernel,
  message: Message,
  old: Record<string, unknown>,
  given: Record<string, unknown>,
  openId: string,
): Result {
  const toast = given.toast === undefined ? {} : { toast: given.toast };
  const card = isThing(given.card) ? given.card : null;
  if (!card) return { ok: true, ...toast };
  const next = card.data;
  if (card.type !== "raw" || !isThing(next))
    return { ok: false, code: 200673, error: "the answer's card is no raw card", ...toast };
  if (old.schema === "2.0" && next.schema !== "2.0")
    return { ok: false, code: 200830, error: "a card of schema V2 cannot become V1", ...toast };
  const broken = next.schema === "2.0" ? checkCard(next, worldOf(kernel)) : null;
  if (broken)
    return { ok: false, code: 200673, error: `${broken.path}: ${broken.message}; ${broken.value}`, ...toast };
  replace(kernel, message, next, openId);
  return { ok: true, ...toast, card: inboxEntry(kernel, message, openId) };
}

/** A shared card changes for all; an exclusive one for the person alone. After 14 days the update has no effect. */
function replace(kernel: Kernel, message: Message, next: Record<string, unknown>, openId: string): void {
  if (message.deleted || kernel.now() - message.created > CARD_LIFE) return;
  if (isShared(next)) return replaceContent(kernel, message, JSON.stringify(next));
  message.own = { ...message.own, [openId]: JSON.stringify(next) };
  noted(kernel.state, message, kernel.now());
}

export function cardLevers(app: Hono, kernel: Kernel): void {
  app.post("/sandbox/cards/press", async (c) => c.json(await press(kernel, await input(c, pressSchema))));
}
