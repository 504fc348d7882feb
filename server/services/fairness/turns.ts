import { and, eq } from "drizzle-orm";
import type { Turn } from "#domain/schedule/credit.ts";
import { localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { ask, outbox, turn } from "../../db/schema.ts";
import { allRecords, type Rec } from "../records/read.ts";

type Offer = typeof turn.$inferSelect;
const place = (session: string, lecturer: string) => `${session}:${lecturer}`;

/** Every turn of the records, past and to come, as fairness counts it; `without` sessions that are decided anew. */
export async function turnsOf(ctx: Ctx, without: ReadonlySet<string> = new Set()): Promise<Turn[]> {
  const zone = ctx.workspace.timezone;
  const offers = await ctx.db.select().from(turn).where(eq(turn.workspace, ctx.workspace.id));
  const bySession = new Map<string, Offer[]>();
  for (const offer of offers) bySession.set(offer.session, [...(bySession.get(offer.session) ?? []), offer]);
  const substitutes = await acceptedSubstitutes(ctx);
  const told = await toldOf(ctx);
  const sessions = (await allRecords(ctx, "sessions")).filter(
    ({ id, start, group }) => start && group && !without.has(id),
  );
  return sessions.flatMap((session): Turn[] => {
    const day = localDay(session.start!, zone);
    const of = (lecturer: string, outcome: Turn["outcome"], extra = false): Turn => ({
      lecturer,
      group: session.group!,
      day,
      outcome,
      extra,
    });
    const mine = bySession.get(session.id) ?? [];
    const refused = mine
      .filter(({ lecturer, answer }) => lecturer !== session.lecturer && answer === "declined")
      .map(({ lecturer }) => of(lecturer, "declined"));
    const { lecturer } = session;
    if (!lecturer) return refused;
    const offer = mine.find((one) => one.lecturer === lecturer);
    const outcome = outcomeOf(session, offer, told);
    if (outcome === null) return refused;
    // Stepping in for a colleague is a turn of the plan; volunteering for one is beside it.
    const extra = (offer?.extra ?? false) && !substitutes.has(place(session.id, lecturer));
    return [...refused, of(lecturer, outcome, extra)];
  });
}

/** Null = as if it had never been: cancelled before the lecturer heard of it. */
function outcomeOf(
  session: Rec<"sessions">,
  offer: Offer | undefined,
  told: ReadonlySet<string>,
): Turn["outcome"] | null {
  if (session.change === "declined" && ["planned", "cancelled"].includes(session.state ?? ""))
    return "declined";
  if (session.state !== "cancelled") return "had";
  const heard =
    offer?.answer === "accepted" || offer?.invitedAt || told.has(place(session.id, session.lecturer!));
  return heard ? "lost" : null;
}

async function acceptedSubstitutes(ctx: Ctx): Promise<Set<string>> {
  const rows = await ctx.db
    .select({ session: ask.session, lecturer: ask.lecturer })
    .from(ask)
    .where(and(eq(ask.workspace, ctx.workspace.id), eq(ask.kind, "substitute"), eq(ask.answer, "yes")));
  return new Set(rows.map(({ session, lecturer }) => place(session, lecturer)));
}

/** Who has been invited to what: invitations that went out, `invite:<session>:<lecturer>:<start>`; those of the trial did not. */
async function toldOf(ctx: Ctx): Promise<Set<string>> {
  const rows = await ctx.db
    .select({ key: outbox.key })
    .from(outbox)
    .where(
      and(eq(outbox.workspace, ctx.workspace.id), eq(outbox.template, "invite"), eq(outbox.state, "done")),
    );
  return new Set(
    rows.flatMap(({ key }) => {
      const [kind, session = "", lecturer = ""] = key.split(":");
      return kind === "invite" ? [place(session, lecturer)] : [];
    }),
  );
}
