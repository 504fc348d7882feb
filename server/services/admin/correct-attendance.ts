import { and, eq, inArray } from "drizzle-orm";
import { transaction, type Ctx } from "../../context.ts";
import { attendance } from "../../db/schema.ts";
import { ForbiddenError, MissingError } from "../../errors.ts";
import { attendeesOf } from "../attendance/check-in.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { isAdmin } from "../people/name.ts";
import { getRecord } from "../records/read.ts";
import { recordAct } from "./record-act.ts";

/** An admin puts right who was there; the record shows it, and whoever is added late is not asked to rate a closed session. */
export async function correctAttendance(
  ctx: Ctx,
  input: { session: string; person: string; add: string[]; remove: string[] },
): Promise<{ attended: number }> {
  if (!(await isAdmin(ctx, input.person)))
    throw new ForbiddenError("not_admin", `${input.person} does not run this programme`);
  return transaction(ctx, async (tx) => {
    const session = await getRecord(tx, "sessions", input.session);
    if (!session) throw new MissingError("session_missing", `no session ${input.session}`);
    const workspace = tx.workspace.id;
    if (input.add.length > 0)
      await tx.db
        .insert(attendance)
        .values(
          input.add.map((person) => ({
            workspace,
            session: session.id,
            person,
            at: tx.now,
            source: "admin" as const,
          })),
        )
        .onConflictDoNothing();
    if (input.remove.length > 0)
      await tx.db
        .delete(attendance)
        .where(
          and(
            eq(attendance.workspace, workspace),
            eq(attendance.session, session.id),
            inArray(attendance.person, input.remove),
          ),
        );
    const gone = new Set(input.remove);
    const people = [
      ...new Set([
        ...(await attendeesOf(tx, session.id)),
        ...(session.attended ?? []).filter((one) => !gone.has(one)),
      ]),
    ].sort();
    const stamp = fingerprint([people, session.version]);
    await post(tx, [
      {
        kind: "record.update",
        key: `attendance:${session.id}:${stamp}`,
        table: "sessions",
        record: session.id,
        fields: { attended: people.slice(0, 1000), attendance: people.length },
      },
    ]);
    await recordAct(tx, {
      key: `attendance:${session.id}:${stamp}`,
      kind: "attendance",
      by: input.person,
      session: session.id,
    });
    return { attended: people.length };
  });
}
