import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { FeishuError } from "../errors.ts";
import { beginSignIn, type SignInCtx } from "../services/sign-in/begin.ts";
import { finishSignIn, SIGN_IN_HOURS } from "../services/sign-in/finish.ts";
import { ownPath } from "../services/sign-in/own-path.ts";
import { isOwnForm, signOut } from "../services/sign-in/session.ts";
import {
  cookieName,
  cookieOptions,
  languageOf,
  pageHeaders,
  whoAsks,
  type Language,
  type PeopleOptions,
} from "./edge.ts";
import { pageError } from "./page-error.ts";
import { note, say } from "./pages/layout.ts";

const again = (goTo: string | null) => `/sign-in?go=${encodeURIComponent(ownPath(goTo ?? undefined))}`;

/** Signing in with Feishu (facts.md §3.2–3.4). The state belongs to the browser that began: nobody can be signed in as another. */
export function signInRoutes(options: PeopleOptions) {
  const ctx = (): SignInCtx => ({
    db: options.db,
    now: options.clock.now(),
    feishu: options.feishu,
    publicUrl: options.publicUrl(),
  });
  const stateCookie = (state: string) => `lectern_state_${state.slice(0, 8)}`;
  const app = new Hono();
  // By path: mounted at the root, `*` would be every route of the server.
  app.use("/sign-in/*", pageHeaders(options));
  app.use("/sign-out", pageHeaders(options));
  app.onError(pageError(options));
  app.get("/sign-in", async (c) => {
    const { url, state } = await beginSignIn(ctx(), { goTo: c.req.query("go") });
    setCookie(c, stateCookie(state), state, { ...cookieOptions(options), path: "/sign-in", maxAge: 600 });
    return c.redirect(url);
  });
  app.get("/sign-in/callback", async (c) => {
    const language = languageOf(c);
    const state = c.req.query("state") ?? "";
    const mine = getCookie(c, stateCookie(state)) ?? "";
    if (state === "" || !same(state, mine)) return c.html(failed(language, "stale", null), 400);
    deleteCookie(c, stateCookie(state), { path: "/sign-in" });
    try {
      const done = await finishSignIn(ctx(), {
        state,
        code: c.req.query("code"),
        error: c.req.query("error"),
      });
      if (!done.ok) return c.html(failed(language, done.why, done.goTo), done.why === "denied" ? 403 : 400);
      setCookie(c, cookieName(options), done.token, {
        ...cookieOptions(options),
        maxAge: SIGN_IN_HOURS * 3600,
      });
      return c.redirect(done.goTo);
    } catch (error) {
      if (!(error instanceof FeishuError)) throw error;
      options.log.warn(
        { operation: error.operation, code: error.feishuCode, logId: error.logId },
        "a sign-in was refused",
      );
      return c.html(failed(language, "refused", null), 502);
    }
  });
  app.post("/sign-out", async (c) => {
    const who = await whoAsks(c, options);
    const language = languageOf(c);
    if (who && isOwnForm(who, (await c.req.parseBody())["csrf"])) {
      await signOut(options.db, getCookie(c, cookieName(options)));
      deleteCookie(c, cookieName(options), cookieOptions(options));
    }
    return c.html(
      note(
        language,
        say(language, "已退出", "Signed out"),
        say(language, "下次打开会再请您登录。", "You will be asked to sign in next time."),
        { href: again(null), label: say(language, "重新登录", "Sign in again") },
      ),
    );
  });
  return app;
}

function failed(language: Language, why: "stale" | "denied" | "refused", goTo: string | null) {
  const sentence = {
    stale: say(language, "这次登录过期了，或者已经用过。", "This sign-in is too old, or was used before."),
    denied: say(
      language,
      "没有得到授权，所以还不知道您是谁。",
      "Permission was not given, so we do not know who you are.",
    ),
    refused: say(language, "飞书没有确认这次登录。", "Feishu did not confirm this sign-in."),
  }[why];
  return note(language, say(language, "还没登录成功", "Not signed in yet"), sentence, {
    href: again(goTo),
    label: say(language, "再登录一次", "Sign in again"),
  });
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
