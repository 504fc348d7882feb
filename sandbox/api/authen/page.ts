import type { Kernel } from "../../kernel.ts";
import { readRequest } from "./authorize.ts";

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => escapes[mark] ?? mark);

const style = `body{font:15px/1.6 -apple-system,"PingFang SC",sans-serif;max-width:28rem;margin:12vh auto;padding:0 1rem;color:#1f2329}
h1{font-size:1.25rem}select,button{font:inherit;padding:.5rem .75rem;border-radius:6px;border:1px solid #d0d3d6;width:100%;margin:.25rem 0}
button[value="1"]{background:#3370ff;border-color:#3370ff;color:#fff}small{color:#646a73}`;

function page(title: string, content: string): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><link rel="icon" href="data:,"><title>${title}</title><style>${style}</style><body>${content}</body></html>`;
}

/** Who the workspace page acts as, by the cookie it sets: the person the authorize page offers first. */
export function actingAs(headers: Headers): string {
  return /(?:^|;\s*)sandbox_person=(ou_\w+)/.exec(headers.get("cookie") ?? "")?.[1] ?? "";
}

/** The authorize page: choose who signs in, allow or deny. Where the request is wrong it says so, and goes nowhere. */
export function authorizePage(
  kernel: Kernel,
  search: string,
  first: string,
): { html: string; status: number } {
  const query = Object.fromEntries(new URLSearchParams(search));
  const request = readRequest(kernel, query);
  if (typeof request === "string") {
    return {
      html: page(
        "无法登录 Cannot sign in",
        `<h1>无法登录 Cannot sign in</h1><p role="alert">${escaped(request)}</p>`,
      ),
      status: 400,
    };
  }
  const people = kernel.people.list().filter((person) => person.status === "active");
  const options = people.map(
    ({ open_id, name, en_name }) =>
      `<option value="${escaped(open_id)}"${open_id === first ? " selected" : ""}>${escaped(name)} ${escaped(en_name)}</option>`,
  );
  const scopes = request.scopes.map((scope) => `<li>${escaped(scope)}</li>`).join("");
  const form = `<h1>授权 ${escaped(request.app.name)}</h1><form method="post" action="/sandbox/oauth/confirm">
<label>以谁的身份登录 Sign in as<select name="open_id">${options.join("")}</select></label>
<small>该应用将获得 The app will get</small><ul>${scopes}</ul>
<input type="hidden" name="query" value="${escaped(search)}">
<button name="allow" value="1">授权 Allow</button><button name="allow" value="0">拒绝 Deny</button></form>`;
  return { html: page("授权 Authorize", form), status: 200 };
}
