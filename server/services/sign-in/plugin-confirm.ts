import { and, eq, gt, isNull } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { pluginRequest } from "../../db/schema.ts";
import { hashOf } from "./session.ts";

const open = (request: string, now: number) =>
  and(
    eq(pluginRequest.hash, hashOf(request)),
    gt(pluginRequest.expiresAt, now),
    isNull(pluginRequest.openId),
  );

/** A request that waits for its person; null when it is too old, confirmed or unknown. */
export async function waitingRequest(
  db: Db,
  now: number,
  request: string,
): Promise<{ code: string; at: number } | null> {
  const [row] = await db
    .select({ code: pluginRequest.code, at: pluginRequest.at })
    .from(pluginRequest)
    .where(open(request, now));
  return row ?? null;
}

/** The person says that their sidebar shows this code. False when the request no longer waits. */
export async function confirmPluginSignIn(
  db: Db,
  now: number,
  input: { request: string; openId: string; name: string },
): Promise<boolean> {
  const done = await db
    .update(pluginRequest)
    .set({ openId: input.openId, name: input.name })
    .where(open(input.request, now))
    .returning({ hash: pluginRequest.hash });
  return done.length > 0;
}

/** The code stands nowhere, or it is not theirs: the request ends, and the sidebar hears so. */
export async function refusePluginSignIn(db: Db, now: number, request: string): Promise<void> {
  await db.delete(pluginRequest).where(open(request, now));
}
