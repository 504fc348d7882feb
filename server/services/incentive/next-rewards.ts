import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { inForce, ruleIds, type Rule } from "#domain/incentive/rules.ts";
import { ruleSentence } from "#domain/incentive/sentence.ts";
import { localDay, periodRange } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { trialKey } from "../effects/post.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { offerKey, quarterOf } from "./offer.ts";

/** A reward that lies ahead, by the person's own standing; how others stand is in none of it. */
export interface NextReward {
  reward: string;
  kind: Rule["rewardKind"];
  /** The rule in words. */
  condition: string;
  /** Own shares of the period, planned ones included, and how many the rule asks for (0 = asks for none). */
  shares: number;
  needed: number;
  /** ms; end of the period. */
  until: number;
  /** The offer that was made for it and still stands: what the buttons answer. */
  offer: string | null;
}

export async function nextRewards(
  ctx: Ctx,
  lecturer: Rec<"lecturers">,
  rules: readonly Rule[],
  language: "zh" | "en",
): Promise<NextReward[]> {
  const zone = ctx.workspace.timezone;
  const today = localDay(ctx.now, zone);
  const sessions = (await allRecords(ctx, "sessions")).filter(
    ({ state, lecturer: lead, co }) =>
      state !== "cancelled" && (lead === lecturer.id || co?.includes(lecturer.id)),
  );
  const offer = await standingOffer(ctx, lecturer.id, quarterOf(today));
  return ruleIds(rules)
    .flatMap((id) => inForce(rules, id, today) ?? [])
    .flatMap((rule) => {
      if (!rule.reward) return [];
      const { from, to } = periodRange(periodOf(rule, today), zone);
      const shares = sessions.filter(({ start }) => start && start >= from && start < to).length;
      const needed =
        rule.minShares || (rule.trigger === "count" && !rule.rankKind ? (rule.threshold ?? 0) : 0);
      return [
        {
          reward: rule.reward,
          kind: rule.rewardKind,
          condition: ruleSentence(rule, language),
          shares,
          needed,
          until: to - 1,
          offer: offer?.reward === rule.reward ? offer.id : null,
        },
      ];
    })
    .sort((a, b) => Number(b.offer !== null) - Number(a.offer !== null));
}

function periodOf({ period }: Rule, today: string): string {
  if (period === "month") return today.slice(0, 7);
  return period === "quarter" ? quarterOf(today) : today.slice(0, 4);
}

/** The offer of this quarter while its card stands open. */
async function standingOffer(
  ctx: Ctx,
  lecturer: string,
  quarter: string,
): Promise<{ id: string; reward: string } | null> {
  const keys = [offerKey(lecturer, quarter), trialKey(offerKey(lecturer, quarter))];
  const rows = await ctx.db
    .select({ key: outbox.key, state: outbox.state, effect: outbox.effect })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        inArray(outbox.key, [...keys, ...keys.map((key) => `settle:${key}:dismissed`)]),
      ),
    );
  if (rows.some(({ key, state }) => key.startsWith("settle:") || state === "dropped")) return null;
  const made = rows.map(({ effect }) => offered.safeParse(effect)).find(({ success }) => success);
  return made?.data ? { id: `${lecturer}.${quarter}`, reward: made.data.data.reward } : null;
}

const offered = z.object({ data: z.object({ reward: z.string() }) });
