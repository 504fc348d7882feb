import type { ReactNode } from "react";
import { useWorld } from "../world.tsx";

const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: "\u00a0" };
/** Everything within a line that is more than a sign; the first group that matches says what it is. */
const INLINE =
  /\\(?<escaped>[\\`*_{}[\]()#+.!>~-])|&(?<entity>#\d+|lt|gt|amp|quot|nbsp);|<at\s+(?:id|user_id)\s*=\s*['"]?(?<at>[^'">\s]+)['"]?\s*>[^<]*(?:<\/at>)?|<font\s+color\s*=\s*['"]?(?<color>[^'">]+)['"]?\s*>(?<coloured>.*?)<\/font>|<text_tag[^>]*>(?<tag>.*?)<\/text_tag>|<a\s+href\s*=\s*['"](?<href>[^'"]*)['"][^>]*>(?<anchor>.*?)<\/a>|<br\s*\/?>|!\[(?<alt>[^\]]*)\]\((?<image>[^)]*)\)|\[(?<link>(?:\\.|[^\]\\])+)\]\((?<url>[^)\s]+)\)|\*\*(?<bold>.+?)\*\*|~~(?<struck>.+?)~~|`(?<code>[^`]+)`|\*(?<italic>[^*\s][^*]*)\*/su;

interface Inline {
  nameOf: (id: string) => string;
  imageOf: (key: string) => string;
}

function inline(text: string, by: Inline): ReactNode[] {
  const parts: ReactNode[] = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    if (found.index > 0) parts.push(rest.slice(0, found.index));
    parts.push(<span key={parts.length}>{marked(found.groups ?? {}, by)}</span>);
    rest = rest.slice(found.index + found[0].length);
  }
  return rest === "" ? parts : [...parts, rest];
}

function marked(of: Record<string, string | undefined>, by: Inline): ReactNode {
  if (of.escaped !== undefined) return of.escaped;
  if (of.entity !== undefined)
    return of.entity.startsWith("#") ? String.fromCodePoint(Number(of.entity.slice(1))) : NAMED[of.entity];
  if (of.at !== undefined)
    return <span className="mention">@{of.at === "all" ? "所有人" : by.nameOf(of.at)}</span>;
  if (of.coloured !== undefined)
    return <span className={`ink-${of.color ?? ""}`}>{inline(of.coloured, by)}</span>;
  if (of.tag !== undefined) return <span className="text-tag">{of.tag}</span>;
  if (of.image !== undefined)
    return <img className="card-image" src={by.imageOf(of.image)} alt={of.alt ?? ""} />;
  const url = of.url ?? of.href;
  if (url !== undefined)
    return (
      <a href={url} target="_blank" rel="noreferrer">
        {inline(of.link ?? of.anchor ?? "", by)}
      </a>
    );
  if (of.bold !== undefined) return <strong>{inline(of.bold, by)}</strong>;
  if (of.struck !== undefined) return <s>{inline(of.struck, by)}</s>;
  if (of.code !== undefined) return <code>{of.code}</code>;
  if (of.italic !== undefined) return <em>{inline(of.italic, by)}</em>;
  return <br />;
}

interface Props {
  text: string;
  size?: string;
  align?: string;
  imageOf: (key: string) => string;
}

/** Feishu's markdown: lines, headings, lists, quotes, rules, and what stands within a line. */
export function Markdown({ text, size = "", align, imageOf }: Props) {
  const { people } = useWorld();
  const by: Inline = { imageOf, nameOf: (id) => people.find((one) => one.open_id === id)?.name ?? id };
  const small = size === "notation";
  return (
    <div
      className={small ? "card-md notation" : "card-md"}
      style={align ? { textAlign: align as "left" } : undefined}
    >
      {text.split("\n").map((line, at) => (
        <Line key={at} line={line} by={by} />
      ))}
    </div>
  );
}

function Line({ line, by }: { line: string; by: Inline }) {
  if (/^\s*(---|\*\*\*)\s*$/.test(line)) return <hr />;
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) return <div className="card-heading">{inline(heading[2] ?? "", by)}</div>;
  const quote = /^>\s?(.*)$/.exec(line);
  if (quote) return <blockquote>{inline(quote[1] ?? "", by)}</blockquote>;
  const item = /^(\s*)([-*]|\d+\.)\s+(.*)$/.exec(line);
  if (item)
    return (
      <div className="card-li" style={{ marginInlineStart: `${(item[1]?.length ?? 0) * 8}px` }}>
        <span>{/\d/.test(item[2] ?? "") ? item[2] : "•"}</span>
        <span>{inline(item[3] ?? "", by)}</span>
      </div>
    );
  return <div className="card-line">{line === "" ? "\u00a0" : inline(line, by)}</div>;
}
