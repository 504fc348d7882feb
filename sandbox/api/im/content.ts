/** The content of a message by its type: a JSON text of the right form and size (facts.md §7.1, §7.2). */
import { checkCard, isThing } from "../cards/check.ts";
import { parseCard } from "../cards/simple.ts";
import { directory, findPerson, nameOf } from "../directory.ts";
import { type Call, FeishuError } from "../../kernel.ts";
import { im, type Mention } from "./state.ts";
import { str } from "../text.ts";

const TEXT_LIMIT = 150 * 1024;
const RICH_LIMIT = 30 * 1024;
const TYPES = [
  "text",
  "post",
  "image",
  "file",
  "audio",
  "media",
  "sticker",
  "interactive",
  "share_chat",
  "share_user",
  "system",
];

export function invalid(ext: string): FeishuError {
  return new FeishuError(230001, 400, `Your request contains an invalid request parameter, ext=${ext}`);
}

/** Refusal of a card with its sub-code, in the words of the message pages. */
export function cardRefused(found: {
  sub: number;
  path?: string;
  message: string;
  value?: string;
}): FeishuError {
  const path = found.path ? ` ErrPath: ${found.path};` : "";
  return new FeishuError(
    230099,
    400,
    `Failed to create card content, ext=ErrCode: ${found.sub};${path} ErrMsg: ${found.message}; ErrorValue: ${found.value ?? ""}`,
  );
}

export interface Ready {
  content: string;
  mentions: Mention[];
}

/** Checks the content a call gives and makes it ready to store. */
export function prepare(call: Call, type: string, content: string): Ready {
  if (!TYPES.includes(type)) throw invalid(`msg_type ${type} is not supported`);
  const limit =
    type === "text" ? TEXT_LIMIT : type === "post" || type === "interactive" ? RICH_LIMIT : TEXT_LIMIT;
  if (Buffer.byteLength(content) > limit)
    throw new FeishuError(
      230025,
      400,
      `The length of the message content reaches its limit, ext=${type} may have ${limit} bytes`,
    );
  const parsed = parseCard(content);
  if (!parsed) throw invalid("content is not a string in json format");
  if (type === "interactive") return card(call, parsed, content);
  if (type === "text") return text(call, parsed);
  if (type === "post") return post(parsed, content);
  reference(call, type, parsed);
  return { content, mentions: [] };
}

/** Throws 230099 for a card that Feishu would not create. */
function card(call: Call, parsed: Record<string, unknown>, content: string): Ready {
  if (parsed.type === "template" || parsed.type === "card") {
    const id = isThing(parsed.data) ? str(parsed.data.template_id ?? parsed.data.card_id ?? "") : "";
    throw cardRefused({
      sub: 200380,
      message: "template does not exist, please confirm whether this template has been released",
      value: `templateID: ${id}`,
    });
  }
  if (parsed.schema === "2.0") {
    const found = checkCard(parsed, worldOf(call));
    if (found) throw cardRefused(found);
  } else if (parsed.schema !== undefined && parsed.schema !== "1.0") {
    throw cardRefused({
      sub: 200621,
      message: "parse card json err, please check whether the card json is correct",
      value: `unknown schema ${str(parsed.schema)}`,
    });
  }
  return { content, mentions: [] };
}

export function worldOf(call: Pick<Call, "state">): {
  knowsPerson(id: string): boolean;
  knowsImage(key: string): boolean;
} {
  return {
    knowsPerson: (id) =>
      id in directory(call.state).people ||
      (["union_id", "user_id", "email"] as const).some((type) => findPerson(call.state, id, type) !== null),
    knowsImage: (key) => key in im(call.state).images,
  };
}

function text(call: Call, parsed: Record<string, unknown>): Ready {
  if (typeof parsed.text !== "string" || parsed.text === "")
    throw invalid("text is required in the content of a text message");
  const mentions: Mention[] = [];
  const shown = parsed.text.replaceAll(/<at user_id="([^"]+)">([^<]*)<\/at>/g, (_, id: string) =>
    mention(call, mentions, id),
  );
  return { content: JSON.stringify({ ...parsed, text: shown }), mentions };
}

function mention(call: Call, mentions: Mention[], id: string): string {
  if (id === "all") return "@_all";
  const key = `@_user_${mentions.length + 1}`;
  mentions.push({ key, id, id_type: "open_id", name: nameOf(call, id) });
  return key;
}

function post(parsed: Record<string, unknown>, content: string): Ready {
  const bodies = Object.values(isThing(parsed.post) ? parsed.post : parsed);
  if (
    !bodies.length ||
    !bodies.every((body) => isThing(body) && Array.isArray(body.content) && body.content.every(Array.isArray))
  )
    throw invalid("a post needs a language with content as a list of paragraphs");
  return { content, mentions: [] };
}

const KINDS: Record<string, { key: string; of: "images" | "files"; kinds?: string[] }> = {
  image: { key: "image_key", of: "images" },
  file: { key: "file_key", of: "files", kinds: ["pdf", "doc", "xls", "ppt", "stream"] },
  audio: { key: "file_key", of: "files", kinds: ["opus"] },
  media: { key: "file_key", of: "files", kinds: ["mp4"] },
};

function reference(call: Call, type: string, parsed: Record<string, unknown>): void {
  const kind = KINDS[type];
  if (!kind) return shared(call, type, parsed);
  const stored = im(call.state)[kind.of][str(parsed[kind.key] ?? "")];
  if (!stored) throw invalid(`${kind.key} ${str(parsed[kind.key])} is invalid`);
  if (stored.app !== call.app?.appId)
    throw new FeishuError(230017, 400, "Bot is NOT the owner of the resource.");
  if (kind.kinds && !kind.kinds.includes(stored.kind))
    throw new FeishuError(
      230055,
      400,
      "The type of file upload does not match the type of message being sent.",
    );
}

function shared(call: Call, type: string, parsed: Record<string, unknown>): void {
  if (type === "share_chat") {
    const chat = im(call.state).chats[str(parsed.chat_id ?? "")];
    if (!chat) throw invalid(`chat_id ${str(parsed.chat_id)} is invalid`);
    if (chat.mode === "p2p") throw new FeishuError(230015, 400, "P2P chat can NOT be shared.");
  }
  if (type === "share_user" && !findPerson(call.state, str(parsed.user_id ?? "")))
    throw invalid(`user_id ${str(parsed.user_id)} is invalid`);
}
