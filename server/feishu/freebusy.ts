import { z } from "zod";
import type { Busy } from "./calendar-shapes.ts";
import type { Client } from "./client.ts";
import { batches } from "./paging.ts";
import { list, text } from "./parts.ts";

const DAY_MS = 86_400_000;
const LIST_SPAN_MS = 90 * DAY_MS;
const BATCH_SPAN_MS = 14 * DAY_MS;
const BATCH_PEOPLE = 10;

const instant = z.string().transform((value, context) => {
  const ms = Date.parse(value);
  if (!Number.isFinite(ms)) context.addIssue({ code: "custom", message: "no RFC 3339 instant" });
  return ms;
});

const busy = z
  .object({ start_time: instant, end_time: instant, rsvp_status: text })
  .transform((raw): Busy => ({ start: raw.start_time, end: raw.end_time, rsvp: raw.rsvp_status }));
const lists = z.object({
  freebusy_lists: list(z.object({ user_id: z.string(), freebusy_items: list(busy) })),
});

function rfc3339(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

function spans(from: number, to: number, size: number): { time_min: string; time_max: string }[] {
  const result = [];
  for (let start = from; start < to; start += size)
    result.push({ time_min: rfc3339(start), time_max: rfc3339(Math.min(start + size, to)) });
  return result;
}

/** Two windows that meet inside one busy time give it twice: joined again here. */
function joined(items: readonly Busy[]): Busy[] {
  const result: Busy[] = [];
  for (const item of items.toSorted((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    const same = last && last.rsvp === item.rsvp && item.start <= last.end;
    if (same) last.end = Math.max(last.end, item.end);
    else result.push({ ...item });
  }
  return result;
}

export interface Freebusy {
  /** One person, any length (90 days a request). */
  freebusy(openId: string, from: number, to: number): Promise<Busy[]>;
  /** Any number of people and any length (10 people and 2 weeks a request), by open_id. */
  freebusyBatch(openIds: readonly string[], from: number, to: number): Promise<Map<string, Busy[]>>;
}

/** When people are busy, on their primary calendars only (facts.md §6.4). */
export function createFreebusy(client: Client): Freebusy {
  const query = { user_id_type: "open_id" };
  return {
    async freebusy(openId, from, to) {
      const found: Busy[] = [];
      for (const span of spans(from, to, LIST_SPAN_MS)) {
        const body = { ...span, user_id: openId, only_busy: true, need_rsvp_status: true };
        const reply = z.object({ freebusy_list: list(busy) });
        found.push(...(await client.call("calendar.freebusy", { query, body }, reply)).freebusy_list);
      }
      return joined(found);
    },
    async freebusyBatch(openIds, from, to) {
      const found = new Map<string, Busy[]>(openIds.map((openId) => [openId, []]));
      for (const userIds of batches(openIds, BATCH_PEOPLE))
        for (const span of spans(from, to, BATCH_SPAN_MS)) {
          const body = { ...span, user_ids: userIds, only_busy: true, need_rsvp_status: true };
          const reply = await client.call("calendar.freebusyBatch", { query, body }, lists);
          for (const one of reply.freebusy_lists) found.get(one.user_id)?.push(...one.freebusy_items);
        }
      return new Map([...found].map(([openId, items]) => [openId, joined(items)]));
    },
  };
}
