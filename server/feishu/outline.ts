interface TextRun {
  text_run: {
    content: string;
    text_element_style?: { bold?: boolean; link?: { url: string } };
  };
}

/** A docx block as `blocks/children` takes it: its type and, under the type's own name, its content. */
export interface Block {
  block_type: number;
  [content: string]: unknown;
}

const LINE = [
  { mark: /^### /, type: 5, name: "heading3" },
  { mark: /^## /, type: 4, name: "heading2" },
  { mark: /^# /, type: 3, name: "heading1" },
  { mark: /^(?:[-*] )?\[( |x)\](?: |$)/i, type: 17, name: "todo" },
  { mark: /^[-*] /, type: 12, name: "bullet" },
  { mark: /^\d+[.、] ?/, type: 13, name: "ordered" },
  { mark: /^> /, type: 15, name: "quote" },
] as const;

function runs(words: string): TextRun[] {
  const parts = words.split(/(\*\*[^*]+\*\*|\[[^\]]+\]\(https?:\/\/[^)\s]+\))/).filter((part) => part !== "");
  // A box to tick without words is still a block with an element.
  return (parts.length > 0 ? parts : [""]).map((part): TextRun => {
    const bold = /^\*\*(.+)\*\*$/.exec(part);
    if (bold) return { text_run: { content: bold[1] ?? "", text_element_style: { bold: true } } };
    const link = /^\[(.+)\]\((https?:.+)\)$/.exec(part);
    if (!link) return { text_run: { content: part } };
    // Feishu wants the address URL-encoded.
    const url = encodeURIComponent(link[2] ?? "");
    return { text_run: { content: link[1] ?? "", text_element_style: { link: { url } } } };
  });
}

function blockOf(line: string): Block {
  if (/^-{3,}$/.test(line)) return { block_type: 22, divider: {} };
  const kind = LINE.find(({ mark }) => mark.test(line));
  if (!kind) return { block_type: 2, text: { elements: runs(line) } };
  const done =
    kind.name === "todo" ? { style: { done: kind.mark.exec(line)?.[1]?.toLowerCase() === "x" } } : {};
  return { block_type: kind.type, [kind.name]: { ...done, elements: runs(line.replace(kind.mark, "")) } };
}

const cellsOf = (line: string) =>
  line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());

/** A table as lines that are read and filled in like any other: one bullet a row, `column: cell`. */
function listOf(table: string[]): string[] {
  const [head = "", ...body] = table;
  const columns = cellsOf(head);
  const rows = body.filter((line) => !/^\|?[\s:|-]+\|?$/.test(line) || !line.includes("-"));
  const wide = columns.some((column) => /[\u2e80-\u9fff]/.test(column));
  const [colon, gap] = wide ? ["：", "；"] : [": ", "; "];
  return rows.map((line) => {
    const cells = cellsOf(line);
    return `- ${columns.map((column, n) => `${column}${colon}${cells[n] ?? ""}`).join(gap)}`;
  });
}

const isRow = (line: string | undefined) => line?.startsWith("|") === true;

function withoutTables(lines: string[]): string[] {
  const plain: string[] = [];
  for (let at = 0; at < lines.length;) {
    const end = lines.findIndex((line, n) => n >= at && !isRow(line));
    const until = end === -1 ? lines.length : end;
    if (until - at > 1) plain.push(...listOf(lines.slice(at, until)));
    else plain.push(lines[at]!);
    at = Math.max(until, at + 1);
  }
  return plain;
}

/** Blocks of an outline, one a line; empty lines are left out. Block types as in the docx block page. */
export function blocksOf(outline: string): Block[] {
  const lines = outline
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return withoutTables(lines).map(blockOf);
}
