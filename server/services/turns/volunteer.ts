import { and, eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { turn } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { adminsOf } from "../people/admins.ts";
import { isAdmin, lecturerOf } from "../people/name.ts";
import { getRecord, type Rec } from "../records/read.ts";
import { claimSessions, movingText } from "../sessions/claim.ts";
import { sessionFacts, viewSession, type SessionView } from "../sessions/facts.ts";
import { closeTodo, openTodo } from "../todos/todo.ts";
import { couldTake } from "./candidates.ts";
import { confirmedText } from "./answer.ts";
import { settleCards } from "./settle.ts";

const volunteerKey = (session: string, lecturer: string) => `volunteer:${session}:${lecturer}`;
const isEmpty = ({ state, lecturer }: Rec<"sessions">) => !lecturer && (state ?? "open") === "open";

/**
 * 我来报名一场: an empty slot is the lecturer's at once; a session that has a speaker asks an admin, who may add a co-lecturer.
 * The hard rules of planning hold: group, windows, leave, gap, month.
 */
export async function volunteer(ctx: Ctx, input: { session: string; person: string }): Promise<PressAnswer> {
  const { language } = ctx.settings;
  const me = await lecturerOf(ctx, input.person);
  const seen = await viewSession(ctx, input.session);
  if (!me || !seen || !ctx.settings.volunteering)
    return { toast: { type: "info", text: smallText("notForYou", language) } };
  if (seen.session.lecturer === me.id)
    return { card: { template: "settled", data: { text: confirmedText(ctx, seen) } } };
  // Outside the transaction: it asks Feishu for leave and busy times.
  const own = await getRecord(ctx, "lecturers", me.id);
  const able = own && (await couldTake(ctx, own, seen, new Set([seen.session.id]), { fresh: true }));
  if (!able || !seen.session.start || seen.session.start <= ctx.now)
    return {
      toast: {
        type: "info",
        text:
          language === "zh"
            ? "这场和您的时间、间隔或本月场次对不上，换一场试试。"
            : "This session does not fit your times, gap or month; please try another.",
      },
    };
  return transaction(ctx, async (tx) => {
    const free = await claimSessions(tx, [input.session]);
    const view = await viewSession(tx, input.session);
    const lecturer = await getRecord(tx, "lecturers", me.id);
    if (!view || !lecturer || ["delivered", "rated", "cancelled"].includes(view.session.state ?? ""))
      return { toast: { type: "info", text: smallText("tooOld", language) } };
    if (!free) return { toast: { type: "info", text: movingText(language) } };
    if (isEmpty(view.session))
      return { card: { template: "settled", data: { text: await take(tx, view, lecturer) } } };
    await askAdmin(tx, view, lecturer);
    return {
      toast: {
        type: "success",
        text: language === "zh" ? "已报名，等管理员点一下。" : "Noted; an admin will confirm.",
      },
    };
  });
}

async function take(tx: Ctx, view: SessionView, lecturer: Rec<"lecturers">): Promise<string> {
  await rememberExtra(tx, view.session.id, lecturer.id);
  await post(tx, [
    {
      kind: "record.update",
      key: `volunteered:${view.session.id}:${lecturer.id}:${view.session.version}`,
      table: "sessions",
      record: view.session.id,
      fields: { lecturer: lecturer.id, account: lecturer.person, state: "confirmed" },
    },
  ]);
  return confirmedText(tx, { ...view, lecturer });
}

/** Counts as a turn taken, and as one beyond the plan. */
async function rememberExtra(tx: Ctx, session: string, lecturer: string): Promise<void> {
  const said = { answer: "accepted" as const, answeredAt: tx.now, extra: true };
  await tx.db
    .insert(turn)
    .values({ workspace: tx.workspace.id, session, lecturer, offeredAt: tx.now, ...said })
    .onConflictDoUpdate({ target: [turn.workspace, turn.session, turn.lecturer], set: said });
}

async function askAdmin(tx: Ctx, view: SessionView, lecturer: Rec<"lecturers">): Promise<void> {
  const { session } = view;
  await openTodo(tx, {
    key: volunteerKey(session.id, lecturer.id),
    kind: "volunteer",
    session: session.id,
    detail: { lecturer: lecturer.name ?? "", label: session.label ?? "", start: session.start! },
  });
  await post(
    tx,
    adminsOf(tx, view.group)
      .slice(0, 1)
      .map((person): Effect => ({
        kind: "message",
        key: volunteerKey(session.id, lecturer.id),
        to: { person },
        audience: "admin",
        template: "volunteer.approve",
        data: { ...sessionFacts(tx, view), lecturer: lecturer.name, lecturerId: lecturer.id },
        session: session.id,
        useUntil: session.start!,
      })),
  );
}

/** 同意 / 这次不安排. */
export async function decideVolunteer(
  ctx: Ctx,
  input: { session: string; lecturer: string; person: string; approve: boolean },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    if (!(await isAdmin(tx, input.person)))
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    const free = await claimSessions(tx, [input.session]);
    const view = await viewSession(tx, input.session);
    const lecturer = await getRecord(tx, "lecturers", input.lecturer);
    const [before] = await tx.db
      .select({ answer: turn.answer })
      .from(turn)
      .where(
        and(
          eq(turn.workspace, tx.workspace.id),
          eq(turn.session, input.session),
          eq(turn.lecturer, input.lecturer),
        ),
      );
    if (!view || !lecturer || ["delivered", "rated", "cancelled"].includes(view.session.state ?? ""))
      return { toast: { type: "info", text: smallText("tooOld", language) } };
    const zh = language === "zh";
    const outcome = input.approve
      ? zh
        ? `${lecturer.name} 来讲`
        : `${lecturer.name} speaks`
      : zh
        ? "这次不安排"
        : "not this time";
    const text = smallText("settled", language, { outcome });
    if (input.approve && before?.answer !== "accepted") {
      if (!free) return { toast: { type: "info", text: movingText(language) } };
      if (isEmpty(view.session)) await take(tx, view, lecturer);
      else await join(tx, view, lecturer);
    }
    await closeTodo(
      { ...tx, actor: input.person },
      volunteerKey(input.session, input.lecturer),
      input.approve ? "approved" : "refused",
    );
    await post(
      tx,
      await settleCards(
        tx,
        [volunteerKey(input.session, input.lecturer)],
        text,
        input.approve ? "yes" : "no",
      ),
    );
    return { card: { template: "settled", data: { text } } };
  });
}

async function join(tx: Ctx, { session }: SessionView, lecturer: Rec<"lecturers">): Promise<void> {
  await rememberExtra(tx, session.id, lecturer.id);
  await post(tx, [
    {
      kind: "record.update",
      key: `joined:${session.id}:${lecturer.id}:${session.version}`,
      table: "sessions",
      record: session.id,
      fields: { co: [...new Set([...(session.co ?? []), lecturer.id])] },
    },
  ]);
}
