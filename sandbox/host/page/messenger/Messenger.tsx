import { Badge } from "@douyinfe/semi-ui";
import { Blank, waiting } from "../Blank.tsx";
import { brief } from "../dates.ts";
import { Face } from "../Face.tsx";
import { useLive } from "../live.ts";
import { useWorld } from "../world.tsx";
import type { Chat } from "./chat.ts";
import { Conversation } from "./Conversation.tsx";
import type { Unread } from "./unread.ts";

/** Bots one has never spoken with stand in the list too: one may begin. */
function withBots(chats: Chat[], apps: { app_id: string; name: string }[]): Chat[] {
  const known = new Set(chats.filter((chat) => chat.mode === "p2p").map((chat) => chat.name));
  const fresh = apps
    .filter((app) => !known.has(app.name))
    .map((app): Chat => ({
      chat_id: app.app_id,
      mode: "p2p",
      name: app.name,
      members: 1,
      bots: [app.name],
      dissolved: false,
      heard: 0,
      last: null,
    }));
  return [...chats, ...fresh];
}

export function Messenger({ unread }: { unread: Unread }) {
  const { words, place, go, settings } = useWorld();
  const chats = withBots(unread.chats, settings.apps);
  const chosen = place[0] === "chat" ? chats.find((chat) => chat.chat_id === place[1]) : undefined;
  return (
    <div className={chosen ? "two-panes chosen" : "two-panes"}>
      <aside className="pane-list">
        <h2>{words.messenger}</h2>
        {waiting(unread.query)}
        {!unread.query.isPending && chats.length === 0 && (
          <Blank title={words.noChats} hint={words.noChatsHint} />
        )}
        {chats.map((chat) => (
          <ChatItem
            key={chat.chat_id}
            chat={chat}
            unread={unread.of(chat)}
            current={chat === chosen}
            open={() => go("chat", chat.chat_id)}
          />
        ))}
      </aside>
      <section className="pane-main">
        {chosen ? (
          <Conversation key={chosen.chat_id} chat={chosen} seen={unread.seen} />
        ) : (
          chats.length > 0 && <Blank title={words.pickChat} />
        )}
      </section>
    </div>
  );
}

function ChatItem(props: { chat: Chat; unread: number; current: boolean; open: () => void }) {
  const { chat, unread, current, open } = props;
  const { language } = useWorld();
  const { now } = useLive();
  const face = <Face name={chat.name} large />;
  const line = chat.last && `${chat.mode === "group" ? `${chat.last.sender}: ` : ""}${chat.last.text}`;
  return (
    <button
      type="button"
      className="list-item chat-item"
      aria-current={current ? "true" : undefined}
      onClick={open}
    >
      {unread > 0 ? (
        <Badge count={unread} overflowCount={99} type="danger">
          {face}
        </Badge>
      ) : (
        face
      )}
      <span className="chat-item-text">
        <span className="chat-item-head">
          <span className="list-item-name">{chat.name}</span>
          <span className="dim">{chat.last && brief(chat.last.at, now, language)}</span>
        </span>
        <span className="dim ellipsis">{line ?? "\u00a0"}</span>
      </span>
    </button>
  );
}
