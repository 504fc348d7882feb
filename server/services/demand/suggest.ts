import type { Ctx } from "../../context.ts";
import { allRecords, type Rec } from "../records/read.ts";

const DAY = 86_400_000;

/**
 * Topics worth a group's next meetings, most wanted first: those with enough evidence, then others, none that the group heard
 * within the rest days (texts.md §5.7).
 */
export async function suggestedTopics(
  ctx: Ctx,
  topics: Rec<"topics">[],
): Promise<(group: Rec<"groups">) => string[]> {
  const sessions = await allRecords(ctx, "sessions");
  const active = topics.filter(({ state }) => state === "active" || state === undefined);
  const wanted = (topic: Rec<"topics">) =>
    (topic.count ?? 0) >= ctx.settings.topicLeastCount && (topic.share ?? 0) >= ctx.settings.topicLeastShare;
  const sorted = [...active].sort(
    (a, b) =>
      Number(wanted(b)) - Number(wanted(a)) || (b.count ?? 0) - (a.count ?? 0) || (a.id < b.id ? -1 : 1),
  );
  const since = ctx.now - ctx.settings.topicRestDays * DAY;
  return (group) => {
    const heard = new Set(
      sessions
        .filter(
          (session) =>
            session.group === group.id &&
            session.topic &&
            session.start &&
            session.start > since &&
            session.state !== "cancelled",
        )
        .map(({ topic }) => topic!),
    );
    const fresh = sorted.filter(({ id }) => !heard.has(id));
    return (fresh.length > 0 ? fresh : sorted).slice(0, 12).map(({ id }) => id);
  };
}
