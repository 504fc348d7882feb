import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { attendeesOf } from "../attendance/check-in.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { closeTodo } from "../todos/todo.ts";
import { settleCards } from "../turns/settle.ts";
import { markHeld } from "./day.ts";
import { viewSession } from "./facts.ts";

/** One tap by the admin or the lecturer decides whether a session took place. */
export async function decideHeld(
  ctx: Ctx,
  input: { session: string; person: string; held: boolean },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    const view = await viewSession(tx, input.session);
    if (!view?.session.start) return { toast: { type: "info", text: smallText("tooOld", language) } };
    if (view.session.account !== input.person && !(await isAdmin(tx, input.person)))
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    const text = smallText(input.held ? "held" : "notHeld", language);
    const { session } = view;
    if (["planned", "confirmed", "submitted"].includes(session.state ?? "")) {
      if (input.held) await markHeld(tx, view, await attendeesOf(tx, session.id));
      else
        await post(tx, [
          {
            kind: "record.update",
            key: `not-held:${session.id}:${session.start}`,
            table: "sessions",
            record: session.id,
            fields: { state: "cancelled" },
          },
        ]);
      await closeTodo(tx, `held:${session.id}:${session.start}`, input.held ? "held" : "not held");
      await post(
        tx,
        await settleCards(
          tx,
          [`held:${session.id}:${session.start}`],
          text,
          input.held ? "held" : "not-held",
        ),
      );
    }
    return { card: { template: "settled", data: { text } } };
  });
}
