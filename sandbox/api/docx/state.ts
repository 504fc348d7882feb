/** Documents as trees of blocks; the root block has the document's own id. */
import { slice } from "../../kernel.ts";

export interface Block {
  block_id: string;
  block_type: number;
  parent_id: string;
  children: string[];
  /** The block's own part (`text`, `heading1`, `bullet`, …) as it was given. */
  content: Record<string, unknown>;
}

export interface Document {
  id: string;
  title: string;
  revision: number;
  blocks: Record<string, Block>;
}

interface DocxState {
  documents: Record<string, Document>;
  /** `document|client_token` → answer of an edit already made. */
  edits: Record<string, Record<string, unknown>>;
}

export const docx = slice<DocxState>("docx", () => ({ documents: {}, edits: {} }));

/** block_type → name of the property that holds the content. */
export const KINDS: Record<number, string> = {
  1: "page",
  2: "text",
  3: "heading1",
  4: "heading2",
  5: "heading3",
  6: "heading4",
  7: "heading5",
  8: "heading6",
  9: "heading7",
  10: "heading8",
  11: "heading9",
  12: "bullet",
  13: "ordered",
  14: "code",
  15: "quote",
  17: "todo",
  18: "bitable",
  19: "callout",
  20: "chat_card",
  22: "divider",
  23: "file",
  24: "grid",
  25: "grid_column",
  26: "iframe",
  27: "image",
  30: "sheet",
  31: "table",
  32: "table_cell",
  34: "quote_container",
};

/** Kinds whose content is a line of text elements. */
export const TEXTUAL = new Set([
  "page",
  "text",
  "heading1",
  "heading2",
  "heading3",
  "heading4",
  "heading5",
  "heading6",
  "heading7",
  "heading8",
  "heading9",
  "bullet",
  "ordered",
  "code",
  "quote",
  "todo",
]);

/** A document of one page block with its title. */
export function newDocument(id: string, title: string): Document {
  const page: Block = {
    block_id: id,
    block_type: 1,
    parent_id: "",
    children: [],
    content: {
      page: { elements: [{ text_run: { content: title, text_element_style: {} } }], style: { align: 1 } },
    },
  };
  return { id, title, revision: 1, blocks: { [id]: page } };
}

interface TextElement {
  text_run?: { content?: string };
  mention_user?: { user_id?: string };
  mention_doc?: { title?: string };
  equation?: { content?: string };
}

/** Plain text of a block. */
export function textOf(block: Block): string {
  const kind = KINDS[block.block_type] ?? "";
  const elements = ((block.content[kind] as { elements?: TextElement[] } | undefined)?.elements ??
    []) as TextElement[];
  return elements
    .map(
      (one) =>
        one.text_run?.content ??
        one.mention_doc?.title ??
        one.equation?.content ??
        (one.mention_user ? `@${one.mention_user.user_id ?? ""}` : ""),
    )
    .join("");
}

/** Blocks in reading order, the page first. */
export function inOrder(document: Document, from: string = document.id): Block[] {
  const block = document.blocks[from];
  return block ? [block, ...block.children.flatMap((id) => inOrder(document, id))] : [];
}
