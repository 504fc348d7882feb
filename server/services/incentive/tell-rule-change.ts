import { smallText } from "#base/defaults/small-texts.ts";
import type { Rule } from "#domain/incentive/rules.ts";
import { simulate } from "#domain/incentive/simulate.ts";
import { dateWords } from "#domain/messages/dates.ts";
import { addMonths, instantAt, monthKey } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { audit } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import type { Rec } from "../records/read.ts";
import { closeInput } from "./facts.ts";

/** No surprise in money: before another rule takes effect the admin sees what it would have done to the last quarters. */
export async function tellRuleChange(
  ctx: Ctx,
  row: Rec<"rules">,
  rules: Rule[],
  version: number,
  from: string,
): Promise<void> {
  const { language } = ctx.settings;
  const month = monthKey(ctx.now, ctx.workspace.timezone);
  const periods = Array.from({ length: ctx.settings.rulePreviewQuarters * 3 }, (_, n) =>
    addMonths(month, -1 - n),
  ).reverse();
  const { ledger: _, ...input } = await closeInput(ctx, month);
  const earlier = rules.filter((one) => one.id !== row.id || one.version < version);
  const { gain, lose } = simulate({
    ...input,
    rules: asBefore(earlier),
    proposed: rules,
    periods,
    ledger: [],
  });
  const words = smallText("ruleChanged", language, {
    from: dateWords(instantAt(from, "00:00", ctx.workspace.timezone), {
      now: ctx.now,
      zone: ctx.workspace.timezone,
      language,
    }),
    gain: String(gain.length),
    lose: String(lose.length),
  });
  await ctx.db.insert(audit).values({
    workspace: ctx.workspace.id,
    actor: ctx.actor,
    action: "rule.version",
    target: row.id,
    detail: { version, from, gain, lose },
    at: ctx.now,
  });
  await post(
    ctx,
    ctx.workspace.admins.slice(0, 1).map((person) => ({
      kind: "message",
      key: `rule-changed:${row.id}:${version}`,
      to: { person },
      audience: "admin",
      template: "notice",
      data: { headline: row.name, items: [words], path: "/m/todo" },
      useUntil: ctx.now + 10 * 86_400_000,
    })),
  );
}

/** The rules of the past are compared as they were before this change ended them. */
function asBefore(rules: Rule[]): Rule[] {
  const newest = new Map<string, number>();
  for (const { id, version } of rules) newest.set(id, Math.max(version, newest.get(id) ?? 0));
  return rules.map((one) =>
    one.version === newest.get(one.id) ? { ...one, from: undefined, to: undefined } : one,
  );
}
