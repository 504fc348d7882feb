import { useWorld } from "../world.tsx";

interface Part {
  tag?: string;
  text?: string;
  href?: string;
  user_name?: string;
  user_id?: string;
  image_key?: string;
}
interface Body {
  title?: string;
  content?: Part[][];
}

/** Rich text: paragraphs of words, links, mentions and pictures. */
export function Post({
  content,
  imageOf,
}: {
  content: Record<string, unknown>;
  imageOf: (key: string) => string;
}) {
  const { people, language } = useWorld();
  const bodies = (content.post ?? content) as Record<string, Body>;
  const plain = Array.isArray(content.content) ? (content as Body) : undefined;
  const body = plain ?? bodies[language === "zh" ? "zh_cn" : "en_us"] ?? Object.values(bodies)[0];
  const part = (one: Part, at: number) => {
    if (one.tag === "a")
      return (
        <a key={at} href={one.href} target="_blank" rel="noreferrer">
          {one.text}
        </a>
      );
    if (one.tag === "at")
      return (
        <span key={at} className="mention">
          @{one.user_name ?? people.find((person) => person.open_id === one.user_id)?.name ?? one.user_id}
        </span>
      );
    if (one.tag === "img" && one.image_key)
      return <img key={at} className="message-image" src={imageOf(one.image_key)} alt="" />;
    return <span key={at}>{one.text}</span>;
  };
  return (
    <div className="bubble">
      {body?.title && <b>{body.title}</b>}
      {body?.content?.map((paragraph, at) => (
        <p key={at}>{paragraph.map(part)}</p>
      ))}
    </div>
  );
}
