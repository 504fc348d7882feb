import { and, eq, like, or } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, manualAct, outbox, proposal, turn, workspace } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { closeMatters } from "../todos/close-matters.ts";
import { labelOf } from "../sessions/complete.ts";
import { viewSession, type SessionView } from "../sessions/facts.ts";
import { tellChange, tellSpeaker } from "../sessions/tell-change.ts";
import { askingKeys } from "../turns/offer.ts";
import { groupReadyCard } from "./go-live.ts";
import { makingKeys } from "./slots-met.ts";
import { untoldMark } from "./untold.ts";
import { keepPlan, planSchedule, readyCard, type Proposal, type ProposedSlot } from "./propose.ts";

/** Minutes a month's planning takes a human (texts.md §5.10). */
const PLANNING_MINUTES = 20;

/** What came of publishing. `stale`: the data changed since; nothing is published, `plan` is made anew and waits for a look. */
export type Publication =
  | { state: "published" | "already"; plan: Proposal }
  | { state: "stale"; proposal: string; plan: Proposal }
  /** Another plan is on its way into the Base this moment. */
  | { state: "moving" }
  | { state: "unknown" };

/**
 * Publishes a proposal: its sessions become records, and everything else follows from them. A second tap, or a second admin,
 * finds it published; a proposal older than the data is not published, a new one is shown instead. Without `tell` nobody is
 * invited or told of it; calendars follow the records all the same.
 */
export async function publishProposal(
  ctx: Ctx,
  input: { proposal: string; person: string; tell?: boolean },
): Promise<Publication> {
  const [known] = await ctx.db
    .select()
    .from(proposal)
    .where(and(eq(proposal.workspace, ctx.workspace.id), eq(proposal.id, input.proposal)));
  if (!known) return { state: "unknown" };
  const plan = known.plan as Proposal;
  const tell = input.tell ?? true;
  if (known.publishedAt) return { state: "already", plan };
  // Planned anew, outside the transaction: it asks Feishu for leave and busy times.
  const now = await planSchedule(ctx, plan.span, {
    fresh: true,
    ...(plan.wishes ? { wishes: plan.wishes } : {}),
  });
  return transaction(ctx, async (tx) => {
    // One publication at a time: whoever comes second plans around the first.
    await tx.db.select().from(workspace).where(eq(workspace.id, tx.workspace.id)).for("update");
    const [locked] = await tx.db.select().from(proposal).where(eq(proposal.id, known.id)).for("update");
    if (locked!.publishedAt) return { state: "already", plan };
    if (await sessionsOnTheirWay(tx)) return { state: "moving" };
    if (now.digest !== known.digest) return { state: "stale", proposal: await keepPlan(tx, now), plan: now };
    await tx.db
      .update(proposal)
      .set({ publishedAt: tx.now, by: input.person })
      .where(eq(proposal.id, known.id));
    await post(tx, await sessionEffects(tx, plan, tell));
    await endFormerTurns(tx, plan);
    await post(tx, await groupReadyCards(tx, plan));
    await tx.db.insert(audit).values({
      workspace: tx.workspace.id,
      actor: input.person,
      action: tell ? "schedule.publish" : "schedule.publish-untold",
      target: known.id,
      at: tx.now,
    });
    await tx.db
      .insert(manualAct)
      .values({
        workspace: tx.workspace.id,
        key: `plan:${known.id}`,
        kind: "plan",
        minutes: PLANNING_MINUTES,
        by: input.person,
        at: tx.now,
      })
      .onConflictDoNothing();
    return { state: "published", plan };
  });
}

/** Whether sessions are still to be written: what was planned around the records alone would give their slots away again. */
async function sessionsOnTheirWay(tx: Ctx): Promise<boolean> {
  const rows = await tx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, tx.workspace.id),
        eq(outbox.state, "due"),
        or(like(outbox.key, "session:%"), like(outbox.key, "fill:%")),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Whoever gives a session up by a new plan has not refused it; what was open about a session that now has a speaker is settled. */
async function endFormerTurns(tx: Ctx, { slots }: Proposal): Promise<void> {
  for (const { session, before, lecturer } of slots) {
    if (!session || !lecturer || lecturer === before) continue;
    if (before)
      await tx.db
        .update(turn)
        .set({ answer: "moved", answeredAt: tx.now })
        .where(
          and(eq(turn.workspace, tx.workspace.id), eq(turn.session, session), eq(turn.lecturer, before)),
        );
    await closeMatters(tx, { session, person: tx.actor, outcome: "planned anew" });
  }
}

/** 发布并通知 from the card. */
export async function publishSchedule(
  ctx: Ctx,
  input: { proposal: string; person: string },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  if (!(await isAdmin(ctx, input.person)))
    return { toast: { type: "info", text: smallText("notForYou", language) } };
  const came = await publishProposal(ctx, input);
  if (came.state === "moving") {
    const text =
      language === "zh"
        ? "同事刚发布了一版，正在写入，请过一会儿再看。"
        : "A colleague has just published; please look again in a moment.";
    return { toast: { type: "info", text } };
  }
  if (came.state === "unknown") return { toast: { type: "info", text: smallText("tooOld", language) } };
  return came.state === "stale" ? showAnew(ctx, came.proposal, came.plan) : publishedCard(ctx, came.plan);
}

function publishedCard(ctx: Ctx, { filled, unfilled }: Proposal): PressAnswer {
  const text =
    ctx.settings.language === "zh"
      ? `已发布：排好 ${filled} 场，空 ${unfilled} 场。讲师会按时收到邀请。`
      : `Published: ${filled} filled, ${unfilled} open. Lecturers will be invited in time.`;
  return { card: { template: "settled", data: { text } } };
}

