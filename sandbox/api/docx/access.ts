/** Documents by id and the right to read or edit them, which Drive keeps. */
import { atLeast, nodeOf, permissionOf, whoOf } from "../drive/nodes.ts";
import { type Call, FeishuError, type Violation } from "../../kernel.ts";
import { type Block, type Document, docx } from "./state.ts";

export function invalid(why: string): FeishuError {
  return new FeishuError(1770001, 400, `invalid param: ${why}`);
}

export function badRequest(violations: Violation[]): FeishuError {
  return invalid(violations.map((one) => `${one.field}: ${one.description}`).join("; "));
}

/** The document of the path, when the caller may `view` or `edit` it. */
export function requireDocument(call: Call, need: "view" | "edit"): Document {
  const id = call.path.document_id ?? "";
  const document = docx(call.state).documents[id];
  if (!document) throw new FeishuError(1770002, 404, `not found: document ${id}`);
  const node = nodeOf(call.state, id);
  if (!node) throw new FeishuError(1770003, 400, "resource deleted");
  if (!atLeast(permissionOf(call, node, whoOf(call)), need)) throw new FeishuError(1770032, 403, "forBidden");
  return document;
}

export function requireBlock(document: Document, id: string): Block {
  const block = document.blocks[id];
  if (!block) throw new FeishuError(1770002, 404, `not found: block ${id}`);
  return block;
}

/** Notes an edit in the document and in Drive. */
export function edited(call: Call, document: Document): void {
  document.revision += 1;
  const node = nodeOf(call.state, document.id);
  if (!node) return;
  node.modifiedAt = call.now();
  node.modifiedBy = call.actor;
}
