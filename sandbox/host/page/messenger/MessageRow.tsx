import { IconDownload } from "@douyinfe/semi-icons";
import { Tag } from "@douyinfe/semi-ui";
import { mine } from "../api.ts";
import { Boundary } from "../Boundary.tsx";
import { Card } from "../card/Card.tsx";
import { dayName, startOfDay, time } from "../dates.ts";
import { str } from "../thing.ts";
import { Face } from "../Face.tsx";
import { useWorld } from "../world.tsx";
import type { Message } from "./chat.ts";
import { Post } from "./Post.tsx";

/** One message with who said it; a new day begins with its date. */
export function MessageRow({ message, before }: { message: Message; before: Message | undefined }) {
  const { language, person, words } = useWorld();
  const isNewDay = !before || startOfDay(before.create_time) !== startOfDay(message.create_time);
  const own = message.sender.id === person.open_id;
  return (
    <>
      {isNewDay && <div className="day-line">{dayName(message.create_time, language)}</div>}
      <div className={own ? "message own" : "message"} data-message={message.message_id}>
        <Face name={message.sender_name} large />
        <div className="message-body">
          <div className="message-head">
            <span>{message.sender_name}</span>
            {message.sender.kind === "app" && (
              <Tag size="small" color="orange">
                {words.bot}
              </Tag>
            )}
            <span>{time(message.create_time, language)}</span>
            {message.urgent?.includes(person.open_id) && (
              <Tag size="small" color="red">
                {words.urgent}
              </Tag>
            )}
          </div>
          <Boundary fallback={(why) => <div className="bubble recalled">{why}</div>}>
            <Content message={message} />
          </Boundary>
        </div>
      </div>
    </>
  );
}

function Content({ message }: { message: Message }) {
  const { person, words } = useWorld();
  const { content } = message;
  if (message.deleted || content === null) return <div className="bubble recalled">{words.recalled}</div>;
  const file = (key: unknown) =>
    `/sandbox${mine(person.open_id, `chats/${message.chat_id}/files/${str(key)}`)}`;
  if (message.msg_type === "interactive") return <Card message={message} card={content} imageOf={file} />;
  if (message.msg_type === "post") return <Post content={content} imageOf={file} />;
  if (message.msg_type === "image")
    return <img className="message-image" src={file(content.image_key)} alt={str(content.image_key)} />;
  if (message.msg_type === "text")
    return <div className="bubble">{named(message, str(content.text ?? ""))}</div>;
  if (typeof content.file_key === "string")
    return (
      <a className="bubble file" href={file(content.file_key)} download={str(content.file_name ?? "")}>
        <IconDownload /> {str(content.file_name ?? words.download)}
      </a>
    );
  return <div className="bubble dim">[{message.msg_type}]</div>;
}

/** `@_user_1` by the name that stands behind it. */
function named(message: Message, text: string): React.ReactNode[] {
  return text.split(/(@_user_\d+|@_all)/).map((part, at) => {
    const mention = message.mentions.find((one) => one.key === part);
    if (!mention && part !== "@_all") return part;
    return (
      <span key={at} className="mention">
        @{mention?.name ?? "所有人"}
      </span>
    );
  });
}
