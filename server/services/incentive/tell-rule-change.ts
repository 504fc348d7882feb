import { smallText } from "#base/defaults/small-texts.ts";
import type { Rule } from "#domain/incentive/rules.ts";
import { dateWords } from "#domain/messages/dates.ts";
import { instantAt } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { audit } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import type { Rec } from "../records/read.ts";
import { tryRules } from "./try-rules.ts";

/** No surprise in money: before another rule takes effect the admin sees what it would have done to the last quarters. */
export async function tellRuleChange(
  ctx: Ctx,
  row: Rec<"rules">,
  rules: Rule[],
  version: number,
  from: string,
): Promise<void> {
  const { language } = ctx.settings;
  const { gain, lose } = await tryRules(ctx, { row: row.id, rules, version });
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
