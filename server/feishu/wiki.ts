import { z } from "zod";
import type { Client } from "./client.ts";
import { text } from "./parts.ts";

export interface WikiNode {
  nodeToken: string;
  objToken: string;
  objType: string;
  title: string;
  spaceId?: string;
}

/** A Base inside a wiki has a node token in its link; this gives its app_token. */
export interface Wiki {
  getNode(token: string): Promise<WikiNode>;
}

const node = z
  .object({
    node_token: z.string(),
    obj_token: z.string(),
    obj_type: z.string(),
    title: text,
    space_id: text,
  })
  .transform((raw): WikiNode => ({
    nodeToken: raw.node_token,
    objToken: raw.obj_token,
    objType: raw.obj_type,
    title: raw.title ?? "",
    spaceId: raw.space_id,
  }));

export function createWiki(client: Client): Wiki {
  return {
    async getNode(token) {
      return (await client.call("wiki.getNode", { query: { token } }, z.object({ node }))).node;
    },
  };
}
