/** What may happen to a sent message: card update, text edit, recall, urgent notice (facts.md §7.1). */
import { isThing } from "../cards/check.ts";
import { parseCard } from "../cards/simple.ts";
import { findPerson, idType } from "../directory.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { take } from "../windows.ts";
import { requireOwn, requireSeen } from "./access.ts";
import { cardRefused, invalid, prepare } from "./content.ts";
import { badRequest, RATE } from "./messages.ts";
import { botOf } from "./send.ts";
import { im, type Message, noted } from "./state.ts";
import { str } from "../text.ts";

export const CARD_LIFE = 14 * 86_400_000;
const UPDATE = ["im:message", "im:message:send_as_bot", "im:message:update"];
const MOST_EDITS = 20;

/** A shared card: 2.0 always, 1.0 only when it says so. */
export function isShared(card: Record<string, unknown>): boolean {
  return card.schema === "2.0" || (isThing(card.config) && card.config.update_multi === true);
}

/** Throws when `next` cannot take the place of `old` for everyone who sees it. */
function requireReplaceable(old: Record<string, unknown>, next: Record<string, unknown>): void {
  if (old.schema === "2.0" && next.schema !== "2.0")
    throw cardRefused({ sub: 200830, message: "card of schema V2 can not be changed to schema V1" });
}

function patch(call: Call): unknown {
  const app = botOf(call);
  const message = requireOwn(call, app, call.path.message_id ?? "", 230012);
  if (message.type !== "interactive") throw invalid("This message is NOT a card.");
  if (call.now() - message.created > CARD_LIFE)
    throw new FeishuError(230031, 400, "Message can only be modified within 14 days after sending.");
  const ready = prepare(call, "interactive", str(call.body.content));
  const [old, next] = [parseCard(message.content) ?? {}, parseCard(ready.content) ?? {}];
  requireReplaceable(old, next);
  if (!isShared(old) || !isShared(next))
    throw invalid("update_multi must be true in the card before and after the update");
  if (call.switches.rates && !take(call.state, `im patch ${message.id}`, 5, call.now()))
    throw new FeishuError(230020, 400, "This operation triggers the frequency limit.");
  replaceContent(call, message, ready.content);
  return {};
}

/** New content for a message; everyone who sees it sees the change. */
export function replaceContent(call: Pick<Call, "state" | "now">, message: Message, content: string): void {
  message.content = content;
  message.updated = true;
  noted(call.state, message, call.now());
}

function put(call: Call): unknown {
  const message = requireOwn(call, botOf(call), call.path.message_id ?? "", 230071);
  const type = str(call.body.msg_type);
  if ((type !== "text" && type !== "post") || (message.type !== "text" && message.type !== "post"))
    throw new FeishuError(230054, 400, "This operation is not supported for this message type.");
  if (message.edits >= MOST_EDITS)
    throw new FeishuError(230072, 400, "The message has reached the number of times it can be edited.");
  const ready = prepare(call, type, str(call.body.content));
  message.type = type;
  message.mentions = ready.mentions;
  message.edits += 1;
  replaceContent(call, message, ready.content);
  return {};
}

/** Recall: one's own within the tenant's time, which is unlimited for a bot here. */
function recall(call: Call): unknown {
  const app = botOf(call);
  const message = requireSeen(call, app, call.path.message_id ?? "");
  if (message.deleted)
    throw new FeishuError(230110, 400, "Action unavailable as the message has been deleted.");
  const own =
    call.principal?.kind === "user" ? message.sender.id === call.actor : message.sender.id === app.appId;
  if (!own) throw new FeishuError(230026, 400, "No permission to recall this message.");
  if (im(call.state).chats[message.chat]?.dissolved)
    throw new FeishuError(232009, 400, "Your request specifies a chat which has already been dissolved.");
  message.deleted = true;
  noted(call.state, message, call.now());
  return {};
}

function urgent(call: Call): unknown {
  const message = requireOwn(call, botOf(call), call.path.message_id ?? "", 230012);
  const ids = call.body.user_id_list as string[];
  if (ids.length < 1 || ids.length > 200) throw invalid("user_id_list takes 1 to 200 ids");
  const people = im(call.state).chats[message.chat]?.people ?? [];
  const known = ids.map((id) => [id, findPerson(call.state, id, idType(call))?.open_id] as const);
  const reached = known.flatMap(([, openId]) => (openId && people.includes(openId) ? [openId] : []));
  message.urgent = [...new Set([...(message.urgent ?? []), ...reached])];
  noted(call.state, message, call.now());
  return {
    invalid_user_id_list: known.filter(([, openId]) => !openId || !people.includes(openId)).map(([id]) => id),
  };
}

export const edits = operations([
  {
    method: "PATCH",
    path: "/open-apis/im/v1/messages/:message_id",
    scopes: UPDATE,
    rate: RATE,
    invalid: badRequest,
    handle: patch,
  },
  {
    method: "PUT",
    path: "/open-apis/im/v1/messages/:message_id",
    scopes: UPDATE,
    rate: RATE,
    invalid: badRequest,
    handle: put,
  },
  {
    method: "DELETE",
    path: "/open-apis/im/v1/messages/:message_id",
    scopes: ["im:message", "im:message:recall", "im:message:send_as_bot"],
    rate: RATE,
    invalid: badRequest,
    handle: recall,
  },
  {
    method: "PATCH",
    path: "/open-apis/im/v1/messages/:message_id/urgent_app",
    scopes: ["im:message.urgent", "im:message.urgent:app_send"],
    rate: RATE,
    invalid: badRequest,
    handle: urgent,
  },
]);
