import { Button, Spin, Tag, TextArea, Toast } from "@douyinfe/semi-ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { get, mine, post } from "../api.ts";
import { Blank, waiting } from "../Blank.tsx";
import { useWorld } from "../world.tsx";
import type { Chat, Message } from "./chat.ts";
import { MessageRow } from "./MessageRow.tsx";

interface Page {
  more: boolean;
  messages: Message[];
}

/** One chat: what was said, newest at the bottom, and a field to say something. */
export function Conversation({ chat, seen }: { chat: Chat; seen: (chat: Chat) => void }) {
  const { person, words, go } = useWorld();
  const begun = chat.last !== null;
  const query = useInfiniteQuery({
    queryKey: ["messages", person.open_id, "chat", chat.chat_id],
    enabled: begun,
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<Page>(mine(person.open_id, `chats/${chat.chat_id}/messages?before=${pageParam}`)),
    getNextPageParam: (page: Page) => (page.more ? page.messages[0]?.message_id : undefined),
  });
  const messages = (query.data?.pages ?? []).toReversed().flatMap((page) => page.messages);
  const newest = messages.at(-1)?.message_id;
  const bottom = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // In braces: newer browsers answer with a promise, which is no clean-up.
    bottom.current?.scrollIntoView({ block: "end" });
  }, [newest]);
  useEffect(() => seen(chat), [chat, seen]);
  return (
    <div className="conversation">
      <header className="pane-head">
        <button type="button" className="back" aria-label={words.messenger} onClick={() => go("chat")}>
          ‹
        </button>
        <h2>{chat.name}</h2>
        {chat.mode === "p2p" ? (
          <Tag size="small" color="orange">
            {words.bot}
          </Tag>
        ) : (
          <span className="dim">{words.members(chat.members)}</span>
        )}
      </header>
      <div className="messages" role="log" aria-label={chat.name}>
        {begun ? waiting(query) : <Blank title={words.noChats} hint={words.noChatsHint} />}
        {query.hasNextPage && (
          <div className="earlier">
            <Button
              size="small"
              theme="borderless"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {words.earlier}
            </Button>
          </div>
        )}
        {messages.map((message, at) => (
          <MessageRow key={message.message_id} message={message} before={messages[at - 1]} />
        ))}
        <div ref={bottom} />
      </div>
      {!chat.dissolved && <Say chat={chat} />}
    </div>
  );
}

function Say({ chat }: { chat: Chat }) {
  const { person, words, go } = useWorld();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const to = chat.last === null && chat.mode === "p2p" ? { app_id: chat.chat_id } : { chat_id: chat.chat_id };
  const send = () => {
    if (text.trim() === "" || busy) return;
    setBusy(true);
    post<{ chat_id: string }>(mine(person.open_id, "say"), { text: text.trim(), ...to })
      .then((said) => {
        setText("");
        if (said.chat_id !== chat.chat_id) go("chat", said.chat_id);
      })
      .catch((error: Error) => Toast.error(error.message))
      .finally(() => setBusy(false));
  };
  return (
    <div className="say">
      <TextArea
        autosize={{ minRows: 1, maxRows: 5 }}
        value={text}
        onChange={setText}
        placeholder={words.sayTo(chat.name)}
        aria-label={words.sayTo(chat.name)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <Button
        theme="solid"
        disabled={text.trim() === ""}
        onClick={send}
        icon={busy ? <Spin size="small" /> : undefined}
      >
        {words.send}
      </Button>
    </div>
  );
}
