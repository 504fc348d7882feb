import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { ledger } from "../../db/schema.ts";
import { MissingError } from "../../errors.ts";
import { nameOf } from "../people/name.ts";
import { getRecord } from "../records/read.ts";
import { recordsAsSaved } from "../records/pending.ts";

export interface LecturerDetail {
  id: string;
  name: string;
  manager: string | null;
  /** Of 讲师档案, for admins only. */
  note: string | null;
  weight: number | null;
  credit: number | null;
  entries: {
    key: string;
    kind: "grant" | "reversal" | "adjust";
    period: string;
    /** Hundredths. */
    points: number;
    reason: string;
    at: number;
    /** Who corrected it, by name; null for what the rules gave. */
    by: string | null;
  }[];
}

const MOST = 100;

/** One lecturer with the private part and the statement of points, newest first. */
export async function viewLecturer(ctx: Ctx, id: string): Promise<LecturerDetail> {
  const row = await getRecord(ctx, "lecturers", id);
  if (!row) throw new MissingError("lecturer_missing", `no lecturer ${id}`);
  const profile = (await recordsAsSaved(ctx, "profiles")).find(({ lecturerRecord }) => lecturerRecord === id);
  const entries = await ctx.db
    .select()
    .from(ledger)
    .where(and(eq(ledger.workspace, ctx.workspace.id), eq(ledger.lecturer, id)))
    .orderBy(desc(ledger.at), desc(ledger.key))
    .limit(MOST);
  const names = new Map<string, string>();
  for (const by of new Set(entries.map((entry) => entry.by).filter((one) => one.startsWith("ou_"))))
    names.set(by, await safeName(ctx, by));
  return {
    id,
    name: row.name ?? "",
    manager: row.manager ? await safeName(ctx, row.manager) : null,
    note: profile?.note ?? null,
    weight: profile?.weight ?? null,
    credit: profile?.credit ?? null,
    entries: entries.map(({ key, kind, period, points, reason, at, by }) => ({
      key,
      kind,
      period,
      points,
      reason,
      at,
      by: names.get(by) ?? null,
    })),
  };
}

/** A name that is not to be had (somebody out of the app's range) must not close the page. */
async function safeName(ctx: Ctx, person: string): Promise<string> {
  try {
    return await nameOf(ctx, { person });
  } catch (error) {
    ctx.log.warn({ error: error instanceof Error ? error.message : String(error) }, "a name cannot be read");
    return person;
  }
}
