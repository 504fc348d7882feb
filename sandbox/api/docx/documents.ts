/** docx/v1 documents: create, get, raw content, blocks read (facts.md §5.4). */
import { atLeast, createNode, nodeOf, permissionOf, whoOf } from "../drive/nodes.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { pageOf, sizeOf } from "../paging.ts";
import { str } from "../text.ts";
import { badRequest, invalid, requireBlock, requireDocument } from "./access.ts";
import { type Block, docx, inOrder, newDocument, textOf } from "./state.ts";

const READ = ["docx:document", "docx:document:readonly"];
const MOST_TITLE = 800;

export function blockView(block: Block): Record<string, unknown> {
  const { block_id, block_type, parent_id, children, content } = block;
  return { block_id, block_type, parent_id, ...(children.length ? { children } : {}), ...content };
}

function create(call: Call): unknown {
  const title = str(call.body.title);
  if (title.length > MOST_TITLE) throw invalid(`title may have at most ${MOST_TITLE} characters`);
  const folder = str(call.body.folder_token);
  if (folder) requireFolder(call, folder);
  const id = call.id("docx", 27).slice(0, 27);
  docx(call.state).documents[id] = newDocument(id, title);
  createNode(call, { token: id, type: "docx", name: title, parent: folder, owner: whoOf(call) });
  return { document: { document_id: id, revision_id: 1, title } };
}

function requireFolder(call: Call, token: string): void {
  const node = nodeOf(call.state, token);
  if (!node || node.type !== "folder") throw new FeishuError(1770039, 400, `folder not found: ${token}`);
  if (!atLeast(permissionOf(call, node, whoOf(call)), "edit"))
    throw new FeishuError(1770040, 403, "no folder permission");
}

function get(call: Call): unknown {
  const { id, revision, title } = requireDocument(call, "view");
  return { document: { document_id: id, revision_id: revision, title } };
}

/** Texts of all blocks, one a line. */
function rawContent(call: Call): unknown {
  const document = requireDocument(call, "view");
  return {
    content: inOrder(document)
      .map((block) => `${textOf(block)}\n`)
      .join(""),
  };
}

function page(call: Call, blocks: Block[], kind: string): unknown {
  const size = sizeOf(call.query.page_size, { initial: 500, min: 1, max: 500 }, () =>
    invalid("page_size takes 1 to 500"),
  );
  const found = pageOf(blocks, { kind, size, token: call.query.page_token }, () =>
    invalid("page_token is invalid"),
  );
  return { ...found, items: found.items.map(blockView) };
}

function blocks(call: Call): unknown {
  const document = requireDocument(call, "view");
  return page(call, inOrder(document), `blocks-${document.id}`);
}

function children(call: Call): unknown {
  const document = requireDocument(call, "view");
  const parent = requireBlock(document, call.path.block_id ?? "");
  return page(
    call,
    parent.children.flatMap((id) => document.blocks[id] ?? []),
    `children-${parent.block_id}`,
  );
}

const DOCUMENT = "/open-apis/docx/v1/documents/:document_id";
export const documents = operations([
  // Creation is one of the older APIs: 400 instead of 429 (facts.md §1.2).
  {
    method: "POST",
    path: "/open-apis/docx/v1/documents",
    scopes: ["docx:document", "docx:document:create"],
    rate: { perSecond: 3, status: 400 },
    invalid: badRequest,
    handle: create,
  },
  { method: "GET", path: DOCUMENT, scopes: READ, rate: { perSecond: 5 }, invalid: badRequest, handle: get },
  {
    method: "GET",
    path: `${DOCUMENT}/raw_content`,
    scopes: READ,
    rate: { perSecond: 5 },
    invalid: badRequest,
    handle: rawContent,
  },
  {
    method: "GET",
    path: `${DOCUMENT}/blocks`,
    scopes: READ,
    rate: { perSecond: 5 },
    invalid: badRequest,
    handle: blocks,
  },
  {
    method: "GET",
    path: `${DOCUMENT}/blocks/:block_id`,
    scopes: READ,
    rate: { perSecond: 5 },
    invalid: badRequest,
    handle: (call) => ({
      block: blockView(requireBlock(requireDocument(call, "view"), call.path.block_id ?? "")),
    }),
  },
  {
    method: "GET",
    path: `${DOCUMENT}/blocks/:block_id/children`,
    scopes: READ,
    rate: { perSecond: 5 },
    invalid: badRequest,
    handle: children,
  },
]);
