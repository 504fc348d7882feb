import { eq, sum } from "drizzle-orm";
import type { RowOf } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { ledger } from "../../db/schema.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { recordsAsSaved } from "../records/pending.ts";

const DAY = 86_400_000;

export interface LecturerLine {
  id: string;
  name: string;
  state: NonNullable<RowOf<"lecturers">["state"]>;
  /** Whether there is an account: without one nobody can be invited. */
  account: boolean;
  groups: string[];
  expertise: string[];
  windows: NonNullable<RowOf<"lecturers">["windows"]>;
  windowsExact: string | null;
  awayUntil: number | null;
  /** Trips and months off, as written. */
  datesOff: string | null;
  maxPerMonth: number | null;
  title: string | null;
  weight: number;
  /** Turns taken before the records begin. */
  credit: number;
  /** Held or planned in the fairness window. */
  turns: number;
  /** Start of the next turn, ms. */
  next: number | null;
  /** Hundredths: always the sum of the entries. */
  points: number;
  /** Only from the minimum of ratings up. */
  score: number | null;
  ratings: number;
  pending: boolean;
}

/** 讲师与讲师群: everybody of the programme, those who left last. */
export async function listLecturers(ctx: Ctx): Promise<LecturerLine[]> {
  const [sessions, profiles, points] = [
    await allRecords(ctx, "sessions"),
    new Map((await recordsAsSaved(ctx, "profiles")).map((row) => [row.lecturerRecord, row])),
    await pointsByLecturer(ctx),
  ];
  const since = ctx.now - ctx.settings.fairnessMonths * 30.5 * DAY;
  const lines = (await recordsAsSaved(ctx, "lecturers")).map((row): LecturerLine => {
    const own = sessions.filter(({ lecturer, state }) => lecturer === row.id && state !== "cancelled");
    const profile = profiles.get(row.id);
    const ratings = profile?.scoreN ?? 0;
    return {
      id: row.id,
      name: row.name ?? "",
      state: row.state ?? "active",
      account: Boolean(row.person),
      groups: row.groups ?? [],
      expertise: row.expertise ?? [],
      windows: row.windows ?? [],
      windowsExact: row.windowsExact ?? null,
      awayUntil: row.awayUntil && row.awayUntil > ctx.now ? row.awayUntil : null,
      datesOff: row.datesOff ?? null,
      maxPerMonth: row.maxPerMonth ?? null,
      title: row.title ?? null,
      weight: profile?.weight ?? 1,
      credit: profile?.credit ?? 0,
      turns: own.filter(({ start }) => start && start >= since).length,
      next: nextOf(ctx, own),
      points: points.get(row.id) ?? 0,
      score: ratings >= ctx.settings.minimum ? (profile?.score ?? null) : null,
      ratings,
      pending: row.pending || (profile?.pending ?? false),
    };
  });
  const last = (line: LecturerLine) => (line.state === "left" ? 1 : 0);
  return lines.sort((a, b) => last(a) - last(b) || a.name.localeCompare(b.name, "zh"));
}

function nextOf(ctx: Ctx, own: Rec<"sessions">[]): number | null {
  const ahead = own.flatMap(({ start }) => (start && start > ctx.now ? [start] : []));
  return ahead.length > 0 ? Math.min(...ahead) : null;
}

async function pointsByLecturer(ctx: Ctx): Promise<Map<string, number>> {
  const rows = await ctx.db
    .select({ lecturer: ledger.lecturer, total: sum(ledger.points) })
    .from(ledger)
    .where(eq(ledger.workspace, ctx.workspace.id))
    .groupBy(ledger.lecturer);
  return new Map(rows.map(({ lecturer, total }) => [lecturer, Number(total ?? 0)]));
}
