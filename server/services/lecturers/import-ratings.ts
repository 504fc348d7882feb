import { randomBytes, randomInt } from "node:crypto";
import type { PatchOf } from "#base/index.ts";
import { monthKey } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { RowReader } from "./import-cells.ts";
import { matchColumns } from "./import-columns.ts";
import { type Known, knownRows, theOne } from "./import-known.ts";
import { nothing, type Prepared, type Sheet, step } from "./import-types.ts";

interface Answer {
  readonly session: Known<"sessions">;
  readonly score: number | undefined;
  readonly comment: string | undefined;
}

/**
 * Past ratings as one released batch: score rows and comment rows shuffled apart, so that the order of the sheet joins
 * neither a score to its comment nor an answer to its place in some list of names.
 */
export async function prepareRatings(
  ctx: Ctx,
  sheet: Sheet,
  chosen?: Record<string, string>,
): Promise<Prepared> {
  const { columns, unused } = matchColumns("ratings", sheet, chosen);
  const sessions = await knownRows(ctx, "sessions");
  const readers = sheet.rows.map((row) => new RowReader(sheet, columns, row));
  const answers = readers.flatMap((reader) => answerOf(reader, sessions));
  const batch = `import-${randomBytes(6).toString("hex")}`;
  const zone = ctx.workspace.timezone;
  const monthOf = (session: Known<"sessions">) =>
    session.start === undefined ? undefined : monthKey(session.start, zone);
  const base = ({ session }: Answer) => ({ key: batch, session: session.recordId, month: monthOf(session) });
  const scores = answers.flatMap((answer) =>
    answer.score === undefined ? [] : [{ ...base(answer), score: answer.score }],
  );
  const comments = answers.flatMap((answer) =>
    answer.comment === undefined ? [] : [{ ...base(answer), comment: answer.comment }],
  );
  const rows: PatchOf<"ratings">[] = [...shuffled(scores), ...shuffled(comments)];
  return {
    ...nothing(),
    columns,
    unused,
    errors: readers.flatMap((reader) => reader.errors),
    steps: [
      step(
        "ratings",
        rows.map((row) => () => row),
      ),
    ],
    released: releasedOf(answers, monthOf),
  };
}

function answerOf(reader: RowReader, sessions: readonly Known<"sessions">[]): Answer[] {
  const session = theOne(reader, "session", sessions, (row) => row.label, { zh: "分享", en: "Sessions" });
  const score = reader.amount("score", { min: 1, max: 5, whole: true });
  const comment = reader.text("comment");
  if (score === undefined && comment === undefined && reader.errors.length === 0)
    reader.refuse("score", { zh: "评分或评论至少一项", en: "a score or a comment" });
  if (session && session.lecturer === undefined)
    reader.refuse("session", { zh: "有讲师的一场分享", en: "a session that has a lecturer" });
  return session && reader.errors.length === 0 ? [{ session, score, comment }] : [];
}

function releasedOf(
  answers: readonly Answer[],
  monthOf: (session: Known<"sessions">) => string | undefined,
): Prepared["released"] {
  const bySession = new Map<string, Answer[]>();
  for (const answer of answers) {
    const { recordId } = answer.session;
    bySession.set(recordId, [...(bySession.get(recordId) ?? []), answer]);
  }
  return [...bySession].map(([session, list]) => ({
    session,
    lecturer: list[0]?.session.lecturer ?? "",
    month: (list[0] && monthOf(list[0].session)) ?? "",
    scores: list.flatMap(({ score }) => score ?? []).toSorted((a, b) => a - b),
    comments: list.flatMap(({ comment }) => comment ?? []).toSorted(),
  }));
}

/** Fisher–Yates on the system's randomness: an order that could be computed again could be undone. */
function shuffled<T>(rows: readonly T[]): T[] {
  const list = [...rows];
  for (let last = list.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    const [a, b] = [list[last], list[other]] as [T, T];
    list[last] = b;
    list[other] = a;
  }
  return list;
}
