import { APP_ID } from "./sandbox.ts";
import type { Company } from "./company.ts";

export interface Page {
  status: number;
  location: string | null;
  headers: Headers;
  text: string;
}

/** What a person's browser does: keeps cookies, follows nothing by itself, fills in forms with the token they hold. */
export interface Browser {
  get(path: string, headers?: Record<string, string>): Promise<Page>;
  /** Posts a form as the page holds it. */
  post(path: string, fields: Record<string, string | Blob>, options?: { csrf?: string }): Promise<Page>;
  /** Through Feishu's authorize page; answers where the person ends up. */
  signIn(as: string, go?: string, allow?: boolean): Promise<Page>;
  cookies: Map<string, string>;
}

export function browserOf(company: Company): Browser {
  const cookies = new Map<string, string>();
  const base = () => company.server.url;

  async function send(path: string, init: RequestInit = {}): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(init.headers as Record<string, string>), ...(cookie ? { cookie } : {}) };
    const response = await fetch(new URL(path, base()), { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get("location"),
      headers: response.headers,
      text: await response.text(),
    };
  }

  const get: Browser["get"] = (path, headers = {}) => send(path, { headers });

  return {
    cookies,
    get,
    async post(path, fields, options = {}) {
      const csrf = options.csrf ?? /name="csrf" value="([^"]+)"/.exec((await get("/m")).text)?.[1] ?? "";
      const body = new FormData();
      for (const [name, value] of Object.entries({ csrf, ...fields })) body.append(name, value);
      const page = await send(path, { method: "POST", body });
      await company.advance(1000);
      return page;
    },
    async signIn(as, go = "/m", allow = true) {
      await company.wire.post("/sandbox/apps", {
        appId: APP_ID,
        redirectUris: [`${base()}/sign-in/callback`],
      });
      const started = await get(`/sign-in?go=${encodeURIComponent(go)}`);
      const query = Object.fromEntries(new URL(started.location ?? "").searchParams);
      const reply = (await company.wire.post("/sandbox/oauth/confirm", { query, open_id: as, allow })) as {
        location: string;
      };
      const { pathname, search } = new URL(reply.location);
      return get(pathname + search);
    },
  };
}
