import { mergedSpans, spansWithout, type TimeSpan as Span } from "#domain/spans.ts";
import type { Ctx } from "../../context.ts";
import type { Gateway } from "../../feishu/gateway.ts";
import { allRecords } from "../records/read.ts";
import { minutesOf } from "../sessions/facts.ts";

const DAY = 86_400_000;
/** Read in whole blocks of what one batch call takes, so that neighbouring questions find each other's answer. */
const BLOCK_MS = 14 * DAY;
/** A calendar read is believed this long; publishing and picking a date read again. */
const LIFE_MS = 5 * 60_000;
const MOST_KEPT = 20_000;

interface Read {
  at: number;
  busy: Span[];
}
const caches = new WeakMap<Gateway, Map<string, Read>>();

/**
 * Busy times of people (open_ids) within a span: their primary calendars, without declined and tentative events and without our
 * own sessions.
 */
export async function busyTimes(
  ctx: Ctx,
  people: readonly string[],
  from: number,
  to: number,
  { fresh = false } = {},
): Promise<Map<string, Span[]>> {
  const cache = caches.get(ctx.feishu) ?? new Map<string, Read>();
  caches.set(ctx.feishu, cache);
  const blocks = blocksOf(from, to);
  const known = (person: string, block: number) => {
    const found = cache.get(keyOf(person, block));
    return found && !fresh && ctx.now - found.at < LIFE_MS && found.at <= ctx.now ? found : undefined;
  };
  await readMissing(ctx, cache, people, blocks, known);
  const own = await ownSessions(ctx, people);
  return new Map(
    people.map((person) => {
      const read = blocks.flatMap((block) => cache.get(keyOf(person, block))?.busy ?? []);
      const within = mergedSpans(read).filter((span) => span.from < to && from < span.to);
      return [person, spansWithout(within, own.get(person) ?? [])];
    }),
  );
}

const keyOf = (person: string, block: number) => `${person} ${block}`;

function blocksOf(from: number, to: number): number[] {
  const first = Math.floor(from / BLOCK_MS);
  const last = Math.floor((to - 1) / BLOCK_MS);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}

async function readMissing(
  ctx: Ctx,
  cache: Map<string, Read>,
  people: readonly string[],
  blocks: readonly number[],
  known: (person: string, block: number) => Read | undefined,
): Promise<void> {
  if (cache.size > MOST_KEPT) cache.clear();
  const store = (person: string, block: number, busy: Span[]) =>
    cache.set(keyOf(person, block), { at: ctx.now, busy: busy.filter((one) => meetsBlock(one, block)) });
  const [only] = people;
  const missing = blocks.filter((block) => people.some((person) => !known(person, block)));
  // One person over several blocks is one call of the list, 90 days a call.
  if (people.length === 1 && only !== undefined && missing.length > 1) {
    const [first, last] = [missing[0]!, missing.at(-1)!];
    const busy = wanted(await ctx.feishu.calendar.freebusy(only, first * BLOCK_MS, (last + 1) * BLOCK_MS));
    for (let block = first; block <= last; block++) store(only, block, busy);
    return;
  }
  for (const block of missing) {
    const asked = people.filter((person) => !known(person, block));
    const found = await ctx.feishu.calendar.freebusyBatch(asked, block * BLOCK_MS, (block + 1) * BLOCK_MS);
    for (const person of asked) store(person, block, wanted(found.get(person) ?? []));
  }
}

const meetsBlock = ({ from, to }: Span, block: number) =>
  from < (block + 1) * BLOCK_MS && block * BLOCK_MS < to;

/** Maybe is no no, and a declined meeting takes no time (texts.md §5.3). */
function wanted(busy: readonly { start: number; end: number; rsvp?: string }[]): Span[] {
  return busy
    .filter(({ rsvp }) => rsvp !== "decline" && rsvp !== "tentative")
    .map(({ start, end }) => ({ from: start, to: end }));
}

async function ownSessions(ctx: Ctx, people: readonly string[]): Promise<Map<string, Span[]>> {
  const own = new Map<string, Span[]>(people.map((person) => [person, []]));
  for (const session of await allRecords(ctx, "sessions"))
    if (session.account && session.start)
      own
        .get(session.account)
        ?.push({ from: session.start, to: session.start + minutesOf(ctx, session) * 60_000 });
  return own;
}
