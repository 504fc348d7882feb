import type { Ctx } from "../../context.ts";
import { allRecords, type Rec } from "../records/read.ts";
import type { SessionView } from "../sessions/facts.ts";

export async function bestTemplate(ctx: Ctx, view: SessionView): Promise<Rec<"templates"> | null> {
  return (await usableTemplates(ctx, view))[0] ?? null;
}

/** Kinds whose name speaks of the topic's field come first; among equals the one colleagues use most. */
export async function usableTemplates(ctx: Ctx, { topic }: SessionView): Promise<Rec<"templates">[]> {
  const usable = (await allRecords(ctx, "templates")).filter(
    ({ active, outline, language }) =>
      active && outline && (language === undefined || language === ctx.settings.language),
  );
  const customer =
    topic?.tags?.some((tag) => ["销售", "客户服务", "Sales", "Customer service"].includes(tag)) ?? false;
  const rank = ({ kind }: Rec<"templates">) =>
    customer ? (kind === "case" ? 0 : 1) : kind === "knowledge" ? 0 : 1;
  return usable.sort((a, b) => rank(a) - rank(b) || (b.uses ?? 0) - (a.uses ?? 0) || (a.id < b.id ? -1 : 1));
}
