import { groupBy, sum } from "../numbers.ts";

/** What is known of a session's answers without opening them. */
export interface SealedSession {
  session: string;
  lecturer: string;
  /** Start, ms; orders a lecturer's sessions. */
  start: number;
  /** Sealed answers not released yet. */
  waiting: number;
  /** Answers released before. */
  released: number;
  /** Whether the time for rating is over. */
  closed: boolean;
}

export interface ReleaseRules {
  /** Answers to show together at least (texts.md §5.6: 5). */
  minimum: number;
  /** A late answer waits for so many others (3). */
  lateOthers: number;
}

export interface Release {
  lecturer: string;
  /** More than one: too few each, shown as one pool without saying which answer belongs where. */
  sessions: string[];
  count: number;
  kind: "first" | "late" | "pooled";
}

/**
 * Which sealed answers may be released now, by counts alone. A session with fewer than the minimum waits and is joined
 * with the lecturer's next sessions; it is never shown beside a session shown alone, for the difference would tell.
 */
export function releasable(sessions: readonly SealedSession[], rules: ReleaseRules): Release[] {
  return [...groupBy(sessions, (one) => one.lecturer)].flatMap(([lecturer, own]) => {
    const inOrder = [...own].sort((a, b) => a.start - b.start);
    return [...lateReleases(lecturer, inOrder, rules), ...firstReleases(lecturer, inOrder, rules)];
  });
}

function lateReleases(lecturer: string, own: readonly SealedSession[], rules: ReleaseRules): Release[] {
  return own
    .filter((one) => one.released > 0 && one.waiting >= rules.lateOthers + 1)
    .map((one) => ({ lecturer, sessions: [one.session], count: one.waiting, kind: "late" as const }));
}

function firstReleases(lecturer: string, own: readonly SealedSession[], rules: ReleaseRules): Release[] {
  const releases: Release[] = [];
  let pool: SealedSession[] = [];
  for (const one of own.filter(
    (entry) => entry.waiting > 0 && (entry.released === 0 || isRest(entry, rules)),
  )) {
    // An open session may still reach the minimum by itself; until then it neither waits in a pool nor fills one.
    if (!one.closed && one.waiting < rules.minimum) continue;
    pool = [...pool, one];
    const count = sum(pool.map((entry) => entry.waiting));
    if (count < rules.minimum) continue;
    releases.push({
      lecturer,
      sessions: pool.map((entry) => entry.session),
      count,
      kind: pool.length > 1 ? "pooled" : "first",
    });
    pool = [];
  }
  return releases;
}

/** Late answers of a closed session that are too few to be shown alone: nobody can join them there any more. */
function isRest({ closed, released, waiting }: SealedSession, { lateOthers }: ReleaseRules): boolean {
  return closed && released > 0 && waiting <= lateOthers;
}
