/** What the sandbox knows of chats and messages, and the feeds from which inboxes are read in order. */
import { slice, type State } from "../../kernel.ts";

export interface Mention {
  key: string;
  id: string;
  id_type: "open_id";
  name: string;
}

export interface Message {
  id: string;
  chat: string;
  type: string;
  /** As stored: for text with mentions already with `@_user_1`, for cards the card's JSON. */
  content: string;
  created: number;
  changed: number;
  /** Number of its latest change in the log of all messages; grows with every change. */
  n: number;
  deleted: boolean;
  updated: boolean;
  edits: number;
  sender: { kind: "app" | "user"; id: string };
  root?: string;
  parent?: string;
  thread?: string;
  mentions: Mention[];
  /** Message of a batch: nothing can be done to it afterwards. */
  batch?: string;
  /** Exclusive cards (1.0): what single people see in its place after their own press. */
  own?: Record<string, string>;
  /** People who got it as urgent. */
  urgent?: string[];
}

export interface Chat {
  id: string;
  mode: "group" | "p2p";
  name: string;
  description: string;
  /** open_id of the owner, or an app id. */
  owner: string;
  people: string[];
  bots: string[];
  managers: string[];
  created: number;
  dissolved: boolean;
  /** Settings by which others may not speak: bots at all (230018), or everybody but the owner (230035). */
  forbids: "nothing" | "bots" | "speech";
  settings: Record<string, unknown>;
  messages: string[];
  /** `[n, message id, ms]` per change, ascending: an inbox reads its end. */
  feed: [number, string, number][];
}

export interface Stored {
  key: string;
  app: string;
  kind: string;
  name: string;
  /** base64 */
  bytes: string;
}

export interface CardToken {
  message: string;
  app: string;
  expires: number;
  uses: number;
  answered: boolean;
}

interface ImState {
  n: number;
  chats: Record<string, Chat>;
  /** `app|open_id` → chat id. */
  direct: Record<string, string>;
  /** open_id → ids of the group chats the person is in. */
  groupsOf: Record<string, string[]>;
  messages: Record<string, Message>;
  /** `[n, message id, ms]` of every change. */
  feed: [number, string, number][];
  /** `app|uuid` → message or chat, and when. */
  uuids: Record<string, { id: string; at: number }>;
  uuidOrder: [string, number][];
  images: Record<string, Stored>;
  files: Record<string, Stored>;
  tokens: Record<string, CardToken>;
  batches: Record<string, { messages: string[]; at: number }>;
}

export const im = slice<ImState>("im", () => ({
  n: 0,
  chats: {},
  direct: {},
  groupsOf: {},
  messages: {},
  feed: [],
  uuids: {},
  uuidOrder: [],
  images: {},
  files: {},
  tokens: {},
  batches: {},
}));

/** Notes a change of a message in its chat's feed and in the feed of all. */
export function noted(state: State, message: Message, now: number): void {
  const all = im(state);
  all.n += 1;
  message.n = all.n;
  message.changed = now;
  all.feed.push([all.n, message.id, now]);
  all.chats[message.chat]?.feed.push([all.n, message.id, now]);
}

/**
 * Messages changed after `since`, oldest change first, each once. `since` is a change number, or an instant in ms when it
 * is as large as one. Cost: the new entries, not the old.
 */
export function changedSince(state: State, feeds: [number, string, number][][], since: number): Message[] {
  const column = since > 1e11 ? 2 : 0;
  const found = new Map<string, Message>();
  for (const feed of feeds) {
    for (let at = feed.length - 1; at >= 0; at -= 1) {
      const entry = feed[at];
      if (!entry || entry[column] <= since) break;
      const message = im(state).messages[entry[1]];
      if (message) found.set(message.id, message);
    }
  }
  return [...found.values()].toSorted((a, b) => a.n - b.n);
}

/** The id stored for a uuid within its window, in ms; older entries are forgotten on the way. */
export function uuidHolder(state: State, key: string, now: number, windowMs: number): string | null {
  const held = im(state).uuids[key];
  return held && now - held.at < windowMs ? held.id : null;
}

const LONGEST_UUID_WINDOW = 10 * 3_600_000;

export function holdUuid(state: State, key: string, id: string, now: number): void {
  const all = im(state);
  all.uuids[key] = { id, at: now };
  all.uuidOrder.push([key, now]);
  while (all.uuidOrder[0] && now - all.uuidOrder[0][1] >= LONGEST_UUID_WINDOW) {
    const [old, at] = all.uuidOrder.shift() as [string, number];
    if (all.uuids[old]?.at === at) delete all.uuids[old];
  }
}
