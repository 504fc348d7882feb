import type { ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { LecternError, type NextStep } from "../../errors.ts";
import { toHttp } from "../../http-errors.ts";
import { languageOf, type PeopleOptions } from "../edge.ts";

/** What a person is told where the error has no words of its own. */
const GENERAL: Record<number, NextStep> = {
  400: {
    zh: "有一处填得不完整，请检查后再试。",
    en: "Something is missing or wrong; please check and try again.",
  },
  401: { zh: "登录已经结束，请重新登录。", en: "Your sign-in has ended. Please sign in again." },
  403: {
    zh: "这一项不对您开放，有需要请找内训管理员。",
    en: "This is not open to you. Please ask the training admin.",
  },
  404: { zh: "没有找到，可能已被删除。", en: "Not found; it may have been deleted." },
  409: {
    zh: "刚刚有人改过，请看一眼新的内容再试。",
    en: "Someone has just changed this. Have a look and try again.",
  },
  429: { zh: "点得太快了，请等一分钟再试。", en: "Too many tries. Please wait a minute." },
  502: { zh: "飞书没有接受这一步，没有改动。", en: "Feishu did not accept this; nothing was changed." },
};
const BROKEN: NextStep = {
  zh: "服务器出了问题，请稍后再试。",
  en: "Something went wrong on our side. Please try again later.",
};

/** `{ error: { code, message, next } }` in the reader's language; our own words for machines go to the log only. */
export function apiError<E extends object>(options: PeopleOptions): ErrorHandler<E> {
  return (error, c) => {
    const language = languageOf(c);
    // Hono's own refusals: a body that is no JSON, or is too large.
    const status = error instanceof HTTPException ? (error.status as 400) : toHttp(error).status;
    const ours = error instanceof LecternError ? error : null;
    options.log[status >= 500 ? "error" : "info"](
      { path: c.req.path, status, error: error.message },
      "a call was refused",
    );
    const message = (ours?.words ?? GENERAL[status] ?? BROKEN)[language];
    const code = ours?.code ?? (status < 500 ? "invalid_input" : "internal");
    const next = ours?.nextStep?.[language];
    return c.json({ error: { code, message, ...(next ? { next } : {}) } }, status);
  };
}
