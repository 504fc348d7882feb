import { z } from "zod";
import { tableKeyOf } from "#base/mapping.ts";
import type { Ctx } from "../../context.ts";
import { refreshRecords } from "../records/refresh.ts";

const changed = z.looseObject({
  file_token: z.string(),
  table_id: z.string(),
  action_list: z.array(z.looseObject({ record_id: z.string(), action: z.string() })),
  /** Seconds (facts.md §5.7). */
  update_time: z.coerce.number().optional(),
});

/** Reads the records of a change event again. Tables that are not ours are passed over. */
export async function readChanged(ctx: Ctx, event: Record<string, unknown>): Promise<{ records: number }> {
  const { file_token, table_id, action_list, update_time } = changed.parse(event);
  const table = tableKeyOf(ctx.workspace.mapping, file_token, table_id);
  if (!table) return { records: 0 };
  const ids = [...new Set(action_list.map(({ record_id }) => record_id))];
  const deleted = action_list.every(({ action }) => action === "record_deleted");
  await refreshRecords(
    ctx,
    table,
    ids,
    update_time === undefined || deleted ? undefined : update_time * 1000,
  );
  return { records: ids.length };
}
