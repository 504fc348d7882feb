import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { refusal } from "./errors.ts";
import { atLeast, nodeOf, permissionOf, whoOf } from "./nodes.ts";
import type { Node } from "./nodes.ts";
import { SCOPES } from "./scopes.ts";
import { said } from "../given.ts";

const FILE = "/open-apis/drive/v1/files/:file_token";

/** Only the owner or a manager subscribes (facts.md §5.6). @throws 1069602–1069604. */
function open(call: Call): Node {
  const node = nodeOf(call.state, call.path["file_token"] ?? "");
  if (!node) throw refusal(1069604, `file_token ${call.path["file_token"]}`);
  const type = said(call.query["file_type"]);
  if (type !== node.type) throw refusal(1069602, `file_type ${type}, the file is a ${node.type}`);
  if (type !== "folder" && call.query["event_type"]) throw refusal(1069602, "event_type is for folders only");
  if (!atLeast(permissionOf(call, node, whoOf(call)), "full_access"))
    throw refusal(1069603, `file_token ${node.token}`);
  return node;
}

function mine(call: Call) {
  const openId = call.principal?.kind === "user" ? call.principal.openId : null;
  return { appId: call.principal?.appId ?? "", openId };
}

const same = (
  a: { appId: string; openId: string | null },
  b: { appId: string; openId: string | null },
): boolean => a.appId === b.appId && a.openId === b.openId;

function subscribe(call: Call) {
  const node = open(call);
  const subscriber = mine(call);
  if (!node.subscribers.some((one) => same(one, subscriber))) node.subscribers.push(subscriber);
  return {};
}

function unsubscribe(call: Call) {
  const node = open(call);
  const subscriber = mine(call);
  node.subscribers = node.subscribers.filter((one) => !same(one, subscriber));
  return {};
}

function isSubscribed(call: Call) {
  const node = open(call);
  const subscriber = mine(call);
  return { is_subscribe: node.subscribers.some((one) => same(one, subscriber)) };
}

const rate = { perMinute: 1000 };

export const subscriptions = operations([
  { method: "POST", path: `${FILE}/subscribe`, scopes: SCOPES.subscribe, rate, handle: subscribe },
  { method: "GET", path: `${FILE}/get_subscribe`, scopes: SCOPES.subscribe, rate, handle: isSubscribed },
  { method: "DELETE", path: `${FILE}/delete_subscribe`, scopes: SCOPES.subscribe, rate, handle: unsubscribe },
]);
