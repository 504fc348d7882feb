import { classifyDemands, type DemandResult } from "#domain/demand/classify.ts";
import type { Ctx } from "../../context.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { topicWords } from "./classify.ts";

const DAY = 86_400_000;

/** What learners asked for lately, and how it spreads over the topics; as it stands now, whatever the table shows. */
export async function demandWindow(ctx: Ctx): Promise<{ demands: Rec<"demands">[]; result: DemandResult }> {
  const since = ctx.now - ctx.settings.demandDays * DAY;
  const demands = (await allRecords(ctx, "demands")).filter(
    ({ text, state, at }) => text && state !== "merged" && (at ?? ctx.now) >= since,
  );
  const topics = await topicWords(ctx);
  const known = new Set(topics.map(({ id }) => id));
  const result = classifyDemands(
    {
      topics,
      demands: demands.map(({ id, text, at, topic }) => ({
        id,
        text: text!,
        at: new Date(at ?? ctx.now).toISOString(),
        topic: topic && known.has(topic) ? topic : null,
      })),
      window: ctx.settings.demandWindow,
    },
    ctx.segment,
  );
  return { demands, result };
}
