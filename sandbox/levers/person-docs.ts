/** Documents that a person may open, and what is written in them. */
import type { Hono } from "hono";
import { nameOf } from "../api/directory.ts";
import { type Block, docx, inOrder, KINDS } from "../api/docx/state.ts";
import { actorOf, drive, type Node, nodeOf, permissionOf } from "../api/drive/nodes.ts";
import type { Kernel } from "../kernel.ts";
import { viewed } from "./files.ts";
import { personOf } from "./org.ts";

function brief(kernel: Kernel, node: Node) {
  return {
    token: node.token,
    type: node.type,
    name: node.name,
    owner: nameOf(kernel, actorOf(kernel, node.owner)),
    modified: node.modifiedAt,
  };
}

/** Depth of a block below the page, for lists within lists. */
function depth(blocks: Record<string, Block>, block: Block): number {
  const parent = blocks[block.parent_id];
  return parent ? 1 + depth(blocks, parent) : 0;
}

function content(kernel: Kernel, token: string) {
  const document = docx(kernel.state).documents[token];
  if (!document) return [];
  return inOrder(document)
    .slice(1)
    .map((block) => {
      const kind = KINDS[block.block_type] ?? "";
      const body = (block.content[kind] ?? {}) as { elements?: unknown; style?: { done?: boolean } };
      return {
        id: block.block_id,
        kind,
        depth: depth(document.blocks, block) - 1,
        elements: Array.isArray(body.elements) ? (body.elements as unknown[]) : [],
        done: body.style?.done === true,
      };
    });
}

export function personDocLevers(app: Hono, kernel: Kernel): void {
  app.get("/sandbox/people/:id/docs", (c) => {
    const who = { kind: "user", openId: personOf(kernel, c.req.param("id")).open_id } as const;
    const nodes = Object.values(drive(kernel.state).nodes).filter(
      (node) => !node.deleted && node.type === "docx" && permissionOf(kernel, node, who) !== null,
    );
    return c.json({
      docs: nodes.toSorted((a, b) => b.modifiedAt - a.modifiedAt).map((node) => brief(kernel, node)),
    });
  });
  app.get("/sandbox/people/:id/docs/:token", (c) => {
    const who = { kind: "user", openId: personOf(kernel, c.req.param("id")).open_id } as const;
    const token = c.req.param("token");
    const node = nodeOf(kernel.state, token);
    if (!node || node.type !== "docx") return c.json({ error: `there is no document ${token}` }, 404);
    const perm = permissionOf(kernel, node, who);
    // What a client shows then is whom to ask; it is no failure.
    if (!perm) return c.json({ closed: true, owner: brief(kernel, node).owner });
    viewed(kernel, node, who.openId);
    return c.json({ ...brief(kernel, node), perm, blocks: content(kernel, token) });
  });
}
