import { eq } from "drizzle-orm";
import type { CareTurn } from "#domain/willingness/care.ts";
import { mean } from "#domain/numbers.ts";
import { localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { released, turn } from "../../db/schema.ts";
import { allRecords, type Rec } from "../records/read.ts";

type Session = Rec<"sessions">;
const isHeld = ({ state }: Session) => state === "delivered" || state === "rated";

/** The turns of every lecturer, a declined one ahead included, with what became of them and the released ratings of each session. */
export async function careTurns(ctx: Ctx): Promise<Map<string, CareTurn[]>> {
  const zone = ctx.workspace.timezone;
  const sessions = (await allRecords(ctx, "sessions")).filter(({ start }) => start);
  const ratings = await ratingsBySession(ctx);
  const turns = new Map<string, CareTurn[]>();
  const add = (lecturer: string, session: Session, outcome: CareTurn["outcome"]) => {
    const day = localDay(session.start!, zone);
    const own = turns.get(lecturer) ?? [];
    turns.set(lecturer, [
      ...own,
      { day, outcome, ratings: outcome === "delivered" ? ratedAs(session, ratings) : NONE },
    ]);
  };
  for (const session of sessions)
    if (isHeld(session))
      for (const lecturer of new Set([session.lecturer, ...(session.co ?? [])]))
        if (lecturer) add(lecturer, session, "delivered");
  const byId = new Map(sessions.map((session) => [session.id, session]));
  for (const offer of await ctx.db.select().from(turn).where(eq(turn.workspace, ctx.workspace.id))) {
    const session = byId.get(offer.session);
    // A held session of one's own is in already; a substitution is no turn that fell to anybody.
    if (!session || offer.extra || (isHeld(session) && session.lecturer === offer.lecturer)) continue;
    const outcome = outcomeOf(session, offer);
    add(offer.lecturer, session, outcome);
  }
  return turns;
}

const NONE = { n: 0, mean: 0 };

function outcomeOf(session: Session, offer: typeof turn.$inferSelect): CareTurn["outcome"] {
  if (session.state === "cancelled" && offer.answer !== "declined") return "off";
  if (offer.answer === "declined") return "declined";
  // Given to someone else by the planner, or swapped: the lecturer let nothing pass.
  if (offer.answer === "moved" || offer.answer === "swapped" || session.lecturer !== offer.lecturer)
    return "off";
  return "unanswered";
}

async function ratingsBySession(ctx: Ctx): Promise<Map<string, number[]>> {
  const rows = await ctx.db.select().from(released).where(eq(released.workspace, ctx.workspace.id));
  const scores = new Map<string, number[]>();
  for (const row of rows) scores.set(row.session, [...(scores.get(row.session) ?? []), ...row.scores]);
  return scores;
}

/** Released answers; for an imported session without single ratings what its row declares. */
function ratedAs(session: Session, ratings: Map<string, number[]>): CareTurn["ratings"] {
  const scores = ratings.get(session.id) ?? [];
  if (scores.length > 0) return { n: scores.length, mean: mean(scores) ?? 0 };
  return session.score !== undefined && session.ratings !== undefined
    ? { n: session.ratings, mean: session.score }
    : NONE;
}
