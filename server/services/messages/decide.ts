import { and, eq, gte, inArray, ne, sql } from "drizzle-orm";
import { DateTime } from "luxon";
import type { MessageEffect } from "#domain/effects.ts";
import { decide } from "#domain/messages/policy.ts";
import type { Decision, Mode, SendFacts } from "#domain/messages/policy-types.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import { localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { optOut, outbox, type OutboxState } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { getRecord } from "../records/read.ts";

/**
 * Whether, when and to whom a message goes (texts.md §5.2): gathers what the rule needs, and asks the rule.
 * Called when the message is queued and again when it is due, because others may have gone out meanwhile.
 */
export async function decideMessage(
  ctx: Ctx,
  effect: MessageEffect,
  when: "queued" | "due",
): Promise<{ decision: Decision; mode: Mode }> {
  const mode = await modeOf(ctx, effect);
  const session = effect.session ? await getRecord(ctx, "sessions", effect.session) : null;
  const address = "person" in effect.to ? effect.to.person : effect.to.chat;
  const days = await workdays(ctx);
  const facts: SendFacts = {
    now: ctx.now,
    zone: ctx.workspace.timezone,
    workdayOf: (ms) => days.is(localDay(ms, ctx.workspace.timezone)),
    settings: ctx.settings,
    mode,
    admins: await adminsFor(ctx, effect),
    sent: await sentCounts(ctx, effect, address, when === "due" ? ["done"] : ["done", "due"]),
    on: effect.tryOut !== undefined || (ctx.on[effect.template as TemplateId] ?? true),
    optedOut: await optedOut(ctx, address, effect.template),
    ownSessionToday: effect.audience === "lecturer" && sameDay(ctx, session?.start, ctx.now),
  };
  const decision = decide(
    {
      template: effect.template as TemplateId,
      to: effect.to,
      kind: effect.audience,
      about: effect.session,
      startsAt: session?.start,
      useUntil: effect.useUntil,
      notBefore: effect.notBefore,
      exempt: effect.exempt,
      urgent: effect.audience === "admin",
    },
    facts,
  );
  return { decision, mode };
}

/** Trial, live or paused: of the group when the message is about one, else live as soon as any group is. */
export async function modeOf(ctx: Ctx, effect: Pick<MessageEffect, "group" | "audience">): Promise<Mode> {
  const { live, paused } = ctx.workspace;
  if (effect.audience === "admin") return "live";
  if (!effect.group) return live.length > 0 ? "live" : "trial";
  if (paused.includes(effect.group)) return "paused";
  return live.includes(effect.group) ? "live" : "trial";
}

async function adminsFor(ctx: Ctx, effect: MessageEffect): Promise<string[]> {
  const group = effect.group ? await getRecord(ctx, "groups", effect.group) : null;
  const own = group?.admins ?? [];
  return own.length > 0 ? own : ctx.workspace.admins;
}

const sameDay = (ctx: Ctx, a: number | undefined, b: number) =>
  a !== undefined && localDay(a, ctx.workspace.timezone) === localDay(b, ctx.workspace.timezone);

async function optedOut(ctx: Ctx, person: string, template: string): Promise<boolean> {
  const rows = await ctx.db
    .select({ what: optOut.what })
    .from(optOut)
    .where(
      and(
        eq(optOut.workspace, ctx.workspace.id),
        eq(optOut.person, person),
        inArray(optOut.what, [template, template.split(".")[0]!]),
      ),
    );
  return rows.length > 0;
}

/**
 * Messages to an address in the present week; answers to the person's own act are not counted. Once due, only what was sent
 * counts: two that wait for each other would wait for ever.
 */
async function sentCounts(
  ctx: Ctx,
  effect: MessageEffect,
  address: string,
  states: OutboxState[],
): Promise<SendFacts["sent"]> {
  const zone = ctx.workspace.timezone;
  const today = localDay(ctx.now, zone);
  const monday = DateTime.fromMillis(ctx.now, { zone }).startOf("week").toISODate()!;
  const rows = await ctx.db
    .select({
      key: outbox.key,
      day: outbox.day,
      session: outbox.session,
      template: outbox.template,
      state: outbox.state,
    })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.person, address),
        inArray(outbox.state, states),
        ne(outbox.key, effect.key),
        sql`coalesce(effect->>'exempt', '') <> 'on-request'`,
        effect.session ? sql`(day >= ${monday} or session = ${effect.session})` : gte(outbox.day, monday),
      ),
    );
  const sent = rows.filter(({ key }) => key !== `trial/${effect.key}`);
  const about = sent.filter(({ session }) => session !== null && session === effect.session);
  const week = sent.filter(({ day }) => day !== null && day >= monday);
  return {
    today: week.filter(({ day }) => day === today).length,
    week: week.length,
    session: about.length,
    followUps: about.filter(({ template }) => template?.startsWith("confirm.")).length,
    careThisWeek: week.filter(({ template }) => template === "care").length,
  };
}
