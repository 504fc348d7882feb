import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { thanks } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { cleanWords } from "../messages/clean-words.ts";
import { nextWindow } from "../messages/next-window.ts";
import { nameOf } from "../people/name.ts";
import { presentAt } from "../ratings/raters.ts";
import { allRecords } from "../records/read.ts";
import { sessionFacts, speakersOf, viewSession, type SessionView } from "../sessions/facts.ts";
import { thanksId } from "./thanks.ts";

const MOST_CHARACTERS = 200;
const WEEK = 7 * 86_400_000;

/** The card to write it on, which says beforehand that it carries the name. */
export async function writeThanks(
  ctx: Ctx,
  input: { session: string; person: string },
): Promise<PressAnswer> {
  const may = await mayThank(ctx, input);
  if ("no" in may) return may.no;
  return { card: { template: "thanks.write", data: sessionFacts(ctx, may.view) } };
}

/**
 * Signed thanks: an act of its own, by name, never counted in the score, passed on the same day (the next sending window).
 * One a person and session; said again the first stays.
 */
export async function sayThanks(
  ctx: Ctx,
  input: { session: string; person: string; text: string },
): Promise<PressAnswer> {
  const may = await mayThank(ctx, input);
  if ("no" in may) return may.no;
  const text = cleanWords(input.text, MOST_CHARACTERS);
  if (text === "") return { card: { template: "thanks.write", data: sessionFacts(ctx, may.view) } };
  const peer = await nameOf(ctx, { person: input.person });
  await transaction(ctx, async (tx) => {
    const { session, person } = input;
    const fresh = await tx.db
      .insert(thanks)
      .values({ workspace: tx.workspace.id, session, person, text, at: tx.now })
      .onConflictDoNothing()
      .returning({ person: thanks.person });
    if (fresh.length > 0) await post(tx, await forwarded(tx, may.view, { person, peer, text }));
  });
  return { card: { template: "settled", data: { text: smallText("thanksSent", ctx.settings.language) } } };
}

async function forwarded(tx: Ctx, view: SessionView, said: { person: string; peer: string; text: string }) {
  const { session, group } = view;
  if (!session.account) return [];
  const names = (await allRecords(tx, "lecturers")).flatMap(({ name }) => name ?? []);
  const notBefore = await nextWindow(tx);
  return [
    {
      kind: "message" as const,
      key: `thanks:${session.id}:${said.person}`,
      to: { person: session.account },
      audience: "lecturer" as const,
      template: "thanks",
      data: {
        ...sessionFacts(tx, view),
        thanksId: thanksId({ session: session.id, person: said.person }),
        peer: said.peer,
        quotes: [said.text],
        maskNames: names,
      },
      group: group?.id,
      session: session.id,
      notBefore,
      useUntil: notBefore + WEEK,
      // Somebody's own act brought it, in the windows: it does not take the place of a reminder.
      exempt: "on-request" as const,
    },
  ];
}

async function mayThank(
  ctx: Ctx,
  input: { session: string; person: string },
): Promise<{ view: SessionView } | { no: PressAnswer }> {
  const { language } = ctx.settings;
  const no = (text: string) => ({ no: { toast: { type: "info" as const, text } } });
  const view = await viewSession(ctx, input.session);
  if (!view?.session.start || view.session.state === "cancelled") return no(smallText("tooOld", language));
  if (!ctx.settings.signedThanks) return no(smallText("thankYou", language));
  const present = await presentAt(ctx, view);
  if (!present.includes(input.person) || (await speakersOf(ctx, view.session)).includes(input.person))
    return no(smallText("notForYou", language));
  return { view };
}
