/** Messages by id: known, not recalled, within the bot's sight. */
import { FeishuError, type App, type Kernel } from "../../kernel.ts";
import { im, type Message } from "./state.ts";

export function requireMessage(kernel: Kernel, id: string): Message {
  const message = im(kernel.state).messages[id];
  if (!message)
    throw new FeishuError(
      99992354,
      400,
      `The request you send is not a valid {message_id} or not exists, example value: ${id}`,
    );
  return message;
}

/** A message in a chat that the bot is in. */
export function requireSeen(kernel: Kernel, app: App, id: string): Message {
  const message = requireMessage(kernel, id);
  const chat = im(kernel.state).chats[message.chat];
  if (!chat?.bots.includes(app.appId))
    throw new FeishuError(230002, 400, "The bot can not be outside the group.");
  return message;
}

/** A message this bot sent itself and has not recalled; `code` is the page's own for a stranger's. */
export function requireOwn(kernel: Kernel, app: App, id: string, code: 230012 | 230071): Message {
  const message = requireSeen(kernel, app, id);
  if (message.sender.kind !== "app" || message.sender.id !== app.appId)
    throw new FeishuError(
      code,
      400,
      code === 230012
        ? "Bot is NOT the sender of the message."
        : "The operator is not the sender of the message.",
    );
  if (message.deleted) throw new FeishuError(230011, 400, "The message is recalled.");
  if (message.batch)
    throw new FeishuError(230054, 400, "This operation is not supported for this message type.");
  if (im(kernel.state).chats[message.chat]?.dissolved)
    throw new FeishuError(232009, 400, "Your request specifies a chat which has already been dissolved.");
  return message;
}
