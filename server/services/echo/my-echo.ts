import { isContentWord, normalise } from "#domain/demand/words.ts";
import { maskWords } from "#domain/messages/mask.ts";
import type { Ctx } from "../../context.ts";
import { openedBy } from "../content/opened.ts";
import { knownName } from "../people/name.ts";
import { ratingBox } from "../ratings/answers.ts";
import { presentAt } from "../ratings/raters.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { countAnswered } from "../sealed/box.ts";
import { viewOf, type SessionView } from "../sessions/facts.ts";
import { sessionLine, type SessionLine } from "../turns/my-turns.ts";
import { releasedOf, type Released } from "./released-of.ts";
import { scoreShown, type ScoreShown } from "./score-shown.ts";
import { thanksFor, thanksId } from "./thanks.ts";

/** What came back from one session. */
export interface SessionEcho extends SessionLine {
  /** Signed, so by name. */
  thanks: { id: string; from: string; text: string }[];
  /** Released, so without name or hour; good ones first. */
  comments: string[];
  attended: number;
  /** Whether 谢谢大家 still makes sense: somebody came, and not so long ago. */
  thankable: boolean;
  opened: number;
  /** How many have answered; what they said is shown from the minimum on. */
  answered: number;
  score: ScoreShown | null;
}

export interface MyEcho {
  sessions: SessionEcho[];
  /** Over everything released. */
  overall: ScoreShown | null;
  keywords: { word: string; count: number }[];
  minimum: number;
}

const MOST_SESSIONS = 12;
/** Weeks later nobody knows what the thanks are for; the card's button has died by then as well. */
const RECENT_MS = 14 * 86_400_000;
const MOST_KEYWORDS = 10;
const LEAST_MENTIONS = 2;

/** 学员的回响 for the lecturer alone: what is signed at once, what is anonymous once released. */
export async function myEcho(ctx: Ctx, lecturer: Rec<"lecturers">): Promise<MyEcho> {
  const shown = await releasedOf(ctx, lecturer.id);
  const names = (await allRecords(ctx, "lecturers")).flatMap(({ name }) => name ?? []);
  const held = (await allRecords(ctx, "sessions"))
    .filter(
      (row) => row.lecturer === lecturer.id && row.start && ["delivered", "rated"].includes(row.state ?? ""),
    )
    .sort((a, b) => b.start! - a.start!);
  const sessions: SessionEcho[] = [];
  for (const row of held.slice(0, MOST_SESSIONS))
    sessions.push(await one(ctx, await viewOf(ctx, row), shown.get(row.id), names));
  const all = [...shown.values()];
  return {
    sessions,
    overall: scoreShown(
      all.flatMap(({ scores }) => scores),
      ctx.settings.minimum,
    ),
    keywords: keywordsOf(
      ctx,
      all.flatMap(({ comments }) => comments),
    ),
    minimum: ctx.settings.minimum,
  };
}

async function one(
  ctx: Ctx,
  view: SessionView,
  shown: Released | undefined,
  names: string[],
): Promise<SessionEcho> {
  const { session } = view;
  const thanks: SessionEcho["thanks"] = [];
  for (const said of await thanksFor(ctx, session.id))
    thanks.push({ id: thanksId(said), from: await knownName(ctx, said.person), text: said.text });
  const scores = shown?.scores ?? [];
  const waiting = await countAnswered(ctx, ratingBox(session.id));
  const attended = Math.max((await presentAt(ctx, view)).length, session.attendance ?? 0);
  return {
    ...sessionLine(ctx, view),
    thanks,
    comments: (shown?.comments ?? []).map((comment) => maskWords(comment, names)),
    attended,
    thankable: attended > 0 && ctx.now - session.start! < RECENT_MS,
    // The names behind opens are forgotten after a while; their number stays with the session.
    opened: Math.max(await openedBy(ctx, session.id), session.clicks ?? 0),
    answered: Math.max(waiting, scores.length),
    score: scoreShown(scores, ctx.settings.minimum),
  };
}

/** Words that stand in several released comments, most frequent first. */
function keywordsOf(ctx: Ctx, comments: string[]): MyEcho["keywords"] {
  const counts = new Map<string, number>();
  for (const comment of comments)
    for (const word of new Set(ctx.segment(normalise(comment)).filter(isContentWord)))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= LEAST_MENTIONS)
    .map(([word, count]) => ({ word, count }))
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, MOST_KEYWORDS);
}
