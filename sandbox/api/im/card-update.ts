/** interactive/v1/card/update: the delayed update of a card after a press: 30 minutes, two uses (facts.md §7.4). */
import { checkCard, isThing } from "../cards/check.ts";
import { parseCard } from "../cards/simple.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { worldOf } from "./content.ts";
import { isShared, replaceContent } from "./edits.ts";
import { RATE } from "./messages.ts";
import { im, type CardToken } from "./state.ts";
import { str } from "../text.ts";

const MOST_USES = 2;
const SIZE_LIMIT = 100 * 1024;
const TOKEN_LIFE = 30 * 60_000;

/** The page prints no HTTP status; business failures are answered at 200, as its neighbours of that age do. */
const refuse = (code: number, msg: string): FeishuError => new FeishuError(code, 200, msg);

function tokenOf(call: Call): CardToken {
  const text = str(call.body.token ?? "");
  if (!/^c-\w+$/.test(text)) throw refuse(300020, "the token of the card update is malformed");
  const token = im(call.state).tokens[text];
  if (!token || call.now() >= token.expires || !token.answered)
    throw refuse(300030, "the token of the card update is invalid or expired");
  if (token.app !== call.app?.appId) throw refuse(200310, "cannot update a card sent by another app");
  if (token.uses >= MOST_USES) throw refuse(300040, "the token of the card update is used up");
  return token;
}

function update(call: Call): unknown {
  const token = tokenOf(call);
  const card = call.body.card;
  if (!isThing(card)) throw refuse(10002, "card must be an object");
  const { open_ids, ...next } = card;
  const message = im(call.state).messages[token.message];
  if (!message || message.deleted) throw refuse(200000, "the message of the card has been recalled");
  const text = JSON.stringify(next);
  if (Buffer.byteLength(text) > SIZE_LIMIT) throw refuse(100000, "the card is larger than 100 KB");
  if (next.schema === "2.0") {
    const found = checkCard(next, worldOf(call));
    if (found) throw refuse(11311, `card format is invalid: ${found.path}: ${found.message}; ${found.value}`);
  } else if (parseCard(message.content)?.schema === "2.0")
    throw refuse(11311, "card of schema V2 can not be changed to schema V1");
  if (!isShared(next) && (!Array.isArray(open_ids) || open_ids.length === 0))
    throw refuse(300090, "open_ids is required for an exclusive card");
  token.uses += 1;
  replaceContent(call, message, text);
  return {};
}

/** A token for one press, for the card it was pressed on; spent ones are swept on the way. */
export function issueToken(call: Pick<Call, "state" | "now" | "id">, message: string, app: string): string {
  const tokens = im(call.state).tokens;
  for (const [text, token] of Object.entries(tokens)) {
    if (call.now() < token.expires) break;
    delete tokens[text];
  }
  const text = call.id("c-", 40);
  tokens[text] = { message, app, expires: call.now() + TOKEN_LIFE, uses: 0, answered: false };
  return text;
}

export const cardUpdates = operations([
  {
    method: "POST",
    path: "/open-apis/interactive/v1/card/update",
    tokens: ["tenant"],
    scopes: ["im:message", "im:message:send_as_bot", "im:message:update"],
    rate: RATE,
    schema: {
      data: {
        type: "object",
        properties: { token: { type: "string" }, card: { type: "object" } },
        required: ["token", "card"],
      },
    },
    handle: update,
  },
]);
