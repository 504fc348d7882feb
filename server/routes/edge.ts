import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import type { Logger } from "pino";
import { and, eq } from "drizzle-orm";
import type { TableKey } from "#base/index.ts";
import type { Clock } from "../clock.ts";
import type { Ctx, Workspace } from "../context.ts";
import type { Db } from "../db/client.ts";
import { record } from "../db/schema.ts";
import type { Gateway } from "../feishu/gateway.ts";
import { whoIs, type SignedIn } from "../services/sign-in/session.ts";

/** What the pages for people stand on. */
export interface PeopleOptions {
  db: Db;
  clock: Clock;
  log: Logger;
  feishu: Gateway;
  publicUrl(): string;
  workspaces(): Promise<Workspace[]>;
  contextOf(workspace: Workspace, actor: string): Promise<Ctx>;
  /** A verb may have queued effects. */
  wake(): void;
}

export type Language = "zh" | "en";
export type Env = { Variables: { who: SignedIn; language: Language } };

const isSecure = (options: PeopleOptions) => options.publicUrl().startsWith("https:");
/** The prefix lets no other host or path set it; browsers accept it over https only. */
export const cookieName = (options: PeopleOptions) => (isSecure(options) ? "__Host-lectern" : "lectern");
export const cookieOptions = (options: PeopleOptions) =>
  ({ path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(options) }) as const;

/** zh unless the browser asks for English first, or for neither of the two. */
export function languageOf(c: Context): Language {
  const wanted = (c.req.header("accept-language") ?? "zh").toLowerCase().match(/\b(zh|en)\b/g);
  return wanted?.[0] === "en" ? "en" : "zh";
}

export const whoAsks = (c: Context, options: PeopleOptions) =>
  whoIs(options.db, options.clock.now(), getCookie(c, cookieName(options)));

/** Nobody signed in is sent to sign in and brought back; a form of theirs is not carried over. */
export function signedInOnly(options: PeopleOptions): MiddlewareHandler<Env> {
  return async (c, next) => {
    const who = await whoAsks(c, options);
    const { pathname, search } = new URL(c.req.url);
    if (!who)
      return c.redirect(
        `/sign-in?go=${encodeURIComponent(c.req.method === "GET" ? pathname + search : "/m")}`,
      );
    c.set("who", who);
    c.set("language", languageOf(c));
    await next();
  };
}

/** Pages run no script and load nothing from elsewhere, and nobody may frame them. */
export const pageHeaders =
  (options: PeopleOptions): MiddlewareHandler =>
  async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "same-origin");
    headers.set("cross-origin-opener-policy", "same-origin");
    if (isSecure(options)) headers.set("strict-transport-security", "max-age=31536000");
    if (!headers.get("content-type")?.startsWith("text/html")) return;
    headers.set(
      "content-security-policy",
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    headers.set("cache-control", "private, no-store");
  };

/** The workspace is the record's, never the address's; null when no workspace has such a record. */
export async function contextOfRecord(
  options: PeopleOptions,
  table: TableKey,
  id: string,
  actor: string,
): Promise<Ctx | null> {
  const [row] = await options.db
    .select({ workspace: record.workspace })
    .from(record)
    .where(and(eq(record.table, table), eq(record.id, id)))
    .limit(1);
  return row ? contextOfWorkspace(options, row.workspace, actor) : null;
}

export async function contextOfWorkspace(
  options: PeopleOptions,
  id: string,
  actor: string,
): Promise<Ctx | null> {
  const space = (await options.workspaces()).find((one) => one.id === id);
  return space ? options.contextOf(space, actor) : null;
}

export async function allContexts(options: PeopleOptions, actor: string): Promise<Ctx[]> {
  const contexts: Ctx[] = [];
  for (const space of await options.workspaces()) contexts.push(await options.contextOf(space, actor));
  return contexts;
}
