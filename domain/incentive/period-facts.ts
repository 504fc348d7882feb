import { groupBy, mean } from "../numbers.ts";
import { localDay, periodRange, toInstant } from "../time.ts";
import type { CloseInput, Session } from "./input.ts";

/** What the rules look at: the delivered sessions of one period in time order, with their scores. */
export interface PeriodFacts {
  period: string;
  /** Last local day of the period: the day on which rules about the whole period are read. */
  lastDay: string;
  sessions: readonly Session[];
  /** In the period, but not delivered. */
  notDelivered: readonly Session[];
  dayOf(session: Session): string;
  scoresOf(session: string): readonly number[];
  groupMean(group: string | undefined): number | null;
  ratings: readonly { lecturer: string; session: string; score: number }[];
}

type FactsInput = Pick<CloseInput, "timezone" | "sessions" | "ratings">;

export function isDelivered(session: Session): boolean {
  return session.state === "delivered" || session.state === "rated";
}

export function factsOf(input: FactsInput, period: string): PeriodFacts {
  const { from, to } = periodRange(period, input.timezone);
  const at = (session: Session) => toInstant(session.start);
  const inPeriod = input.sessions
    .filter((session) => from <= at(session) && at(session) < to)
    .sort((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : 1));
  const sessions = inPeriod.filter(isDelivered);
  const ids = new Set(sessions.map((session) => session.id));
  const ratings = input.ratings.filter((rating) => ids.has(rating.session));
  const bySession = groupBy(ratings, (rating) => rating.session);
  const scores = (session: string) => (bySession.get(session) ?? []).map((rating) => rating.score);
  const byGroup = groupBy(sessions, (session) => session.group);
  return {
    period,
    lastDay: localDay(to - 1, input.timezone),
    sessions,
    notDelivered: inPeriod.filter((session) => !isDelivered(session)),
    dayOf: (session) => localDay(at(session), input.timezone),
    scoresOf: scores,
    groupMean: (group) => mean((byGroup.get(group) ?? []).flatMap((session) => scores(session.id))),
    ratings,
  };
}
