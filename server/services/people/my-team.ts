import { and, eq, inArray } from "drizzle-orm";
import { toneOf } from "#domain/feedback/tone.ts";
import { maskQuote } from "#domain/messages/mask.ts";
import type { Ctx } from "../../context.ts";
import { award } from "../../db/schema.ts";
import { releasedOf } from "../echo/released-of.ts";
import { consents } from "../preference/consent.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { viewOf } from "../sessions/facts.ts";
import { sessionLine, type SessionLine } from "../turns/my-turns.ts";

/** One of a manager's people: shares, attendance and what they let be seen; no score, no points, no preference (texts.md §5.6). */
export interface TeamMember {
  lecturer: string;
  name: string;
  /** Titles whose holder lets others know. */
  titles: { title: string; period: string }[];
  shares: number;
  attended: number;
  /** Turns ahead, soonest first. */
  ahead: SessionLine[];
  /** The latest share, with how many came. */
  latest: { line: SessionLine; attended: number } | null;
  quotes: string[];
}

const MOST_AHEAD = 3;
const MOST_QUOTES = 2;

/** The lecturers a person leads, those with a turn soonest first. */
export async function myTeam(ctx: Ctx, person: string): Promise<TeamMember[]> {
  const lecturers = await allRecords(ctx, "lecturers");
  const led = lecturers.filter(({ manager, state }) => manager === person && state !== "left");
  if (led.length === 0) return [];
  const sessions = (await allRecords(ctx, "sessions")).filter(
    ({ start, state }) => start && state !== "cancelled",
  );
  const names = lecturers.flatMap(({ name }) => name ?? []);
  const team: TeamMember[] = [];
  for (const lecturer of led) team.push(await member(ctx, lecturer, sessions, names));
  const first = ({ ahead }: TeamMember) => ahead[0]?.start ?? Infinity;
  return team.sort((a, b) => first(a) - first(b) || (a.name < b.name ? -1 : 1));
}

async function member(
  ctx: Ctx,
  lecturer: Rec<"lecturers">,
  sessions: Rec<"sessions">[],
  names: string[],
): Promise<TeamMember> {
  const own = sessions.filter((row) => row.lecturer === lecturer.id);
  const held = own.filter(({ state }) => state === "delivered" || state === "rated");
  const latest = held.reduce<Rec<"sessions"> | null>(
    (last, row) => (last === null || row.start! > last.start! ? row : last),
    null,
  );
  const ahead: SessionLine[] = [];
  const coming = own.filter(({ start }) => start! > ctx.now).sort((a, b) => a.start! - b.start!);
  for (const row of coming.slice(0, MOST_AHEAD)) ahead.push(sessionLine(ctx, await viewOf(ctx, row)));
  return {
    lecturer: lecturer.id,
    name: lecturer.name ?? "",
    titles: await titlesShown(ctx, lecturer.id),
    shares: Math.max(held.length, lecturer.shares ?? 0),
    attended: held.reduce((total, { attendance }) => total + (attendance ?? 0), 0),
    ahead,
    latest: latest
      ? { line: sessionLine(ctx, await viewOf(ctx, latest)), attended: latest.attendance ?? 0 }
      : null,
    quotes: await quotesAllowed(ctx, lecturer, names),
  };
}

async function titlesShown(ctx: Ctx, lecturer: string): Promise<TeamMember["titles"]> {
  return ctx.db
    .select({ title: award.title, period: award.period })
    .from(award)
    .where(
      and(
        eq(award.workspace, ctx.workspace.id),
        eq(award.lecturer, lecturer),
        eq(award.consent, true),
        inArray(award.state, ["approved", "granted"]),
      ),
    );
}

/** Released praise, masked, and only if the lecturer lets their manager read it. */
async function quotesAllowed(ctx: Ctx, { id, person }: Rec<"lecturers">, names: string[]): Promise<string[]> {
  if (!person || !(await consents(ctx, person, "quotes"))) return [];
  const comments = [...(await releasedOf(ctx, id)).values()].flatMap((one) => one.comments);
  return comments
    .filter((comment) => toneOf(comment).tone === "positive")
    .slice(0, MOST_QUOTES)
    .map((comment) => maskQuote(comment, names));
}
