import { and, eq } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import { instantAt, localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { endSignIns } from "../sign-in/session.ts";
import { openTodo } from "../todos/todo.ts";

/**
 * Somebody left the company (texts.md §5.12): out of the rota the same day, what they would have spoken at is open again and
 * before the admin, points stay as they are. Whose manager they were has none until the directory names one.
 */
export async function leaveCompany(
  ctx: Ctx,
  person: string,
): Promise<{ lecturers: number; sessions: number }> {
  const all = await allRecords(ctx, "lecturers");
  const mine = all.filter((row) => row.person === person && row.state !== "left");
  const led = all.filter((row) => row.manager === person && row.state !== "left");
  let sessions = 0;
  await transaction(ctx, async (tx) => {
    await endSignIns(tx.db, person);
    for (const lecturer of mine) sessions += await leaveProgramme(tx, lecturer);
    if (mine.length > 0) await dropMessages(tx, person);
    await post(
      tx,
      led.map((row) => managerChange(row, null)),
    );
  });
  return { lecturers: mine.length, sessions };
}

/** The directory names another manager. */
export function managerChange(lecturer: Rec<"lecturers">, manager: string | null): Effect {
  return {
    kind: "record.update",
    key: `manager:${lecturer.id}:${lecturer.version}`,
    table: "lecturers",
    record: lecturer.id,
    fields: { manager },
  };
}

async function leaveProgramme(tx: Ctx, lecturer: Rec<"lecturers">): Promise<number> {
  const zone = tx.workspace.timezone;
  const today = instantAt(localDay(tx.now, zone), "00:00", zone);
  const open = (await upcomingSessions(tx)).filter((session) => session.lecturer === lecturer.id);
  await post(tx, [
    {
      kind: "record.update",
      key: `left:${lecturer.id}:${today}`,
      table: "lecturers",
      record: lecturer.id,
      fields: { state: "left", left: today },
    },
    ...open.map((session): Effect => ({
      kind: "record.update",
      key: `left:${lecturer.id}:${session.id}:${session.start}`,
      table: "sessions",
      record: session.id,
      fields: { state: "open", lecturer: null, account: null },
    })),
  ]);
  for (const session of open)
    await openTodo(tx, {
      key: `person-left:${lecturer.id}:${session.id}`,
      kind: "person-left",
      session: session.id,
      detail: { lecturer: lecturer.name ?? "", label: session.label ?? "", start: session.start! },
      urgent: session.start! - tx.now <= tx.settings.adminUrgentHours * 3_600_000,
    });
  return open.length;
}

/** What still waits to be sent to them would only fail. */
async function dropMessages(tx: Ctx, person: string): Promise<void> {
  await tx.db
    .update(outbox)
    .set({ state: "dropped", doneAt: tx.now, error: "the person left the company" })
    .where(
      and(
        eq(outbox.workspace, tx.workspace.id),
        eq(outbox.kind, "message"),
        eq(outbox.person, person),
        eq(outbox.state, "due"),
      ),
    );
}
