import { transaction, type Ctx } from "../../context.ts";
import { audit } from "../../db/schema.ts";
import { ForbiddenError } from "../../errors.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { isToCome, type ChangeResult } from "./change-result.ts";
import { claimSessions } from "./claim.ts";
import { viewSession } from "./facts.ts";

/** 锁定, or open again: a pinned session is moved by no plan, offered for no swap, and its date asks before it gives way. */
export async function pinSession(
  ctx: Ctx,
  input: { session: string; pinned: boolean; person: string },
): Promise<ChangeResult> {
  if (!(await isAdmin(ctx, input.person)))
    throw new ForbiddenError("forbidden", `${input.person} pins session ${input.session}: for admins`);
  return transaction(ctx, async (tx) => {
    await claimSessions(tx, [input.session]);
    const view = await viewSession(tx, input.session);
    if (!view || !isToCome(tx, view)) return { state: "settled" };
    const zh = tx.settings.language === "zh";
    const text = input.pinned ? (zh ? "已锁定" : "Pinned") : zh ? "已解锁" : "Unpinned";
    if ((view.session.pinned ?? false) === input.pinned) return { state: "done", text };
    await post(tx, [
      {
        kind: "record.update",
        key: `pin:${input.session}:${input.pinned}:${view.session.version}`,
        table: "sessions",
        record: input.session,
        fields: { pinned: input.pinned },
      },
    ]);
    await tx.db.insert(audit).values({
      workspace: tx.workspace.id,
      actor: input.person,
      action: input.pinned ? "session.pin" : "session.unpin",
      target: input.session,
      at: tx.now,
    });
    return { state: "done", text };
  });
}
