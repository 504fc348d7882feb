import type { Ctx } from "../../context.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { suggestedTopics } from "./suggest.ts";

/** A topic with what is known of the wish for it; evidence too thin to be named is null (texts.md §5.7). */
export interface TopicView {
  id: string;
  name: string;
  evidence: { share: number; count: number; of: number } | null;
}

export function topicView(ctx: Ctx, { id, name, share, count }: Rec<"topics">): TopicView {
  const enough =
    share && count && count >= ctx.settings.topicLeastCount && share >= ctx.settings.topicLeastShare;
  return {
    id,
    name: name ?? "",
    evidence: enough ? { share, count, of: Math.round(count / share) } : null,
  };
}

/** The topics a group would like most, without the one already chosen; as many as the setting says. */
export async function topicChoices(
  ctx: Ctx,
  group: Rec<"groups"> | null,
  except?: string,
): Promise<TopicView[]> {
  if (!group) return [];
  const topics = await allRecords(ctx, "topics");
  const wanted = (await suggestedTopics(ctx, topics))(group).filter((id) => id !== except);
  return wanted
    .flatMap((id) => topics.find((topic) => topic.id === id && topic.name) ?? [])
    .slice(0, ctx.settings.topicChoices)
    .map((topic) => topicView(ctx, topic));
}
