import { Hono } from "hono";
import { FeishuError } from "../errors.ts";
import { openMaterial, type OpenedMaterial } from "../services/materials/open.ts";
import {
  contextOfRecord,
  pageHeaders,
  signedInOnly,
  type Env,
  type Language,
  type PeopleOptions,
} from "./edge.ts";
import { fileKind } from "./file-kind.ts";
import { pageError } from "./page-error.ts";
import { note, say, type Reader } from "./pages/layout.ts";

/** `/go/:material`: the link of announcements. Opens for whom it was meant, without a right to any Base (decisions.md 19). */
export function goRoutes(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.use("*", pageHeaders(options), signedInOnly(options));
  app.onError(pageError(options));
  app.get("/:material", async (c) => {
    const who = c.get("who");
    const reader: Reader = { ...who, language: c.get("language") };
    const ctx = await contextOfRecord(options, "materials", c.req.param("material"), who.openId);
    if (!ctx) return c.html(gonePage(reader, "", null), 404);
    const range = c.req.header("range");
    try {
      const opened = await openMaterial(ctx, {
        material: c.req.param("material"),
        person: who.openId,
        file: Number(c.req.query("file") ?? 0) || 0,
        // Several ranges at once are answered with the whole, as HTTP allows.
        range: range && /^bytes=(\d+-\d*|-\d+)$/.test(range) ? range : undefined,
      });
      options.wake();
      if (opened.kind === "forbidden") return c.html(forbiddenPage(reader, opened.ask), 403);
      if (opened.kind === "gone") return c.html(gonePage(reader, opened.title, opened.ask), 410);
      return opened.kind === "link" ? c.redirect(opened.url) : fileResponse(opened);
    } catch (error) {
      if (!(error instanceof FeishuError)) throw error;
      if (error.status === 416) return c.body(null, 416);
      options.log.warn(
        { operation: error.operation, code: error.feishuCode, logId: error.logId },
        "a file could not be fetched",
      );
      return c.html(unavailablePage(reader), 503);
    }
  });
  return app;
}

function fileResponse({ name, download }: Extract<OpenedMaterial, { kind: "file" }>): Response {
  const { type, inline } = fileKind(name);
  const headers = new Headers({
    "content-type": type,
    "content-disposition": `${inline ? "inline" : "attachment"}; ${fileName(name)}`,
    "accept-ranges": "bytes",
    "cache-control": "private, no-store",
    "cross-origin-resource-policy": "same-origin",
  });
  if (download.length !== null) headers.set("content-length", String(download.length));
  if (download.contentRange) headers.set("content-range", download.contentRange);
  return new Response(download.body, { status: download.status === 206 ? 206 : 200, headers });
}

/** The name in ASCII for old clients, and as it is (RFC 5987). */
function fileName(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(name.replace(/\p{Surrogate}/gu, "_")).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${whole}`;
}

const home = (language: Language) => ({ href: "/m", label: say(language, "回到我的页面", "To my page") });

export const askWhom = (language: Language, ask: string | null) =>
  ask
    ? say(language, `需要的话，请找${ask}。`, `If you need it, please ask ${ask}.`)
    : say(language, "需要的话，请找内训管理员。", "If you need it, please ask the training admin.");

function forbiddenPage({ language, ...reader }: Reader, ask: string | null) {
  const sentence = say(
    language,
    "这份材料给相关群里的同事看，您现在不在群里。",
    "This material is for the members of its chats, and you are not in one of them.",
  );
  return note(
    language,
    say(language, "这份材料暂时不能打开", "This material is not open to you"),
    `${sentence}${askWhom(language, ask)}`,
    home(language),
    { ...reader, language },
  );
}

function gonePage({ language, ...reader }: Reader, title: string, ask: string | null) {
  const sentence = say(
    language,
    `${title ? `《${title}》` : "这份材料"}的文件已经不在了，管理员会看到。`,
    `The file of ${title ? `"${title}"` : "this material"} is gone; the admin will see this.`,
  );
  return note(
    language,
    say(language, "文件不在了", "The file is gone"),
    `${sentence}${askWhom(language, ask)}`,
    home(language),
    { ...reader, language },
  );
}

function unavailablePage({ language, ...reader }: Reader) {
  return note(
    language,
    say(language, "暂时打不开", "Not available just now"),
    say(
      language,
      "飞书暂时没有给出文件，过一会儿再点一次链接就行。",
      "Feishu did not give the file; please follow the link again in a moment.",
    ),
    home(language),
    { ...reader, language },
  );
}
