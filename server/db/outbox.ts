import { and, asc, eq, inArray, isNull, lte, ne, sql } from "drizzle-orm";
import { CHANNEL, OWNER_CLASS, PROCESS, type Db } from "./client.ts";
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
  if (fresh.length > 0) await db.execute(sql`select pg_notify(${CHANNEL}, ${PROCESS})`);
  return fresh.map(({ key }) => key);
}

/**
 * Takes the due rows at the head of every lane that nobody works on: one row a lane, or a run of up to `batchSize` record
 * writes of one table, which are then bound together as a batch for good. A lease holds while its time runs and its owner's
 * process lives.
 */
export async function claim(
  db: Db,
  options: { now: number; owner: number; lanes: number; batchSize: number; busy: string[] },
): Promise<OutboxRow[][]> {
  const heads = await claimHeads(db, options);
  const groups: OutboxRow[][] = [];
  for (const head of heads)
    groups.push(head.kind.startsWith("record.") ? await withFollowers(db, head, options) : [head]);
  return groups;
}

const alive = sql`exists (select 1 from pg_locks where locktype = 'advisory' and classid = ${OWNER_CLASS} and objid = outbox.owner)`;
const free = sql`(outbox.lease_until is null or outbox.lease_until < now() or not ${alive})`;
const lease = (now: number, owner: number) => ({
  owner,
  leaseUntil: sql`now() + interval '2 minutes'`,
  attempts: sql`${outbox.attempts} + 1`,
  firstTriedAt: sql`coalesce(${outbox.firstTriedAt}, ${now})`,
});

/** One statement: of two processes that see the same head, the second skips the row the first has locked. */
async function claimHeads(
  db: Db,
  { now, owner, lanes, busy }: { now: number; owner: number; lanes: number; busy: string[] },
): Promise<OutboxRow[]> {
  const others = busy.length > 0 ? sql`and lane not in ${busy}` : sql``;
  const heads = sql`(select id from (
      select distinct on (lane) id, owner, lease_until from outbox
      where state = 'due' and not_before <= ${now} ${others}
      order by lane, (batch is null), id) as outbox
    where ${free} order by id limit ${lanes})`;
  const mine = sql`(select id from outbox where id in ${heads} and state = 'due' and ${free} for update skip locked)`;
  return db.update(outbox).set(lease(now, owner)).where(inArray(outbox.id, mine)).returning();
}

/** The head is ours, so the lane is: the rest of its batch, or the writes that can go with it. */
async function withFollowers(
  db: Db,
  head: OutboxRow,
  { now, owner, batchSize }: { now: number; owner: number; batchSize: number },
): Promise<OutboxRow[]> {
  const due = and(
    eq(outbox.lane, head.lane),
    eq(outbox.state, "due"),
    lte(outbox.notBefore, now),
    ne(outbox.id, head.id),
  );
  const sameBatch = head.batch ? eq(outbox.batch, head.batch) : isNull(outbox.batch);
  const rows = await db
    .select()
    .from(outbox)
    .where(and(due, sameBatch))
    .orderBy(asc(outbox.id))
    .limit(batchSize - 1);
  const run = head.batch ? [head, ...rows] : sameWrites([head, ...rows]);
  if (run.length === 1) return [head];
  const batch = head.batch ?? `batch:${head.id}`;
  const ids = run.map(({ id }) => id);
  await db.update(outbox).set({ batch }).where(inArray(outbox.id, ids));
  const followers = await db
    .update(outbox)
    .set(lease(now, owner))
    .where(and(inArray(outbox.id, ids), ne(outbox.id, head.id)))
    .returning();
  return [{ ...head, batch }, ...followers.sort((x, y) => x.id - y.id)];
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

/** Gives a row back to the queue for a later instant; a try that sent nothing is not counted. */
export async function postpone(
  db: Db,
  row: OutboxRow,
  { at, why, untried = false }: { at: number; why: string; untried?: boolean },
): Promise<void> {
  const first = row.attempts === 1;
  await db
    .update(outbox)
    .set({
      notBefore: at,
      error: why,
      owner: null,
      leaseUntil: null,
      ...(untried ? { attempts: row.attempts - 1, ...(first ? { firstTriedAt: null } : {}) } : {}),
    })
    .where(and(eq(outbox.id, row.id), eq(outbox.state, "due")));
}

/** When the queue wants attention next (ms), of what is due after `after`; without it, what another process works on counts too. */
export async function nextDue(db: Db, after?: number): Promise<number | null> {
  const later = after === undefined ? sql`` : sql` and not_before > ${after}`;
  const { rows } = await db.execute<{ at: string | null }>(
    sql`select min(not_before) as at from outbox where state = 'due'${later}`,
  );
  const at = rows[0]?.at;
  return at === null || at === undefined ? null : Number(at);
}
