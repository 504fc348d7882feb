import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { locate } from "#base/mapping.ts";
import type { Ctx } from "../../context.ts";
import { transaction } from "../../context.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { cleanWords } from "../messages/clean-words.ts";
import { isAnswer, turnOf } from "../turns/answer.ts";

export interface HandedIn {
  session: string;
  person: string;
  file?: { name: string; type: string; bytes: Uint8Array };
  link?: string;
  title?: string;
}

/**
 * 上传材料 from the page: the file or link is written into the session's record, and from there everything goes as if it had
 * been put there by hand. Throws InvalidInputError for files Feishu does not take in one piece.
 */
export async function handIn(ctx: Ctx, input: HandedIn): Promise<PressAnswer> {
  const seen = await turnOf(ctx, input.session, input.person);
  if (isAnswer(seen)) return seen;
  const zh = ctx.settings.language === "zh";
  const open =
    ["planned", "confirmed", "submitted"].includes(seen.session.state ?? "") && seen.session.start! > ctx.now;
  if (!open)
    return {
      toast: {
        type: "info",
        text: zh
          ? "这场已经开始或结束了，材料可以直接放进素材库。"
          : "This session has begun; put the file into the library.",
      },
    };
  const link = input.link?.trim();
  if (link && !/^https?:\/\/\S+$/i.test(link))
    return {
      toast: {
        type: "error",
        text: zh ? "链接要以 http:// 或 https:// 开头。" : "A link begins with http:// or https://.",
      },
    };
  if (!input.file && !link)
    return {
      toast: { type: "info", text: zh ? "请选一个文件，或贴一个链接。" : "Choose a file or paste a link." },
    };
  const title = cleanWords(input.title ?? "", 100);
  // Outside the transaction: the file goes to Feishu.
  const file = input.file ? await upload(ctx, input.file) : null;
  return transaction(ctx, async (tx) => {
    await post(tx, [
      {
        kind: "record.update",
        key: `hand-in:${input.session}:${fingerprint([file?.fileToken ?? "", link ?? "", title])}`,
        table: "sessions",
        record: input.session,
        fields: {
          ...(file ? { content: [file] } : {}),
          ...(link ? { contentLink: { text: title || link, link } } : {}),
          ...(title ? { title } : {}),
        },
      },
    ]);
    return { toast: { type: "success", text: smallText("uploaded", tx.settings.language) } };
  });
}

async function upload(ctx: Ctx, { name, type, bytes }: NonNullable<HandedIn["file"]>) {
  const { appToken } = locate(ctx.workspace.mapping, "sessions");
  const fileToken = await ctx.feishu.drive.uploadMedia({
    fileName: name,
    parentType: "bitable_file",
    parentNode: appToken,
    bytes,
  });
  return { fileToken, name, size: bytes.length, type };
}
