import { z } from "zod";
import type { Client } from "./client.ts";
import type { Once } from "./once.ts";
import { blocksOf } from "./outline.ts";
import { batches } from "./paging.ts";
import { anything, text } from "./parts.ts";
import { clientTokenFor } from "./tokens.ts";

export interface Document {
  documentId: string;
  revisionId: number;
  title: string;
}

/** New documents. They lie in the app's space until `drive.transferOwner`. */
export interface Docs {
  createDocument(document: { title: string; folderToken?: string }): Promise<Document>;
  /**
   * Appends an outline: `# ` to `### ` headings, `- ` bullets, `1. ` numbers, `[ ] ` to-dos, `> ` quotes, `---` a line,
   * a table a bullet for each row, anything else a paragraph; `**bold**` and `[text](https://…)` inside.
   */
  appendBlocks(documentId: string, outline: string, once: Once): Promise<void>;
  rawContent(documentId: string): Promise<string>;
  /** Where a person opens it; that the plain host leads on to the tenant's own is unconfirmed. */
  link(documentId: string): string;
}

const BLOCK_BATCH = 50;
const LATEST = -1;

const created = z.object({
  document: z
    .object({ document_id: z.string(), revision_id: z.number(), title: text })
    .transform((raw): Document => ({
      documentId: raw.document_id,
      revisionId: raw.revision_id,
      title: raw.title ?? "",
    })),
});

export function createDocs(client: Client, domain: string): Docs {
  const host = domain.replace("://open.", "://");
  return {
    link: (documentId) => `${host}/docx/${documentId}`,
    async createDocument({ title, folderToken }) {
      const body = { title, folder_token: folderToken };
      return (await client.call("docs.create", { body }, created)).document;
    },
    async appendBlocks(documentId, outline, once) {
      // The page itself is the block with the document's id.
      const path = { document_id: documentId, block_id: documentId };
      for (const [index, children] of batches(blocksOf(outline), BLOCK_BATCH).entries()) {
        const query = {
          document_revision_id: LATEST,
          client_token: clientTokenFor(`${once.key}#${index}`),
        };
        await client.call(
          "docs.appendBlocks",
          { path, query, body: { children }, since: once.since },
          anything,
        );
      }
    },
    async rawContent(documentId) {
      const request = { path: { document_id: documentId } };
      return (await client.call("docs.rawContent", request, z.object({ content: z.string() }))).content;
    },
  };
}