async function showAnew(ctx: Ctx, id: string, now: Proposal): Promise<PressAnswer> {
  const card = await readyCard(ctx, id, now);
  const text =
    ctx.settings.language === "zh"
      ? "资料刚有变化，已重新排过，请再看一眼。"
      : "Something changed; this is the new plan.";
  return {
    toast: { type: "info", text },
    card: { template: "schedule.ready", data: (card as { data: Record<string, unknown> }).data },
  };
}

async function sessionEffects(ctx: Ctx, { slots }: Proposal, tell: boolean): Promise<Effect[]> {
  const groups = await allRecords(ctx, "groups");
  const lecturers = await allRecords(ctx, "lecturers");
  const group = new Map(groups.map((row) => [row.id, row]));
  const lecturer = new Map(lecturers.map((row) => [row.id, row]));
  const keys = await makingKeys(
    ctx,
    slots.flatMap(({ slot, session }) => (session ? [] : [slot])),
  );
  const effects: Effect[] = [];
  for (const slot of slots) {
    if (slot.session && slot.lecturer === (slot.before ?? null)) continue;
    const speaker = slot.lecturer ? (lecturer.get(slot.lecturer) ?? null) : null;
    const fields = fieldsOf(ctx, slot, group.get(slot.group) ?? null, speaker);
    if (slot.session) effects.push(...(await refill(ctx, slot, { speaker, fields, tell })));
    else
      effects.push({
        kind: "record.create",
        key: keys.get(slot.slot)!,
        table: "sessions",
        fields: {
          ...fields,
          start: slot.start,
          minutes: slot.minutes,
          group: slot.group,
          ...(slot.provisional ? { provisional: true } : {}),
        },
        ...(tell ? {} : untoldMark(slot.start)),
      });
  }
  return effects;
}

function fieldsOf(
  ctx: Ctx,
  slot: ProposedSlot,
  group: Rec<"groups"> | null,
  lecturer: Rec<"lecturers"> | null,
): Record<string, unknown> {
  const session = { start: slot.start, provisional: slot.provisional } as Rec<"sessions">;
  return {
    state: lecturer ? "planned" : "open",
    ...(lecturer ? { lecturer: lecturer.id, account: lecturer.person, why: slot.why } : {}),
    ...(slot.topic && lecturer ? { topic: slot.topic } : {}),
    label: labelOf(ctx, { session, group, lecturer, topic: null }),
  };
}

/** A session that stands already gets its speaker, or another one: who had it is told, when nothing can be taken back any more. */
async function refill(
  ctx: Ctx,
  slot: ProposedSlot,
  to: { speaker: Rec<"lecturers"> | null; fields: Record<string, unknown>; tell: boolean },
): Promise<Effect[]> {
  const { speaker, fields, tell } = to;
  const view = await viewSession(ctx, slot.session!);
  const former = slot.before
    ? { change: "substitute", ...(speaker ? {} : { lecturer: null, account: null }) }
    : {};
  const update: Effect = {
    kind: "record.update",
    key: `fill:${slot.session}:${slot.lecturer}:${ctx.now}`,
    table: "sessions",
    record: slot.session!,
    fields: { ...fields, ...former },
    ...(tell ? {} : untoldMark(slot.start)),
  };
  if (!view || !slot.before) return [update];
  const notBefore = ctx.now + ctx.settings.publishUndoMinutes * 60_000;
  const peer = speaker?.name ?? "";
  const zh = ctx.settings.language === "zh";
  const outcome = zh ? "这场另作安排，您不用准备了。" : "It is arranged otherwise; you need not prepare.";
  const text = smallText("settled", ctx.settings.language, {
    outcome: peer ? (zh ? `${peer} 来讲` : `${peer} speaks`) : outcome,
  });
  const asked = await askingKeys(ctx, slot.session!, slot.before, slot.start);
  return [
    update,
    ...asked.map((of): Effect => ({
      kind: "message.update",
      key: `settle:${of}:planned-anew:${ctx.now}`,
      of,
      template: "settled",
      data: { text, session: slot.session },
      notBefore,
    })),
    ...(tell ? tellSpeaker(ctx, view, { ...(peer ? { peer } : { outcome }), notBefore }) : []),
    ...(tell ? await tellChange(ctx, view, { ...(peer ? { peer } : { outcome }), notBefore }) : []),
  ];
}

/** After the first schedule each group in trial gets its 正式启用 card. */
async function groupReadyCards(ctx: Ctx, { slots }: Proposal): Promise<Effect[]> {
  const groups = (await allRecords(ctx, "groups")).filter(
    ({ id, state }) =>
      state === "active" && !ctx.workspace.live.includes(id) && !ctx.workspace.paused.includes(id),
  );
  const cards: Effect[] = [];
  const lecturers = new Map((await allRecords(ctx, "lecturers")).map((row) => [row.id, row]));
  for (const group of groups) {
    const planned = slots.filter((slot) => slot.group === group.id);
    const views = planned.map((slot) => viewOfSlot(slot, group, lecturers.get(slot.lecturer ?? "") ?? null));
    const card = await groupReadyCard(ctx, group.id, views);
    if (card) cards.push(card);
  }
  return cards;
}

/** A slot as the session it is about to be. */
function viewOfSlot(
  slot: ProposedSlot,
  group: Rec<"groups">,
  lecturer: Rec<"lecturers"> | null,
): SessionView {
  const session = {
    id: slot.session ?? slot.slot,
    start: slot.start,
    minutes: slot.minutes,
    group: group.id,
    state: slot.beforeState ?? (lecturer ? "planned" : "open"),
    ...(lecturer ? { lecturer: lecturer.id } : {}),
  } as Rec<"sessions">;
  return { session, group, lecturer, topic: null };
}
