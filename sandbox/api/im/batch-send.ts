/** message/v4/batch_send: one content to many people; its messages cannot be changed later (facts.md §7.1). */
import { directory, findPerson, type IdType, reaches } from "../directory.ts";
import { type Call, type FeishuError, operations } from "../../kernel.ts";
import { directChat } from "./chats.ts";
import { badRequest, RATE } from "./messages.ts";
import { invalid, prepare } from "./content.ts";
import { botOf, post } from "./send.ts";
import { im } from "./state.ts";
import { str } from "../text.ts";

const LISTS: [string, IdType][] = [
  ["open_ids", "open_id"],
  ["user_ids", "user_id"],
  ["union_ids", "union_id"],
];
const MOST = 200;

function listOf(call: Call, name: string): string[] {
  const list = (call.body[name] ?? []) as string[];
  if (list.length > MOST) throw tooMany(name);
  return list;
}

function tooMany(name: string): FeishuError {
  return invalid(`${name} takes at most ${MOST} ids`);
}

/** Content and card are objects here, not JSON texts. */
function contentText(call: Call, type: string): string {
  const given = type === "interactive" ? call.body.card : call.body.content;
  if (typeof given !== "object" || given === null)
    throw invalid(`${type === "interactive" ? "card" : "content"} must be an object`);
  return JSON.stringify(given);
}

function batchSend(call: Call): unknown {
  const app = botOf(call);
  const type = str(call.body.msg_type);
  const ready = prepare(call, type, contentText(call, type));
  const reached = new Set<string>();
  const wrong: Record<string, string[]> = {};
  for (const [name, kind] of LISTS) {
    for (const id of listOf(call, name)) {
      const person = findPerson(call.state, id, kind);
      if (person && !person.resigned && reaches(app, person.open_id)) reached.add(person.open_id);
      else (wrong[`invalid_${name}`] ??= []).push(id);
    }
  }
  for (const id of listOf(call, "department_ids")) department(call, id, reached, wrong);
  const batch = call.id("bm-");
  const sent = [...reached].map(
    (id) =>
      post(call, directChat(call, app.appId, id), {
        type,
        ...ready,
        sender: { kind: "app", id: app.appId },
        batch,
      }).id,
  );
  im(call.state).batches[batch] = { messages: sent, at: call.now() };
  return {
    message_id: batch,
    invalid_department_ids: [],
    invalid_open_ids: [],
    invalid_user_ids: [],
    invalid_union_ids: [],
    ...wrong,
  };
}

function department(call: Call, id: string, reached: Set<string>, wrong: Record<string, string[]>): void {
  if (!(id in directory(call.state).departments)) (wrong.invalid_department_ids ??= []).push(id);
  for (const person of Object.values(directory(call.state).people))
    if (person.department_ids.includes(id) && !person.resigned && reaches(call.app, person.open_id))
      reached.add(person.open_id);
}

const ids = { type: "array", items: { type: "string" } };

export const batches = operations([
  {
    method: "POST",
    path: "/open-apis/message/v4/batch_send/",
    tokens: ["tenant"],
    scopes: [
      "im:message",
      "im:message:send_as_bot",
      "im:message:send_multi_users",
      "im:message:send_multi_depts",
    ],
    rate: RATE,
    invalid: badRequest,
    schema: {
      data: {
        type: "object",
        properties: {
          department_ids: ids,
          open_ids: ids,
          user_ids: ids,
          union_ids: ids,
          msg_type: { type: "string" },
          content: { type: "object" },
          card: { type: "object" },
        },
        required: ["msg_type"],
      },
    },
    handle: batchSend,
  },
]);
