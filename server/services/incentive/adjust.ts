import { toHundredths } from "#domain/numbers.ts";
import { monthKey } from "#domain/time.ts";
import { ForbiddenError, InvalidInputError, MissingError } from "../../errors.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, ledger } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { getRecord } from "../records/read.ts";
import { ledgerCopies } from "./ledger-copy.ts";
import { tellCorrections } from "./tell-corrections.ts";

/**
 * A correction by an admin's hand, with a reason and a name: an entry of its own, nothing is overwritten. `id` is the
 * caller's name for this act; asked again with it, nothing is added.
 */
export async function adjustPoints(
  ctx: Ctx,
  input: { id: string; lecturer: string; points: number; reason: string; person: string; period?: string },
): Promise<{ key: string; added: boolean }> {
  if (!(await isAdmin(ctx, input.person)))
    throw new ForbiddenError("not_admin", `${input.person} does not run this programme`);
  const reason = input.reason.trim();
  if (reason === "")
    throw new InvalidInputError("reason_missing", "reason: expected a text, got an empty one");
  if (!Number.isFinite(input.points) || toHundredths(input.points) === 0)
    throw new InvalidInputError("points_zero", `points: expected a number other than 0, got ${input.points}`);
  return transaction(ctx, async (tx) => {
    const lecturer = await getRecord(tx, "lecturers", input.lecturer);
    if (!lecturer) throw new MissingError("lecturer_missing", `no lecturer ${input.lecturer}`);
    const key = `adjust/${input.id}`;
    const made = await tx.db
      .insert(ledger)
      .values({
        workspace: tx.workspace.id,
        key,
        kind: "adjust",
        lecturer: lecturer.id,
        period: input.period ?? monthKey(tx.now, tx.workspace.timezone),
        points: toHundredths(input.points),
        reason,
        at: tx.now,
        by: input.person,
      })
      .onConflictDoNothing()
      .returning({ key: ledger.key });
    if (made.length === 0) return { key, added: false };
    await post(tx, await ledgerCopies(tx, [key]));
    await tellCorrections(tx, [key]);
    await tx.db.insert(audit).values({
      workspace: tx.workspace.id,
      actor: input.person,
      action: "points.adjust",
      target: lecturer.id,
      detail: { points: input.points, reason },
      at: tx.now,
    });
    return { key, added: true };
  });
}
