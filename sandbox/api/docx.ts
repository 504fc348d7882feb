/** Docx v1: documents of the new kind. */
import { converts } from "./docx/convert.ts";
import { documents } from "./docx/documents.ts";
import { edits } from "./docx/edits.ts";
import { docx as state } from "./docx/state.ts";
import { setCopier } from "./drive/nodes.ts";
import type { ApiModule } from "../kernel.ts";

// A copied document starts with the blocks of its template, under its own id and name.
setCopier("docx", (kernel, from, to) => {
  const source = state(kernel.state).documents[from.token];
  if (!source) return;
  const text = JSON.stringify(source).replaceAll(JSON.stringify(from.token), JSON.stringify(to.token));
  const copy = { ...(JSON.parse(text) as typeof source), id: to.token, title: to.name, revision: 1 };
  const page = copy.blocks[to.token];
  if (page)
    page.content = {
      page: { elements: [{ text_run: { content: to.name, text_element_style: {} } }], style: { align: 1 } },
    };
  state(kernel.state).documents[to.token] = copy;
});

export const docx: ApiModule = { name: "docx", operations: [...documents, ...edits, ...converts] };
