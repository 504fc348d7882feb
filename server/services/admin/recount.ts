import type { Ctx } from "../../context.ts";
import { countDemands } from "../demand/count.ts";
import { classifyAll } from "../demand/classify.ts";
import { followDemands } from "../demand/follow.ts";
import { post } from "../effects/post.ts";
import { countRecords } from "./count-records.ts";
import { stampOf } from "./stamp.ts";

const QUARTER = 15 * 60_000;
const lastTopics = new Map<string, string>();

/** Something changed that numbers hang on: they are counted at the next quarter of an hour, together. */
export async function askRecount(ctx: Ctx): Promise<void> {
  const at = (Math.floor(ctx.now / QUARTER) + 1) * QUARTER;
  await post(ctx, [{ kind: "wake", key: `recount:${at}`, at, automation: "records.count", input: {} }]);
}

/** Demands first: what they are about decides what the topics count. */
export async function recount(ctx: Ctx): Promise<Record<string, number>> {
  const topics = await stampOf(ctx, ["topics"]);
  // All demands are looked at only when topics changed; each new one is placed as it comes.
  const placed = lastTopics.get(ctx.workspace.id) === topics ? { written: 0 } : await classifyAll(ctx);
  lastTopics.set(ctx.workspace.id, topics);
  const followed = await followDemands(ctx);
  const counted = await countDemands(ctx);
  return { placed: placed.written, ...followed, ...counted, ...(await countRecords(ctx)) };
}
