/** Puts a file behind a wiki link, as people do with 「移动到知识库」. */
import type { Hono } from "hono";
import { z } from "zod";
import { nodeOf } from "../api/drive/nodes.ts";
import { wikiNodes } from "../api/wiki.ts";
import type { Kernel } from "../kernel.ts";
import { input, LeverError } from "../lever-input.ts";

export function wikiLevers(app: Hono, kernel: Kernel): void {
  app.post("/sandbox/wiki", async (c) => {
    const { obj_token } = await input(c, z.strictObject({ obj_token: z.string() }));
    return c.json({ node_token: intoWiki(kernel, obj_token) });
  });
}

/** The token of the new wiki node: what a link into the wiki shows instead of the file's own. */
export function intoWiki(kernel: Kernel, obj_token: string): string {
  const object = nodeOf(kernel.state, obj_token);
  if (!object) throw new LeverError(`no file has the token ${obj_token}`);
  object.inWiki = true;
  const node_token = kernel.id("wikcn", 22);
  const space_id = "7034502641455497244";
  wikiNodes(kernel.state)[node_token] = { node_token, space_id, obj_token, created: kernel.now() };
  return node_token;
}
