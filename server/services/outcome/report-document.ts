import { periodWords } from "#domain/messages/dates.ts";
import { transaction, type Ctx } from "../../context.ts";
import { documentMade, type DocumentMade } from "../effects/document-made.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { monthInWords, type MonthWords } from "./month-in-words.ts";

type Input = { month: string; person: string; language: "zh" | "en" };
/** 转成文档: the month as a document of one's own, once for the figures as they are. Returns null for a month without any. */
export async function makeReportDocument(ctx: Ctx, input: Input): Promise<DocumentMade | null> {
  const found = await drawn(ctx, input);
  if (!found) return null;
  const { key, title, text } = found;
  await transaction(ctx, (tx) =>
    post(tx, [{ kind: "document.create", key, title, text, owner: input.person }]),
  );
  return reportDocument(ctx, input);
}

/** Where the document of a month's figures as they are now is. */
export async function reportDocument(ctx: Ctx, input: Input): Promise<DocumentMade | null> {
  const found = await drawn(ctx, input);
  if (!found) return null;
  return documentMade(ctx, found.key);
}

async function drawn(ctx: Ctx, { month, person, language }: Input) {
  const words = await monthInWords(ctx, month, language);
  if (!words) return null;
  const title =
    language === "zh"
      ? `${periodWords(month, language)}内训月报`
      : `In-house lecturing, ${periodWords(month, language)}`;
  const text = outline(words, `${ctx.publicUrl}/m/definitions`, language);
  return { title, text, key: `report-document:${month}:${person}:${fingerprint(text)}` };
}

function outline(
  { headline, figures, groups }: MonthWords,
  definitions: string,
  language: "zh" | "en",
): string {
  const lines = (list: MonthWords["figures"]) =>
    list.flatMap(({ name, value, beside }) => [
      `- **${name}** ${value}`,
      ...(beside.length > 0 ? [beside.join(language === "zh" ? "；" : "; ")] : []),
    ]);
  const zh = language === "zh";
  return [
    headline,
    `# ${zh ? "四个数" : "Four figures"}`,
    ...lines(figures),
    ...(groups.length > 1
      ? [
          `# ${zh ? "各讲师群" : "By group"}`,
          ...groups.flatMap(({ name, figures: own }) => [`## ${name}`, ...lines(own)]),
        ]
      : []),
    `[${zh ? "口径说明" : "Definitions"}](${definitions})`,
  ].join("\n");
}
