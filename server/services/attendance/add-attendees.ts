import { MissingError } from "../../errors.ts";
import { transaction, type Ctx } from "../../context.ts";
import { attendance } from "../../db/schema.ts";
import { askRecount } from "../admin/recount.ts";
import { recordAct } from "../admin/record-act.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { markHeld } from "../sessions/day.ts";
import { endOf, viewSession } from "../sessions/facts.ts";
import { closeTodo } from "../todos/todo.ts";
import { attendeesOf } from "./check-in.ts";
import { readPasted } from "./read-pasted.ts";

const MOST_IN_CELL = 1000;

/**
 * Takes over a pasted attendance list, as far as it can be read. A session whose end has passed counts as held with the first
 * person; whoever had checked in already is counted once.
 */
export async function addAttendees(
  ctx: Ctx,
  input: { session: string; text: string; person: string },
): Promise<{ added: number; held: boolean; left: string[] }> {
  // Outside the transaction: it asks Feishu for names.
  const { found, unknown, ambiguous } = await readPasted(ctx, input);
  const people = found.map(({ person }) => person);
  return { ...(await store(ctx, { ...input, people })), left: [...unknown, ...ambiguous] };
}

async function store(
  ctx: Ctx,
  input: { session: string; people: string[]; person: string },
): Promise<{ added: number; held: boolean }> {
  return transaction(ctx, async (tx) => {
    const view = await viewSession(tx, input.session);
    if (!view?.session.start || view.session.state === "cancelled")
      throw new MissingError("session_missing", `no session ${input.session} to attend`);
    const before = new Set(await attendeesOf(tx, input.session));
    const fresh = input.people.filter((person) => !before.has(person));
    if (fresh.length === 0) return { added: 0, held: false };
    await tx.db
      .insert(attendance)
      .values(
        fresh.map((person) => ({
          workspace: tx.workspace.id,
          session: input.session,
          person,
          at: tx.now,
          source: "admin" as const,
        })),
      )
      .onConflictDoNothing();
    const all = await attendeesOf(tx, input.session);
    const stamp = fingerprint(all);
    await recordAct(tx, {
      key: `attendance:${input.session}:${stamp}`,
      kind: "attendance",
      by: input.person,
      session: input.session,
    });
    const over = endOf(tx, view.session) <= tx.now;
    const held = over && ["planned", "confirmed", "submitted"].includes(view.session.state ?? "");
    if (held) {
      await markHeld(tx, view, all);
      const key = `held:${view.session.id}:${view.session.start}`;
      await closeTodo({ ...tx, actor: input.person }, key, "held");
    } else if (over)
      await post(tx, [
        {
          kind: "record.update",
          key: `attended:${input.session}:${stamp}`,
          table: "sessions",
          record: input.session,
          fields: { attended: all.slice(0, MOST_IN_CELL), attendance: all.length },
        },
      ]);
    await askRecount(tx);
    return { added: fresh.length, held };
  });
}
