import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { get, mine } from "../api.ts";
import { keep, read } from "../kept.ts";
import type { Chat } from "./chat.ts";

export interface Unread {
  chats: Chat[];
  query: { isPending: boolean; error: Error | null; refetch: () => unknown };
  total: number;
  of: (chat: Chat) => number;
  /** Everything said in the chat so far has been seen. */
  seen: (chat: Chat) => void;
}

type Seen = Record<string, number>;

const stored = (person: string): Seen => JSON.parse(read(`seen.${person}`) ?? "{}") as Seen;

/** The person's chats, and what of them this browser has not shown yet. */
export function useUnread(person: string): Unread {
  const query = useQuery({
    queryKey: ["messages", person, "chats"],
    queryFn: () => get<{ chats: Chat[] }>(mine(person, "chats")),
  });
  const [, setChanged] = useState(0);
  const seen = stored(person);
  const chats = query.data?.chats ?? [];
  const of = (chat: Chat) => Math.max(0, chat.heard - (seen[chat.chat_id] ?? 0));
  const see = useCallback(
    (chat: Chat) => {
      const old = stored(person);
      if (old[chat.chat_id] === chat.heard) return;
      keep(`seen.${person}`, JSON.stringify({ ...old, [chat.chat_id]: chat.heard }));
      setChanged((n) => n + 1);
    },
    [person],
  );
  return { chats, query, total: chats.reduce((sum, chat) => sum + of(chat), 0), of, seen: see };
}
