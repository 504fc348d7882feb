import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { knownName } from "../people/name.ts";
import { sessionFacts, viewSession, type SessionView } from "../sessions/facts.ts";

/** Who acts for an absent lecturer, by name; null for who acts for themselves. Asks Feishu: not inside a transaction. */
export async function actsFor(ctx: Ctx, input: { session: string; person: string }): Promise<string | null> {
  const account = (await viewSession(ctx, input.session))?.session.account;
  if (!account || account === input.person) return null;
  return (await knownName(ctx, input.person)) || (ctx.settings.language === "zh" ? "同事" : "A colleague");
}

/** The lecturer hears once of what a manager or an admin has done in their place; `did` goes on from the name. */
export function tellActedFor(
  ctx: Ctx,
  view: SessionView,
  by: string | null,
  { key, did }: { key: string; did: { zh: string; en: string } },
): Effect[] {
  const { session, group, lecturer } = view;
  if (by === null || !session.account || lecturer?.state === "left") return [];
  const zh = ctx.settings.language === "zh";
  return [
    {
      kind: "message",
      key: `acted-for:${session.id}:${session.account}:${session.start}:${key}`,
      to: { person: session.account },
      audience: "lecturer",
      template: "changed",
      data: { ...sessionFacts(ctx, view), outcome: zh ? `${by}${did.zh}` : `${by} ${did.en}` },
      group: group?.id,
      session: session.id,
      useUntil: session.start!,
      exempt: "change-soon",
    },
  ];
}
