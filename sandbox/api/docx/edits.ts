/** docx/v1 block edits: create children, delete children, update; 3 a second for one document (facts.md §5.4). */
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { str } from "../text.ts";
import { take } from "../windows.ts";
import { badRequest, edited, invalid, requireBlock, requireDocument } from "./access.ts";
import { blockView } from "./documents.ts";
import { type Block, type Document, docx, inOrder, KINDS, TEXTUAL } from "./state.ts";

const EDIT = ["docx:document", "docx:document:write_only"];
const MOST_CHILDREN = 50;
const MOST_REQUESTS = 200;
const RATE = { perSecond: 50, perMinute: 1000 };
const LONGEST_ELEMENT = 100_000;

interface Ready {
  document: Document;
  /** The answer already given for this client_token. */
  before: Record<string, unknown> | undefined;
  key: string | null;
}

/** The document to edit, within its rate; a repeated client_token answers what it answered. */
function begin(call: Call): Ready {
  const document = requireDocument(call, "edit");
  const token = str(call.query.client_token);
  const key = token ? `${document.id}|${token}` : null;
  const before = key ? docx(call.state).edits[key] : undefined;
  const revision = call.query.document_revision_id;
  if (revision !== undefined && Number(revision) !== -1 && Number(revision) > document.revision)
    throw invalid(`document_revision_id ${Number(revision)} does not exist yet`);
  if (!before && call.switches.rates && !take(call.state, `docx ${document.id}`, 3, call.now()))
    throw new FeishuError(99991400, 429, "request trigger frequency limit");
  return { document, before, key };
}

function done(
  call: Call,
  { document, key }: Ready,
  answer: Record<string, unknown>,
): Record<string, unknown> {
  edited(call, document);
  const whole = {
    ...answer,
    document_revision_id: document.revision,
    client_token: str(call.query.client_token) || call.logId,
  };
  if (key) docx(call.state).edits[key] = whole;
  return whole;
}

/** A new block from what the call gives: its type and the one property that belongs to it. */
function made(call: Call, parent: string, given: Record<string, unknown>): Block {
  const kind = KINDS[Number(given.block_type)];
  if (!kind || kind === "page") throw invalid(`block_type ${str(given.block_type)} cannot be created`);
  const content = given[kind] as { elements?: { text_run?: { content?: string } }[] } | undefined;
  if (TEXTUAL.has(kind) && !content?.elements?.length)
    throw invalid(`a block of type ${str(given.block_type)} needs ${kind}.elements`);
  for (const element of content?.elements ?? [])
    if ((element.text_run?.content ?? "").length > LONGEST_ELEMENT)
      throw invalid(`a text_run may have at most ${LONGEST_ELEMENT} characters`);
  return {
    block_id: call.id("dox", 24),
    block_type: Number(given.block_type),
    parent_id: parent,
    children: [],
    content: { [kind]: content ?? {} },
  };
}

function createChildren(call: Call): unknown {
  const ready = begin(call);
  if (ready.before) return ready.before;
  const parent = requireBlock(ready.document, call.path.block_id ?? "");
  const given = (call.body.children ?? []) as Record<string, unknown>[];
  if (given.length < 1 || given.length > MOST_CHILDREN)
    throw invalid(`children takes 1 to ${MOST_CHILDREN} blocks`);
  const index =
    call.body.index === undefined || Number(call.body.index) === -1
      ? parent.children.length
      : Number(call.body.index);
  if (index < 0 || index > parent.children.length)
    throw invalid(`index ${index} lies outside the ${parent.children.length} children`);
  const fresh = given.map((one) => made(call, parent.block_id, one));
  for (const block of fresh) ready.document.blocks[block.block_id] = block;
  parent.children.splice(index, 0, ...fresh.map((block) => block.block_id));
  return done(call, ready, { children: fresh.map(blockView) });
}

function deleteChildren(call: Call): unknown {
  const ready = begin(call);
  if (ready.before) return ready.before;
  const parent = requireBlock(ready.document, call.path.block_id ?? "");
  const [start, end] = [Number(call.body.start_index), Number(call.body.end_index)];
  if (!(start >= 0 && start < end && end <= parent.children.length))
    throw invalid(
      `start_index ${start} and end_index ${end} are no range of the ${parent.children.length} children`,
    );
  const gone = parent.children.splice(start, end - start).flatMap((id) => inOrder(ready.document, id));
  for (const block of gone) delete ready.document.blocks[block.block_id];
  return done(call, ready, {});
}

function updateText(document: Document, id: string, elements: unknown): Block {
  const block = requireBlock(document, id);
  const kind = KINDS[block.block_type] ?? "";
  if (!TEXTUAL.has(kind)) throw invalid(`block ${id} holds no text`);
  block.content[kind] = { ...(block.content[kind] as object), elements };
  if (kind === "page")
    document.title = (elements as { text_run?: { content?: string } }[])
      .map((one) => one.text_run?.content ?? "")
      .join("");
  return block;
}

interface Update {
  block_id?: string;
  update_text_elements?: { elements: unknown };
}

/** Only text changes are known here; other kinds of update are refused rather than half done. */
function apply(document: Document, request: Update, id: string): Block {
  if (!request.update_text_elements) throw invalid("this sandbox knows update_text_elements only");
  return updateText(document, id, request.update_text_elements.elements);
}

function batchUpdate(call: Call): unknown {
  const ready = begin(call);
  if (ready.before) return ready.before;
  const requests = (call.body.requests ?? []) as Update[];
  if (requests.length < 1 || requests.length > MOST_REQUESTS)
    throw invalid(`requests takes 1 to ${MOST_REQUESTS}`);
  if (new Set(requests.map((one) => one.block_id)).size !== requests.length)
    throw invalid("a block may stand only once in a batch");
  for (const one of requests) requireBlock(ready.document, one.block_id ?? "");
  const blocks = requests.map((one) => apply(ready.document, one, one.block_id ?? ""));
  return done(call, ready, { blocks: blocks.map(blockView) });
}

function patch(call: Call): unknown {
  const ready = begin(call);
  if (ready.before) return ready.before;
  const block = apply(ready.document, call.body as Update, call.path.block_id ?? "");
  return done(call, ready, { block: blockView(block) });
}

const BLOCKS = "/open-apis/docx/v1/documents/:document_id/blocks";
export const edits = operations([
  {
    method: "POST",
    path: `${BLOCKS}/:block_id/children`,
    scopes: EDIT,
    rate: RATE,
    invalid: badRequest,
    handle: createChildren,
  },
  {
    method: "DELETE",
    path: `${BLOCKS}/:block_id/children/batch_delete`,
    scopes: EDIT,
    rate: RATE,
    invalid: badRequest,
    handle: deleteChildren,
  },
  {
    method: "PATCH",
    path: `${BLOCKS}/batch_update`,
    scopes: EDIT,
    rate: RATE,
    invalid: badRequest,
    handle: batchUpdate,
  },
  {
    method: "PATCH",
    path: `${BLOCKS}/:block_id`,
    scopes: EDIT,
    rate: RATE,
    invalid: badRequest,
    handle: patch,
  },
]);
