import type { ErrorHandler } from "hono";
import { toHttp } from "../http-errors.ts";
import { languageOf, type PeopleOptions } from "./edge.ts";
import { note, say } from "./pages/layout.ts";

/** What a person sees when something fails. The path names a page, never a person; what was typed stays out of the log. */
export function pageError<E extends object>(options: PeopleOptions): ErrorHandler<E> {
  return (error, c) => {
    const language = languageOf(c);
    const { status } = toHttp(error);
    if (status >= 500) options.log.error({ path: c.req.path, error: error.message }, "a page failed");
    const sentence = say(
      language,
      "请再试一次；还不行就找内训管理员。",
      "Please try again; if it lasts, ask the training admin.",
    );
    return c.html(
      note(language, say(language, "刚才没成功", "That did not work"), sentence, {
        href: "/m",
        label: say(language, "回到我的页面", "To my page"),
      }),
      status,
    );
  };
}
