import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Hono } from "hono";
import { routePath } from "hono/route";

export interface PluginOptions {
  /** Folder of the built plugin. */
  files: string;
  /** Who may frame it: CSP host sources. */
  hosts: string[];
  /** Origins besides our own from which it may call. */
  origins: string[];
}

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".png": "image/png",
};

/** `/plugin/`: the built plugin, as the custom plugin's address (decisions.md 20). The Base client frames it. */
export function pluginRoutes({ files, hosts }: PluginOptions) {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    // Components set measures on elements, and the Base SDK brings sheets of its own.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...hosts].join(" ")}`,
  ].join("; ");
  const app = new Hono();
  app.use("*", async (c, next) => {
    await next();
    c.res.headers.set("x-content-type-options", "nosniff");
    c.res.headers.set("referrer-policy", "no-referrer");
    c.res.headers.set("content-security-policy", policy);
  });
  app.get("/:file{assets/[\\w.-]+}", async (c) => {
    const { file } = c.req.param();
    const body = await packed(join(files, file), c.req.header("accept-encoding"));
    if (!body) return c.text("no such file", 404);
    return c.body(body.bytes, 200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      // Their names change with their content.
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      ...(body.gzip ? { "content-encoding": "gzip" } : {}),
    });
  });
  app.get("/*", async (c) => {
    const [{ pathname }, root] = [new URL(c.req.url), routePath(c).replace(/\*$/, "")];
    // Without the slash its files would be looked for beside it.
    if (`${pathname}/` === root) return c.redirect(root);
    if (pathname !== root) return c.text("no such page", 404);
    const page = await read(join(files, "index.html"));
    if (!page)
      return c.text("插件还没有构建：npm run build / the plugin is not built yet: npm run build", 503, {
        "retry-after": "5",
      });
    return c.body(page, 200, { "content-type": TYPES[".html"]!, "cache-control": "no-cache" });
  });
  return app;
}

type Bytes = Uint8Array<ArrayBuffer>;
const pack = promisify(gzip);
const small = new Map<string, Bytes>();

/** A built file as the client takes it; packed once, for it never changes. */
async function packed(path: string, accepts = ""): Promise<{ bytes: Bytes; gzip: boolean } | null> {
  const plain = /\bgzip\b/.test(accepts) ? null : await read(path);
  if (plain) return { bytes: plain, gzip: false };
  const known = small.get(path);
  if (known) return { bytes: known, gzip: true };
  const bytes = await read(path);
  if (!bytes) return null;
  small.set(path, new Uint8Array(await pack(bytes, { level: 9 })));
  return { bytes: small.get(path)!, gzip: true };
}

async function read(path: string): Promise<Bytes | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
