import { smallText } from "#base/defaults/small-texts.ts";
import { motivations } from "#base/options.ts";
import type { PressAnswer } from "#automations/define.ts";
import { bayesMean } from "#domain/feedback/score.ts";
import { groupBy } from "#domain/numbers.ts";
import { placesOf } from "#domain/incentive/rank.ts";
import { inForce, minimumOf, ruleIds, type Rule } from "#domain/incentive/rules.ts";
import { localDay, periodRange } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { lecturerOf } from "../people/name.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { volunteer } from "../turns/volunteer.ts";
import { settleCards } from "../turns/settle.ts";
import { closeInput } from "./facts.ts";

export const offerKey = (lecturer: string, quarter: string) => `offer:${lecturer}:${quarter}`;
export const quarterOf = (day: string) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/**
 * Once a quarter and person, when switched on: a reward that still can be reached. Reached means: enough open sessions of the
 * person's groups before the quarter's end, and a rating that stands in the places already.
 */
export async function makeOffers(ctx: Ctx): Promise<{ offered: number }> {
  if (!ctx.on["offer"] || ctx.settings.offersPerQuarter < 1) return { offered: 0 };
  const zone = ctx.workspace.timezone;
  const today = localDay(ctx.now, zone);
  const quarter = quarterOf(today);
  const input = await closeInput(ctx, quarter);
  const { from, to } = periodRange(quarter, zone);
  const sessions = (await allRecords(ctx, "sessions")).filter(
    ({ start, state }) => start && start >= from && start < to && state !== "cancelled",
  );
  const rules = ruleIds(input.rules)
    .flatMap((id) => inForce(input.rules, id, today) ?? [])
    .filter(({ reward, minShares, period }) => reward && minShares > 0 && period === "quarter");
  const wishes = new Map(
    (await allRecords(ctx, "profiles")).map((row) => [row.lecturerRecord, row.preference]),
  );
  return transaction(ctx, async (tx) => {
    let offered = 0;
    for (const lecturer of await allRecords(tx, "lecturers")) {
      const rule = rules.find((one) => one.rewardKind === wishes.get(lecturer.id)) ?? rules[0];
      if (!rule || lecturer.state !== "active" || !lecturer.person) continue;
      const gap = gapOf(tx, lecturer, rule, sessions);
      if (gap === null || !standsHigh(input.ratings, lecturer.id, rule)) continue;
      const wish = wishes.get(lecturer.id);
      const keys = await post(tx, [
        {
          kind: "message",
          key: offerKey(lecturer.id, quarter),
          to: { person: lecturer.person },
          audience: "lecturer",
          template: "offer",
          data: {
            offerId: `${lecturer.id}.${quarter}`,
            reward: rule.reward,
            condition: rule.name,
            gap:
              tx.settings.language === "zh"
                ? `再分享${gap}次`
                : `${gap} more ${gap === 1 ? "share" : "shares"}`,
            until: to - 1,
            ...(wish && wish === rule.rewardKind
              ? { preference: motivations[wish][tx.settings.language === "zh" ? 0 : 1] }
              : {}),
          },
          group: lecturer.groups?.[0],
          useUntil: to,
        },
      ]);
      offered += keys.length;
    }
    return { offered };
  });
}

/** Shares still missing, when open sessions can make up for them; null when there are none missing or not enough open. */
function gapOf(ctx: Ctx, lecturer: Rec<"lecturers">, rule: Rule, sessions: Rec<"sessions">[]): number | null {
  const own = sessions.filter(
    (session) => session.lecturer === lecturer.id || session.co?.includes(lecturer.id),
  ).length;
  const open = sessions.filter(
    ({ lecturer: taken, start, group }) =>
      !taken && start! > ctx.now && group && lecturer.groups?.includes(group),
  ).length;
  const gap = rule.minShares - own;
  return gap > 0 && gap <= open ? gap : null;
}

function standsHigh(ratings: { lecturer: string; score: number }[], lecturer: string, rule: Rule): boolean {
  if (rule.trigger !== "rank" || rule.threshold === undefined) return true;
  const all = ratings.map(({ score }) => score);
  const prior = { mean: all.reduce((sum, score) => sum + score, 0) / Math.max(1, all.length), weight: 10 };
  const ranked = [...groupBy(ratings, (one) => one.lecturer)]
    .filter(([, own]) => own.length >= Math.min(5, minimumOf(rule)))
    .map(([id, own]) => ({
      id,
      score: bayesMean(
        own.map(({ score }) => score),
        prior,
      ),
    }))
    .sort((a, b) => b.score - a.score);
  // As the close counts them: what it has no place for is not promised.
  const places = placesOf(rule.rankKind ?? "percent", rule.threshold, ranked.length);
  return ranked.slice(0, places).some(({ id }) => id === lecturer);
}

/** 我来报名一场: the next open session that fits is the lecturer's. */
export async function takeOffer(ctx: Ctx, input: { offer: string; person: string }): Promise<PressAnswer> {
  const { language } = ctx.settings;
  const me = await lecturerOf(ctx, input.person);
  if (!me || !input.offer.startsWith(`${me.id}.`))
    return { toast: { type: "info", text: smallText("notForYou", language) } };
  const mine = (await allRecords(ctx, "lecturers")).find(({ id }) => id === me.id);
  const open = (await allRecords(ctx, "sessions"))
    .filter(
      ({ lecturer, start, state, group }) =>
        !lecturer &&
        start &&
        start > ctx.now &&
        (state ?? "open") === "open" &&
        group &&
        mine?.groups?.includes(group),
    )
    .sort((a, b) => a.start! - b.start!);
  for (const { id } of open) {
    const answer = await volunteer(ctx, { session: id, person: input.person });
    if (!answer.card) continue;
    await transaction(ctx, async (tx) => {
      const key = offerKey(me.id, input.offer.slice(me.id.length + 1));
      await post(tx, await settleCards(tx, [key], String(answer.card?.data["text"]), "taken"));
    });
    return answer;
  }
  return {
    toast: {
      type: "info",
      text:
        language === "zh"
          ? "近期的空场和您的时间对不上，管理员会帮您留意。"
          : "No open session fits your times just now; an admin will keep an eye open.",
    },
  };
}

/** 不感兴趣 / 换一种奖励: nothing more of the kind this quarter; the second leads to one's preference. */
export async function dismissOffer(
  ctx: Ctx,
  input: { offer: string; person: string; other: boolean },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    const me = await lecturerOf(tx, input.person);
    if (!me || !input.offer.startsWith(`${me.id}.`))
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    if (input.other) return { card: { template: "preference", data: {} } };
    const text = smallText("careClosed", language);
    await post(
      tx,
      await settleCards(tx, [offerKey(me.id, input.offer.slice(me.id.length + 1))], text, "dismissed"),
    );
    return { card: { template: "settled", data: { text } } };
  });
}
