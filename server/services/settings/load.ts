import { and, eq, inArray, sql } from "drizzle-orm";
import { parseSettings, type Settings } from "#base/defaults/settings.ts";
import { readMessageRows } from "#base/defaults/message-rows.ts";
import { defaultTexts } from "#base/defaults/texts.ts";
import type { MessageTexts, TemplateId } from "#domain/messages/templates.ts";
import type { Workspace } from "../../context.ts";
import type { Db } from "../../db/client.ts";
import { record } from "../../db/schema.ts";

export interface Loaded {
  settings: Settings;
  texts: MessageTexts;
  /** Whether each message is switched on. */
  on: Record<TemplateId, boolean>;
}

const kept = new Map<string, { stamp: string; loaded: Loaded }>();

/**
 * The values of 设置 and the words and switches of 消息与提醒 as the admin Base has them now; what is wrong in a row leaves
 * the default in force (the checks automation tells the admin). Read again only when a row changed.
 */
export async function loadSettings(db: Db, workspace: Workspace): Promise<Loaded> {
  const place = and(
    eq(record.workspace, workspace.id),
    inArray(record.table, ["settings", "messages"]),
    eq(record.gone, false),
  );
  const [state] = await db
    .select({ stamp: sql<string>`concat(count(*), ':', coalesce(sum(version), 0))` })
    .from(record)
    .where(place);
  const stamp = state?.stamp ?? "";
  const known = kept.get(workspace.id);
  if (known?.stamp === stamp) return known.loaded;
  const rows = await db.select().from(record).where(place);
  const of = (table: string) =>
    rows.filter((row) => row.table === table).map((row) => ({ ...(row.row as object), record: row.id }));
  const { settings } = parseSettings(of("settings") as never);
  const messages = readMessageRows(of("messages") as never, known?.loaded.texts ?? defaultTexts());
  const loaded: Loaded = {
    settings: { ...settings, ...messages.settings },
    texts: messages.texts,
    on: messages.on,
  };
  kept.set(workspace.id, { stamp, loaded });
  return loaded;
}
