import { eq, or, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { setUp, workspace } from "../../db/schema.ts";

export interface SetUpState {
  /** `none`: nobody has begun; `stopped`: whoever worked on it is gone, another try goes on from there. */
  state: "none" | "running" | "stopped" | "done" | "failed";
  made: number;
  /** What is left to do by hand, or why it failed. */
  left: string[];
}

/** How far setting up a Base has come; told only to whoever began it. */
export async function setUpState(
  db: Db,
  { base, person, language }: { base: string; person: string; language: "zh" | "en" },
): Promise<SetUpState> {
  const [row] = await db
    .select({
      by: setUp.by,
      state: setUp.state,
      made: setUp.made,
      left: setUp.left,
      alive: sql<boolean>`${setUp.leaseUntil} > now()`,
    })
    .from(setUp)
    .where(or(eq(setUp.appToken, base), eq(setUp.adminToken, base)));
  if (!row || row.by !== person)
    return { state: (await isKnown(db, base)) ? "done" : "none", made: 0, left: [] };
  const state = row.state === "running" && !row.alive ? "stopped" : row.state;
  return { state, made: row.made, left: row.left.map((one) => one[language]) };
}

async function isKnown(db: Db, base: string): Promise<boolean> {
  const rows = await db
    .select({ id: workspace.id })
    .from(workspace)
    .where(or(eq(workspace.appToken, base), eq(workspace.adminToken, base)))
    .limit(1);
  return rows.length > 0;
}
