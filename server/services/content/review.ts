import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { adminsOf } from "../people/admins.ts";
import { isAdmin } from "../people/name.ts";
import { sessionFacts, viewSession, type SessionView } from "../sessions/facts.ts";
import { settleCards } from "../turns/settle.ts";
import { contentOf } from "./content-of.ts";

const reviewKey = (session: string, content: string) => `review:${session}:${content}`;
/** Begins the key of the run that announces when nobody objects. */
export const reviewedKey = (session: string, content: string) => `reviewed:${session}:${content}`;

/** By setting an admin looks first; silence for the set workdays means yes (texts.md §5.5). */
export async function askForReview(ctx: Ctx, view: SessionView, content: string): Promise<void> {
  const { session, group } = view;
  const replyBy = (await workdays(ctx)).at(ctx.now, ctx.settings.reviewWorkdays, "10:00");
  const [admin] = adminsOf(ctx, group);
  await post(ctx, [
    ...(admin
      ? [
          {
            kind: "message",
            key: reviewKey(session.id, content),
            to: { person: admin },
            audience: "admin",
            template: "announce.review",
            data: { ...sessionFacts(ctx, view), replyBy },
            session: session.id,
            useUntil: replyBy,
          } satisfies Effect,
        ]
      : []),
    reviewed(session.id, content, replyBy),
  ]);
}

const reviewed = (session: string, content: string, at: number): Effect => ({
  kind: "wake",
  key: `${reviewedKey(session, content)}:${at}`,
  at,
  automation: "content.announce",
  input: { session, content, reviewed: true },
});

/** 可以通知 announces at once; 先等等 takes the waiting announcement back until the lecturer hands in something else. */
export async function reviewContent(
  ctx: Ctx,
  input: { session: string; person: string; approve: boolean },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    if (!(await isAdmin(tx, input.person)))
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    const view = await viewSession(tx, input.session);
    if (!view) return { toast: { type: "info", text: smallText("tooOld", language) } };
    const content = contentOf(view.session);
    const replyBy = (await workdays(tx)).at(tx.now, tx.settings.reviewWorkdays, "10:00");
    const waiting = [`${reviewedKey(view.session.id, content)}:${replyBy}`];
    const text = smallText(input.approve ? "approved" : "announceUndone", language);
    await settleCards(tx, waiting, text, "reviewed");
    if (input.approve) await post(tx, [reviewed(view.session.id, content, tx.now)]);
    return { card: { template: "settled", data: { text } } };
  });
}
