/** docx/v1 blocks/convert: Markdown into blocks; they are not yet part of any document. */
import { type Call, operations } from "../../kernel.ts";
import { str } from "../text.ts";
import { badRequest, invalid } from "./access.ts";
import { blockView } from "./documents.ts";
import { type Block, KINDS } from "./state.ts";

const RULES: [RegExp, (match: RegExpExecArray) => [number, string]][] = [
  [/^(#{1,9})\s+(.*)$/, (match) => [2 + (match[1] ?? "").length, match[2] ?? ""]],
  [/^[-*+]\s+\[[ xX]\]\s+(.*)$/, (match) => [17, match[1] ?? ""]],
  [/^[-*+]\s+(.*)$/, (match) => [12, match[1] ?? ""]],
  [/^\d+\.\s+(.*)$/, (match) => [13, match[1] ?? ""]],
  [/^>\s?(.*)$/, (match) => [15, match[1] ?? ""]],
  [/^(?:-{3,}|\*{3,})$/, () => [22, ""]],
];

function blockOf(call: Call, line: string): Block {
  const hit = RULES.map(([pattern, read]) => ({ found: pattern.exec(line), read })).find(
    ({ found }) => found !== null,
  );
  const [type, text] = hit?.found ? hit.read(hit.found) : [2, line];
  const kind = KINDS[type] ?? "text";
  const content =
    type === 22 ? {} : { elements: [{ text_run: { content: text, text_element_style: {} } }], style: {} };
  return {
    block_id: call.id("dox", 24),
    block_type: type,
    parent_id: "",
    children: [],
    content: { [kind]: content },
  };
}

function convert(call: Call): unknown {
  const text = str(call.body.content);
  if (text.trim() === "") throw invalid("content is required");
  const plain = call.body.content_type === "html" ? text.replaceAll(/<[^>]+>/g, "\n") : text;
  const blocks = plain
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => blockOf(call, line.trim()));
  return {
    first_level_block_ids: blocks.map((block) => block.block_id),
    blocks: blocks.map(blockView),
    block_id_to_image_urls: [],
  };
}

export const converts = operations([
  {
    method: "POST",
    path: "/open-apis/docx/v1/documents/blocks/convert",
    scopes: ["docx:document.block:convert"],
    rate: { perSecond: 5 },
    reads: true,
    invalid: badRequest,
    handle: convert,
  },
]);
