import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { offerTurn } from "../turns/offer.ts";
import { completion } from "./complete.ts";
import { dayWakes } from "./day.ts";
import { viewSession } from "./facts.ts";

/** Everything that follows from the state of a session's record; asked again it adds nothing. */
export async function followSession(ctx: Ctx, id: string): Promise<number> {
  return transaction(ctx, async (tx) => {
    const view = await viewSession(tx, id);
    if (!view?.session.start) return 0;
    const { session } = view;
    const effects: Effect[] = [];
    const missing = completion(tx, view);
    if (missing && session.start! > tx.now - 86_400_000) effects.push(missing);
    effects.push(...(await offerTurn(tx, view)), ...dayWakes(tx, view));
    if (session.state === "cancelled" && session.eventId)
      effects.push({
        kind: "event.cancel",
        key: `event-cancel:${session.id}:${session.eventId}`,
        session: session.id,
        eventId: session.eventId,
      });
    return (await post(tx, effects)).length;
  });
}
