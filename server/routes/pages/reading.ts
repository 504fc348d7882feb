import type { Context } from "hono";
import { isOwnForm } from "../../services/sign-in/session.ts";
import type { Env } from "../edge.ts";
import { note, say, type Html, type Reader } from "./layout.ts";

export function readerOf(c: Context<Env>): Reader {
  const { name, csrf } = c.get("who");
  return { name, csrf, language: c.get("language") };
}

/** The fields of a form, if it is one of ours, made for this sign-in; else null. */
export async function readForm(c: Context<Env>): Promise<Record<string, unknown> | null> {
  const { csrf, ...fields } = await c.req.parseBody();
  return isOwnForm(c.get("who"), csrf) ? fields : null;
}

const home = ({ language }: Reader) => ({ href: "/m", label: say(language, "回到我的页面", "To my page") });

export const refusedForm = (reader: Reader): Html =>
  note(
    reader.language,
    say(reader.language, "没有改动", "Nothing was changed"),
    say(
      reader.language,
      "这个页面开得久了，请回去再点一次。",
      "This page was open for long; please go back and try again.",
    ),
    home(reader),
    reader,
  );

export const missing = (reader: Reader): Html =>
  note(
    reader.language,
    say(reader.language, "这里没有内容", "Nothing here"),
    say(
      reader.language,
      "它可能已被删除，或者链接不完整。",
      "It may have been deleted, or the link is incomplete.",
    ),
    home(reader),
    reader,
  );

export const forbidden = (reader: Reader): Html =>
  note(
    reader.language,
    say(reader.language, "这一页不是给您的", "This page is not for you"),
    say(reader.language, "有疑问请找内训管理员。", "Please ask the training admin."),
    home(reader),
    reader,
  );

/** After an act: the verb's words and the way back. */
export const done = (reader: Reader, text: string | null, href: string): Html =>
  note(
    reader.language,
    say(reader.language, "好了", "Done"),
    text ?? say(reader.language, "已保存", "Saved"),
    { href, label: say(reader.language, "返回", "Back") },
    reader,
  );
