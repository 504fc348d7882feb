/** The built workspace page, and addresses of Feishu's own files, which lead into it. */
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Hono } from "hono";
import { wikiNodes } from "../api/wiki.ts";
import type { Kernel } from "../kernel.ts";

const BUILT = join(import.meta.dirname, "../host/dist");
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".woff2": "font/woff2",
};

const WAIT = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><link rel="icon" href="data:,"><meta http-equiv="refresh" content="3"><title>讲台 · 本地飞书</title>
<style>body{font:15px/1.7 -apple-system,"PingFang SC",sans-serif;max-width:30rem;margin:18vh auto;padding:0 1rem;color:#1f2329}</style>
<h1>页面还没有构建好</h1><p>正在等它,好了会自动打开。没有在构建时,请运行 <code>npm run build</code>。</p>
<p lang="en">This page is not built yet. It opens by itself once it is; run <code>npm run build</code> if nothing is building it.</p></html>`;

export function pageLevers(app: Hono, kernel: Kernel): void {
  app.get("/sandbox/workspace", (c) => c.redirect(`/sandbox/workspace/${new URL(c.req.url).search}`));
  app.get("/sandbox/workspace/", async (c) => {
    const html = await built("index.html");
    return html
      ? c.body(html, 200, { "content-type": TYPES[".html"] ?? "", "cache-control": "no-cache" })
      : c.html(WAIT, 503);
  });
  app.get("/sandbox/workspace/assets/:name", async (c) => {
    const name = c.req.param("name");
    const bytes = /^[\w.-]+$/.test(name) ? await built(join("assets", name)) : null;
    if (!bytes) return c.json({ error: `the page has no part ${name}: load it again` }, 404);
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    return c.body(bytes, 200, {
      "content-type": type,
      "cache-control": "public, max-age=31536000, immutable",
    });
  });
  app.get("/docx/:token", (c) => c.redirect(`/sandbox/workspace/#/docs/${c.req.param("token")}`));
  app.get("/base/:token", (c) => c.redirect(baseAddress(c.req.param("token"), c.req.query())));
  app.get("/wiki/:token", (c) => {
    const token = wikiNodes(kernel.state)[c.req.param("token")]?.obj_token ?? "";
    return c.redirect(baseAddress(token, c.req.query()));
  });
}

/** `?table=…&view=…&record=…` of a Base's link as the page's own address. */
function baseAddress(token: string, query: Record<string, string>): string {
  const path = ["base", token, query.table, query.view].filter((part) => part !== undefined && part !== "");
  return `/sandbox/workspace/#/${path.join("/")}${query.record ? `?record=${query.record}` : ""}`;
}

async function built(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(join(BUILT, name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
