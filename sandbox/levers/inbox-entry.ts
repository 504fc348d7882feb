/** A message as a person's client draws it: lines, buttons and inputs, and nothing of what a button sends. */
import { parseCard } from "../api/cards/simple.ts";
import { linesOf } from "../api/cards/text.ts";
import { type CardView, viewCard } from "../api/cards/view.ts";
import { nameOf } from "../api/directory.ts";
import { im, type Message } from "../api/im/state.ts";
import { isThing } from "../api/cards/check.ts";
import { str } from "../api/text.ts";
import type { Kernel } from "../kernel.ts";

/** The content one person sees: an exclusive card may have changed for them alone. */
export function contentFor(message: Message, openId: string | null): string {
  return (openId === null ? undefined : message.own?.[openId]) ?? message.content;
}

/** The message for `openId`, or for nobody in particular. */
export function inboxEntry(
  kernel: Kernel,
  message: Message,
  openId: string | null = null,
): Record<string, unknown> {
  const chat = im(kernel.state).chats[message.chat];
  const content = parseCard(contentFor(message, openId)) ?? {};
  const view = message.deleted ? empty(["此消息已撤回"]) : drawn(kernel, message, content);
  return {
    n: message.n,
    message_id: message.id,
    chat_id: message.chat,
    chat_name: chat?.name ?? "",
    p2p: chat?.mode === "p2p",
    to: chat?.people ?? [],
    sender: message.sender,
    create_time: message.created,
    update_time: message.changed,
    msg_type: message.type,
    content: message.deleted ? null : content,
    deleted: message.deleted,
    updated: message.updated,
    ...(message.parent ? { parent_id: message.parent } : {}),
    ...(message.batch ? { batch: message.batch } : {}),
    ...(message.urgent ? { urgent: message.urgent } : {}),
    ...view,
  };
}

function empty(texts: string[]): CardView {
  return { title: null, subtitle: null, color: null, texts, links: [], buttons: [], inputs: [] };
}

function drawn(kernel: Kernel, message: Message, content: Record<string, unknown>): CardView {
  if (message.type === "interactive") return viewCard(content, (id) => nameOf(kernel, id));
  if (message.type === "text") return empty(linesOf(named(message, str(content.text))));
  if (message.type === "post") return empty(postLines(content));
  return empty([`[${message.type}]`]);
}

/** `@_user_1` by the name that stands behind it. */
function named(message: Message, text: string): string {
  return message.mentions.reduce((line, mention) => line.replaceAll(mention.key, `@${mention.name}`), text);
}

function postLines(content: Record<string, unknown>): string[] {
  const languages = isThing(content.post) ? content.post : content;
  const body = languages.zh_cn ?? Object.values(languages)[0];
  if (!isThing(body)) return [];
  const paragraphs = (Array.isArray(body.content) ? body.content : []) as unknown[][];
  return [
    str(body.title),
    ...paragraphs.map((line) =>
      line.map((part) => (isThing(part) ? str(part.text ?? part.user_name) : "")).join(""),
    ),
  ].filter((line) => line !== "");
}
