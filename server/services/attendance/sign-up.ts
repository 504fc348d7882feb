import { and, eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { signUp as signUps } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { endOf, viewSession } from "../sessions/facts.ts";

/** 加到日历: the person is invited to the session's event, once; taken back by 有事来不了. */
export async function signUp(
  ctx: Ctx,
  input: { session: string; person: string; coming: boolean },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    const view = await viewSession(tx, input.session);
    if (!view?.session.start || view.session.state === "cancelled" || endOf(tx, view.session) < tx.now)
      return { toast: { type: "info", text: smallText("tooOld", language) } };
    const { session, person, coming } = input;
    const changed = coming ? await add(tx, session, person) : await remove(tx, session, person);
    if (changed && view.session.eventId)
      await post(tx, [
        {
          kind: "event.sync",
          key: `event:${session}:${coming ? "with" : "without"}:${person}:${tx.now}`,
          session,
        },
      ]);
    return { toast: { type: "success", text: smallText(coming ? "calendarAdded" : "cannotCome", language) } };
  });
}

async function add(tx: Ctx, session: string, person: string): Promise<boolean> {
  const rows = await tx.db
    .insert(signUps)
    .values({ workspace: tx.workspace.id, session, person, at: tx.now })
    .onConflictDoNothing()
    .returning();
  return rows.length > 0;
}

async function remove(tx: Ctx, session: string, person: string): Promise<boolean> {
  const rows = await tx.db
    .delete(signUps)
    .where(
      and(eq(signUps.workspace, tx.workspace.id), eq(signUps.session, session), eq(signUps.person, person)),
    )
    .returning();
  return rows.length > 0;
}

/** open_ids of those who signed up for a session. */
export async function signedUp(ctx: Ctx, session: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ person: signUps.person })
    .from(signUps)
    .where(and(eq(signUps.workspace, ctx.workspace.id), eq(signUps.session, session)))
    .orderBy(signUps.person);
  return rows.map(({ person }) => person);
}
