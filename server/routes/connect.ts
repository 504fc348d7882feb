import { Hono } from "hono";
import { html } from "hono/html";
import {
  confirmPluginSignIn,
  refusePluginSignIn,
  waitingRequest,
} from "../services/sign-in/plugin-confirm.ts";
import {
  languageOf,
  pageHeaders,
  signedInOnly,
  type Env,
  type Language,
  type PeopleOptions,
} from "./edge.ts";
import { pageError } from "./page-error.ts";
import { note, page, post, say } from "./pages/layout.ts";
import { readerOf, readForm } from "./pages/reading.ts";

/**
 * `/connect/:request`: a person lets their sidebar in. They sign in with Feishu for this very request, then compare the code:
 * whoever was sent a stranger's link sees a code that their own sidebar does not show.
 */
export function connectRoutes(options: PeopleOptions) {
  const now = () => options.clock.now();
  const app = new Hono<Env>();
  app.use("*", pageHeaders(options));
  app.onError(pageError(options));
  app.get("/:request", async (c) => {
    const { request } = c.req.param();
    if (!(await waitingRequest(options.db, now(), request))) return c.html(tooLate(languageOf(c)), 410);
    return c.redirect(`/sign-in?go=${encodeURIComponent(`/connect/${request}/confirm`)}`);
  });
  app.get("/:request/confirm", signedInOnly(options), async (c) => {
    const { request } = c.req.param();
    const reader = readerOf(c);
    const { language } = reader;
    const waiting = await waitingRequest(options.db, now(), request);
    if (!waiting) return c.html(tooLate(language), 410);
    // An older sign-in of this browser does not count: the person confirms in Feishu for this request.
    if (c.get("who").at < waiting.at) return c.redirect(`/connect/${request}`);
    const at = `/connect/${request}`;
    const question = say(
      language,
      `侧边栏上也是这个号码吗？是的话，侧边栏就会以「${reader.name}」登录。`,
      `Does your sidebar show the same code? If so, it will be signed in as ${reader.name}.`,
    );
    const warning = say(
      language,
      "如果您刚才没有在侧边栏里点登录，或者号码不一样，请点「不是我的」。",
      "If you did not just press sign in in the sidebar, or the code differs, choose “Not mine”.",
    );
    const body = html`<section>
      <p>${question}</p>
      <p class="code">${waiting.code}</p>
      <p class="soft">${warning}</p>
      <div class="acts">
        ${post(reader, `${at}/yes`, say(language, "号码一样，登录", "Same code, sign in"), {}, true)}${post(reader, `${at}/no`, say(language, "不是我的", "Not mine"))}
      </div>
    </section>`;
    return c.html(page(language, say(language, "核对号码", "Compare the code"), body, reader));
  });
  app.post("/:request/:answer{yes|no}", signedInOnly(options), async (c) => {
    const { request, answer } = c.req.param();
    const reader = readerOf(c);
    const { language } = reader;
    const waiting = await waitingRequest(options.db, now(), request);
    if (!waiting || !(await readForm(c)) || c.get("who").at < waiting.at)
      return c.html(tooLate(language), 410);
    const { openId, name } = c.get("who");
    const home = { href: "/m", label: say(language, "看看我的页面", "To my page") };
    if (answer === "no") {
      await refusePluginSignIn(options.db, now(), request);
      const words = say(language, "没有登录任何侧边栏。", "No sidebar was signed in.");
      return c.html(note(language, say(language, "好的", "All right"), words, home, reader));
    }
    if (!(await confirmPluginSignIn(options.db, now(), { request, openId, name })))
      return c.html(tooLate(language), 410);
    const words = say(
      language,
      "侧边栏已经登录，可以关掉这个窗口了。",
      "The sidebar is signed in. You may close this window.",
    );
    return c.html(note(language, say(language, "登录好了", "Signed in"), words, home, reader));
  });
  return app;
}

function tooLate(language: Language) {
  const words = say(
    language,
    "这次登录已经用过、超过了 10 分钟，或者被取消了。请回到侧边栏再点一次登录。",
    "This sign-in was used, cancelled, or is older than 10 minutes. Please press sign in in the sidebar again.",
  );
  return note(language, say(language, "这次登录不能用了", "This sign-in is over"), words, {
    href: "/m",
    label: say(language, "看看我的页面", "To my page"),
  });
}
