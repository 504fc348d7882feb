import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { OWNER_CLASS, type Db } from "./client.ts";
import { outbox, type OutboxState } from "./schema.ts";

/** One thing to deliver, as the queue holds it. */
export type OutboxRow = typeof outbox.$inferSelect;

export type NewRow = {
  workspace: string;
  key: string;
  /** Rows of one lane go one after another, in order. */
  lane: string;
  kind: string;
  effect: unknown;
  notBefore: number;
  person?: string | null;
  day?: string | null;
  session?: string | null;
  template?: string | null;
};

/** Queues rows; a key that is there already, in whatever state, adds nothing. Returns the keys that are new. */
export async function enqueue(db: Db, rows: NewRow[], now: number): Promise<string[]> {
  if (rows.length === 0) return [];
  const fresh = await db
    .insert(outbox)
    .values(rows.map((row) => ({ ...row, createdAt: now })))
    .onConflictDoNothing()
    .returning({ key: outbox.key });
  if (fresh.length > 0) await db.execute(sql`notify lectern`);
  return fresh.map(({ key }) => key);
}

const LEASE = sql`now() + interval '2 minutes'`;
/** A lease holds while its time runs and its owner's process lives. */
const free = sql`(lease_until is null or lease_until < now() or not exists (
  select 1 from pg_locks where locktype = 'advisory' and classid = ${OWNER_CLASS} and objid = outbox.owner))`;

/**
 * Takes the due rows at the head of every lane that nobody works on: one row a lane, or a run of up to `batchSize` record
 * writes of one table, which are then bound together as a batch for good.
 */
export async function claim(
  db: Db,
  options: { now: number; owner: number; lanes: number; batchSize: number; busy: string[] },
): Promise<OutboxRow[][]> {
  const { now, owner } = options;
  return db.transaction(async (tx) => {
    // Claims are made one after another across processes, so that a lane has one worker.
    await tx.execute(sql`select pg_advisory_xact_lock(${OWNER_CLASS}, 1)`);
    const heads = await tx.execute<{ id: string; lane: string; batch: string | null; free: boolean }>(sql`
      select distinct on (lane) id, lane, batch, ${free} as free from outbox
      where state = 'due' and not_before <= ${now}
      order by lane, (batch is null), id`);
    const lanes = heads.rows.filter((head) => head.free && !options.busy.includes(head.lane)).slice(0, options.lanes);
    const groups: OutboxRow[][] = [];
    for (const head of lanes) groups.push(await takeGroup(tx as Db, Number(head.id), head.lane, options));
    const ids = groups.flat().map(({ id }) => id);
    if (ids.length > 0)
      await tx
        .update(outbox)
        .set({
          owner,
          leaseUntil: LEASE,
          attempts: sql`attempts + 1`,
          firstTriedAt: sql`coalesce(first_tried_at, ${now})`,
        })
        .where(inArray(outbox.id, ids));
    return groups.map((rows) =>
      rows.map((row) => ({ ...row, attempts: row.attempts + 1, firstTriedAt: row.firstTriedAt ?? now })),
    );
  });
}

async function takeGroup(
  tx: Db,
  head: number,
  lane: string,
  { now, batchSize }: { now: number; batchSize: number },
): Promise<OutboxRow[]> {
  const due = and(eq(outbox.lane, lane), eq(outbox.state, "due"), sql`not_before <= ${now}`);
  const [first] = await tx.select().from(outbox).where(eq(outbox.id, head));
  if (!first) return [];
  if (first.batch)
    return tx
      .select()
      .from(outbox)
      .where(and(due, eq(outbox.batch, first.batch)))
      .orderBy(asc(outbox.id));
  if (!first.kind.startsWith("record.")) return [first];
  const rows = await tx
    .select()
    .from(outbox)
    .where(and(due, sql`batch is null`))
    .orderBy(asc(outbox.id))
    .limit(batchSize);
  const run = sameWrites(rows);
  if (run.length > 1) {
    const batch = `batch:${run[0]!.id}`;
    await tx
      .update(outbox)
      .set({ batch })
      .where(
        inArray(
          outbox.id,
          run.map(({ id }) => id),
        ),
      );
    return run.map((row) => ({ ...row, batch }));
  }
  return run;
}

/** The longest run from the head that can be one request: same kind, same table, no record twice. */
function sameWrites(rows: OutboxRow[]): OutboxRow[] {
  const table = (row: OutboxRow) => (row.effect as { table?: string }).table;
  const record = (row: OutboxRow) => (row.effect as { record?: string }).record;
  const run: OutboxRow[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const id = record(row);
    if (run[0] && (row.kind !== run[0].kind || table(row) !== table(run[0]))) break;
    if (id !== undefined && seen.has(id)) break;
    if (id !== undefined) seen.add(id);
    run.push(row);
  }
  return run;
}

/** Ends rows in one state; `error` is a sentence for the admin. */
export async function finish(
  db: Db,
  ids: number[],
  to: { state: Exclude<OutboxState, "due">; now: number; result?: unknown; error?: string },
): Promise<void> {
  await db
    .update(outbox)
    .set({
      state: to.state,
      doneAt: to.now,
      result: to.result ?? null,
      error: to.error ?? null,
      owner: null,
      leaseUntil: null,
    })
    .where(and(inArray(outbox.id, ids), eq(outbox.state, "due")));
}

/** Gives rows back to the queue for a later instant. */
export async function postpone(db: Db, ids: number[], at: number, error: string): Promise<void> {
  await db
    .update(outbox)
    .set({ notBefore: at, error, owner: null, leaseUntil: null })
    .where(and(inArray(outbox.id, ids), eq(outbox.state, "due")));
}

/** When the queue wants attention next; `now` itself while another process still works on something due. */
export async function nextDue(db: Db): Promise<number | null> {
  const { rows } = await db.execute<{ at: string | null }>(
    sql`select min(not_before) as at from outbox where state = 'due'`,
  );
  const at = rows[0]?.at;
  return at === null || at === undefined ? null : Number(at);
}
