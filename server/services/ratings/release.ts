import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { PatchOf } from "#base/index.ts";
import type { Effect } from "#domain/effects.ts";
import { releasable, type Release, type SealedSession } from "#domain/feedback/release.ts";
import { toneOf } from "#domain/feedback/tone.ts";
import { isContentWord, normalise } from "#domain/demand/words.ts";
import { maskWords } from "#domain/messages/mask.ts";
import { sum } from "#domain/numbers.ts";
import { monthKey } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { released } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { allRecords, getRecord, type Rec } from "../records/read.ts";
import { boxesOf, changeBox, readBox } from "../sealed/box.ts";
import { shuffled } from "../sealed/shuffled.ts";
import { viewSession } from "../sessions/facts.ts";
import { finalAnswers, isScore, ratingAnswer, ratingBox, sessionOfBox, settleScores } from "./answers.ts";
import { ratingCloses } from "./raters.ts";

const MOST_KEYWORDS = 5;

type Waiting = SealedSession & { comments: number };

/**
 * Once a workday: what may be shown by the rule of domain/feedback/release.ts leaves its box and is shown, scores and
 * comments shuffled apart, under a label that says nothing.
 */
export async function releaseRatings(ctx: Ctx): Promise<{ batches: number; answers: number }> {
  const waiting = await waitingSessions(ctx);
  const rules = { minimum: ctx.settings.minimum, lateOthers: ctx.settings.lateAnswersWait };
  const releases = releasable(waiting, rules);
  let answers = 0;
  for (const release of releases) {
    const sessions = [...new Set([...release.sessions, ...loneComments(waiting, release)])];
    answers += await transaction(ctx, (tx) => releaseOne(tx, release, sessions));
  }
  return { batches: releases.length, answers };
}

/** Sentences that came after their session's scores were shown go along with the lecturer's next release. */
function loneComments(waiting: readonly Waiting[], { lecturer, sessions }: Release): string[] {
  return waiting
    .filter((one) => one.lecturer === lecturer && one.closed && one.waiting === 0 && one.comments > 0)
    .map(({ session }) => session)
    .filter((session) => !sessions.includes(session));
}

async function waitingSessions(ctx: Ctx): Promise<Waiting[]> {
  const shown = await releasedScores(ctx);
  const waiting: Waiting[] = [];
  for (const box of await boxesOf(ctx, "rate")) {
    const open = await readBox(ctx, box, ratingAnswer);
    settleScores(ctx, open);
    const { scores, comments } = finalAnswers(open.answers);
    if (scores.length === 0 && comments.length === 0) continue;
    const view = await viewSession(ctx, sessionOfBox(box));
    if (!view?.session.start || !view.session.lecturer) continue;
    waiting.push({
      session: view.session.id,
      lecturer: view.session.lecturer,
      start: view.session.start,
      waiting: scores.length,
      released: shown.get(view.session.id)?.length ?? 0,
      closed: ctx.now >= (await ratingCloses(ctx, view)),
      comments: comments.length,
    });
  }
  return waiting;
}

/** Scores shown so far, by session; those of a pool stand with its last session. */
export async function releasedScores(ctx: Ctx): Promise<Map<string, number[]>> {
  const rows = await ctx.db.select().from(released).where(eq(released.workspace, ctx.workspace.id));
  const scores = new Map<string, number[]>();
  for (const row of rows) scores.set(row.session, [...(scores.get(row.session) ?? []), ...row.scores]);
  return scores;
}

async function releaseOne(tx: Ctx, release: Release, sessions: string[]): Promise<number> {
  const taken = { scores: [] as number[], comments: [] as string[] };
  // In one order always, so that two releases never wait for each other.
  for (const session of [...sessions].sort()) {
    const { scores, comments } = await takeOut(tx, session);
    taken.scores.push(...scores);
    taken.comments.push(...comments);
  }
  const last = await getRecord(tx, "sessions", release.sessions.at(-1)!);
  if (!last || taken.scores.length === 0)
    throw new Error(`Session ${release.sessions.at(-1)} went away while its ratings were released`);
  const batch = randomBytes(6).toString("hex");
  const month = monthKey(last.start!, tx.workspace.timezone);
  const names = (await allRecords(tx, "lecturers")).flatMap(({ name }) => name ?? []);
  const comments = shuffled(taken.comments.map((comment) => maskWords(comment, names)));
  await tx.db.insert(released).values({
    workspace: tx.workspace.id,
    batch,
    session: last.id,
    lecturer: release.lecturer,
    month,
    scores: taken.scores.sort((a, b) => a - b),
    comments,
    releasedAt: tx.now,
  });
  const rows: PatchOf<"ratings">[] = [
    ...shuffled(taken.scores).map((score) => ({ score })),
    ...shuffled(comments).map((comment) => ({ comment, ...wordsOf(tx, comment) })),
  ];
  const effects: Effect[] = rows.map((row, n) => ({
    kind: "record.create",
    key: `release:${batch}:${n}`,
    table: "ratings",
    fields: { key: batch, session: last.id, month, ...row },
  }));
  await post(tx, [...effects, ...(await ratedSessions(tx, release.sessions, last, batch))]);
  return taken.scores.length;
}

function takeOut(tx: Ctx, session: string): Promise<{ scores: number[]; comments: string[] }> {
  return changeBox(tx, ratingBox(session), ratingAnswer, (open) => {
    settleScores(tx, open);
    const taken = finalAnswers(open.answers);
    open.answers = open.answers.filter((answer) => isScore(answer) && answer.tag !== undefined);
    return taken;
  });
}

/** The session that the answers stand with gets its rating; the others of a pool only the state. */
async function ratedSessions(
  tx: Ctx,
  sessions: string[],
  last: Rec<"sessions">,
  batch: string,
): Promise<Effect[]> {
  const scores = (await releasedScores(tx)).get(last.id) ?? [];
  const shown = scores.length >= tx.settings.minimum;
  const rating = { score: Math.round((sum(scores) / scores.length) * 100) / 100, ratings: scores.length };
  const effects: Effect[] = [];
  for (const id of sessions) {
    const session = await getRecord(tx, "sessions", id);
    const fields = {
      ...(session?.state === "delivered" ? { state: "rated" } : {}),
      ...(id === last.id && shown ? rating : {}),
    };
    if (session && Object.keys(fields).length > 0)
      effects.push({
        kind: "record.update",
        key: `rated:${id}:${batch}`,
        table: "sessions",
        record: id,
        fields,
      });
  }
  return effects;
}

function wordsOf(ctx: Ctx, comment: string): Pick<PatchOf<"ratings">, "keywords" | "tone"> {
  const words = ctx.segment(normalise(comment)).filter(isContentWord);
  const { tone, score } = toneOf(comment);
  return {
    keywords: [...new Set(words)].slice(0, MOST_KEYWORDS).join(" "),
    tone: tone === "positive" ? "praise" : tone === "negative" ? "problem" : score === 0 ? "none" : "mixed",
  };
}
