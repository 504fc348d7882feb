import type { ReactNode } from "react";
import { useWorld } from "../world.tsx";

export interface Block {
  id: string;
  kind: string;
  depth: number;
  elements: TextElement[];
  done: boolean;
}

interface Style {
  bold?: boolean;
  italic?: boolean;
  strikethrough?: boolean;
  underline?: boolean;
  inline_code?: boolean;
  link?: { url?: string };
}

interface TextElement {
  text_run?: { content?: string; text_element_style?: Style };
  mention_user?: { user_id?: string };
  mention_doc?: { title?: string; url?: string };
  equation?: { content?: string };
}

/** Blocks of a document in reading order. */
export function DocBody({ blocks }: { blocks: Block[] }) {
  return (
    <div className="doc-body">
      {blocks.map((block, at) => (
        <OneBlock key={block.id} block={block} number={numberOf(blocks, at)} />
      ))}
    </div>
  );
}

/** The place of an ordered item among its neighbours. */
function numberOf(blocks: Block[], at: number): number {
  const block = blocks[at];
  let number = 1;
  for (let before = at - 1; before >= 0; before -= 1) {
    const other = blocks[before];
    if (!other || other.depth < (block?.depth ?? 0)) break;
    if (other.depth > (block?.depth ?? 0)) continue;
    if (other.kind !== "ordered") break;
    number += 1;
  }
  return number;
}

function OneBlock({ block, number }: { block: Block; number: number }) {
  const text = block.elements.map((element, at) => <Run key={at} element={element} />);
  const style = { marginInlineStart: `${block.depth * 24}px` };
  const heading = /^heading(\d)$/.exec(block.kind);
  if (heading) {
    const Level = `h${Math.min(6, Number(heading[1]) + 1)}` as "h2";
    return <Level style={style}>{text}</Level>;
  }
  if (block.kind === "divider") return <hr />;
  if (block.kind === "bullet" || block.kind === "ordered" || block.kind === "todo") {
    const mark =
      block.kind === "ordered" ? `${number}.` : block.kind === "bullet" ? "•" : block.done ? "☑" : "☐";
    return (
      <p className="doc-item" style={style}>
        <span>{mark}</span>
        <span>{text}</span>
      </p>
    );
  }
  if (block.kind === "code") return <pre style={style}>{text}</pre>;
  if (block.kind === "quote") return <blockquote style={style}>{text}</blockquote>;
  return text.length > 0 ? <p style={style}>{text}</p> : null;
}

function Run({ element }: { element: TextElement }): ReactNode {
  const { people } = useWorld();
  if (element.mention_user) {
    const person = people.find((one) => one.open_id === element.mention_user?.user_id);
    return <span className="mention">@{person?.name ?? ""}</span>;
  }
  if (element.mention_doc)
    return (
      <a href={element.mention_doc.url} target="_blank" rel="noreferrer">
        {element.mention_doc.title}
      </a>
    );
  const content = element.text_run?.content ?? element.equation?.content ?? "";
  return styled(content, element.text_run?.text_element_style ?? {});
}

function styled(content: string, style: Style): ReactNode {
  let shown: ReactNode = content;
  if (style.inline_code) shown = <code>{shown}</code>;
  if (style.bold) shown = <strong>{shown}</strong>;
  if (style.italic) shown = <em>{shown}</em>;
  if (style.strikethrough) shown = <s>{shown}</s>;
  if (style.underline) shown = <u>{shown}</u>;
  const url = style.link?.url;
  if (!url) return shown;
  return (
    <a href={url.includes("%3A%2F%2F") ? decodeURIComponent(url) : url} target="_blank" rel="noreferrer">
      {shown}
    </a>
  );
}
