import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { allRecords, getRecord, type Rec } from "../records/read.ts";

const DAY = 86_400_000;

/** One person one vote a topic, which fades after the days of the setting (texts.md §5.7). */
export async function voteTopic(ctx: Ctx, input: { person: string; topic: string }): Promise<PressAnswer> {
  const { language } = ctx.settings;
  const topic = await getRecord(ctx, "topics", input.topic);
  if (!topic?.name || topic.state === "retired")
    return { toast: { type: "info", text: smallText("tooOld", language) } };
  const done: PressAnswer = { toast: { type: "success", text: smallText("thankYou", language) } };
  if ((await votedBy(ctx, input.person)).has(topic.id)) return done;
  const day = localDay(ctx.now, ctx.workspace.timezone);
  await post(ctx, [
    {
      kind: "record.create",
      key: `vote:${topic.id}:${input.person}:${day}`,
      table: "demands",
      fields: {
        text: topic.name,
        state: "asked",
        source: "vote",
        at: ctx.now,
        topic: topic.id,
        topicBy: "hand",
        asker: input.person,
      },
    },
  ]);
  return done;
}

/** Votes that still count. */
async function standingVotes(ctx: Ctx): Promise<Rec<"demands">[]> {
  const since = ctx.now - ctx.settings.voteDays * DAY;
  return (await allRecords(ctx, "demands")).filter(
    ({ source, topic, at, state }) => source === "vote" && topic && state !== "merged" && (at ?? 0) >= since,
  );
}

/** The topics a person has a standing vote for. */
export async function votedBy(ctx: Ctx, person: string): Promise<Set<string>> {
  return new Set(
    (await standingVotes(ctx)).filter(({ asker }) => asker === person).flatMap(({ topic }) => topic ?? []),
  );
}

/** Votes by topic, each person once. */
export async function votesByTopic(ctx: Ctx): Promise<Map<string, number>> {
  const voters = new Map<string, Set<string>>();
  for (const { id, topic, asker } of await standingVotes(ctx))
    voters.set(topic!, (voters.get(topic!) ?? new Set()).add(asker ?? id));
  return new Map([...voters].map(([topic, people]) => [topic, people.size]));
}
