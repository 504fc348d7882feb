/** A message as the API shows it. */
import { parseCard, reducedCard } from "../cards/simple.ts";
import { nameOf } from "../directory.ts";
import type { Kernel } from "../../kernel.ts";
import type { Message } from "./state.ts";
import { str } from "../text.ts";

/** `raw` gives cards as they were sent (`card_msg_content_type=user_card_content`), else in the reduced form. */
export function messageView(kernel: Kernel, message: Message, raw: boolean): Record<string, unknown> {
  const tenant = Object.values(kernel.apps)[0]?.tenantKey ?? "";
  return {
    message_id: message.id,
    ...(message.root ? { root_id: message.root } : {}),
    ...(message.parent ? { parent_id: message.parent } : {}),
    ...(message.thread ? { thread_id: message.thread } : {}),
    msg_type: message.type,
    create_time: str(message.created),
    update_time: str(message.changed),
    deleted: message.deleted,
    updated: message.updated,
    chat_id: message.chat,
    sender:
      message.sender.kind === "app"
        ? { id: message.sender.id, id_type: "app_id", sender_type: "app", tenant_key: tenant }
        : { id: message.sender.id, id_type: "open_id", sender_type: "user", tenant_key: tenant },
    body: { content: contentOf(kernel, message, raw) },
    ...(message.mentions.length
      ? { mentions: message.mentions.map((mention) => ({ ...mention, tenant_key: tenant })) }
      : {}),
  };
}

function contentOf(kernel: Kernel, message: Message, raw: boolean): string {
  if (message.deleted) return "This message was recalled";
  if (message.type !== "interactive" || raw) return message.content;
  return reducedCard(parseCard(message.content) ?? {}, (id) => nameOf(kernel, id));
}
