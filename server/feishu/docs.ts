import type { Once } from "./once.ts";

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
   * anything else a paragraph; `**bold**` and `[text](https://…)` inside.
   */
  appendBlocks(documentId: string, outline: string, once: Once): Promise<void>;
  rawContent(documentId: string): Promise<string>;
}
