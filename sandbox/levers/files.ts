import type { Context, Hono } from "hono";
import { z } from "zod";
import { fileResponse } from "../api/drive/downloads.ts";
import { checkParent, storeMedia } from "../api/drive/media-core.ts";
import { drive, type Node, nodeOf, permissionOf } from "../api/drive/nodes.ts";
import type { Kernel } from "../kernel.ts";
import { LeverError, input } from "../lever-input.ts";
import { answered } from "./base-acts.ts";

const uploadSchema = z.strictObject({
  as: z.string(),
  app_token: z.string().optional(),
  base: z.string().optional(),
  name: z.string(),
  text: z.string().optional(),
  base64: z.string().optional(),
});

/** Files as people meet them: upload into a Base, open by permission, temporary addresses, removal. */
export function fileLevers(app: Hono, kernel: Kernel): void {
  app.post("/sandbox/act/upload", (c) => answered(c, async () => upload(kernel, await uploaded(c))));
  app.get("/sandbox/files/:token/open", (c) => open(c, kernel));
  app.delete("/sandbox/files/:token", (c) => c.json(remove(kernel, c.req.param("token"))));
  // An address of batch_get_tmp_download_url: whoever has it may open it, for 24 h (facts.md §5.2).
  app.get("/sandbox/tmp/:code", (c) => {
    const ticket = drive(kernel.state).tickets[c.req.param("code")];
    const media = ticket && drive(kernel.state).medias[ticket.token];
    if (!ticket || !media || media.deleted || ticket.until <= kernel.now())
      return c.text("link expired", 403);
    const response = fileResponse(media, c.req.header("range") ?? null);
    // A plugin of another origin may read what it has been given the address of.
    response.headers.set("access-control-allow-origin", "*");
    return response;
  });
}

interface Uploaded {
  as: string;
  base: string;
  name: string;
  bytes: Buffer;
}

/** Multipart (`as`, `base`, `name`, `file`) or JSON (`text` or `base64`). */
async function uploaded(c: Context): Promise<Uploaded> {
  if ((c.req.header("content-type") ?? "").startsWith("multipart/")) {
    const form = await c.req.formData();
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" ? value : "";
    };
    const file = form.get("file");
    if (!file) throw new LeverError("part file is missing");
    const bytes = typeof file === "string" ? Buffer.from(file) : Buffer.from(await file.arrayBuffer());
    return { as: text("as"), base: text("base") || text("app_token"), name: text("name"), bytes };
  }
  const given = await input(c, uploadSchema);
  const bytes =
    given.base64 === undefined ? Buffer.from(given.text ?? "") : Buffer.from(given.base64, "base64");
  return { as: given.as, base: given.app_token ?? given.base ?? "", name: given.name, bytes };
}

function upload(kernel: Kernel, { as, base, name, bytes }: Uploaded): object {
  const spec = { name, parentType: "bitable_file", parentNode: base };
  checkParent(kernel, { kind: "user", openId: as }, spec);
  return { file_token: storeMedia(kernel, as, spec, bytes).token };
}

/** What a person sees who follows a link to a file or a document: it, or "request access". */
function open(c: Context, kernel: Kernel): Response {
  const token = c.req.param("token") ?? "";
  const as = c.req.query("as") ?? "";
  const media = drive(kernel.state).medias[token];
  const node = nodeOf(kernel.state, media?.parentNode ?? token);
  if (media?.deleted || (!media && !node)) return c.json({ error: "not found" }, 404);
  const who = { kind: "user", openId: as } as const;
  const perm = node ? permissionOf(kernel, node, who) : null;
  if (!perm) return c.json({ error: "request access", token, type: node?.type ?? "file" }, 403);
  if (!media && node) viewed(kernel, node, as);
  return c.json({ token, type: media ? "file" : node?.type, name: media?.name ?? node?.name, perm });
}

/** Notes who opened a file, the newest 5000 times. */
export function viewed(kernel: Kernel, node: Node, openId: string): void {
  node.views.push({ openId, at: kernel.now() });
  if (node.views.length > 5000) node.views.shift();
}

/** The file is gone, though cells still name it. */
function remove(kernel: Kernel, token: string): object {
  const found = drive(kernel.state).medias[token] ?? drive(kernel.state).nodes[token];
  if (!found) throw new LeverError(`there is no file ${token}`);
  found.deleted = true;
  return {};
}
