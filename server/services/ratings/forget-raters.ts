import { and, eq } from "drizzle-orm";
import { transaction, type Ctx } from "../../context.ts";
import { sealedBox } from "../../db/schema.ts";
import { boxesOf, forgetMarks, readBox } from "../sealed/box.ts";
import { viewSession } from "../sessions/facts.ts";
import { ratingAnswer, sessionOfBox } from "./answers.ts";
import { ratingCloses } from "./raters.ts";

/** Who has rated is forgotten 30 days after the rating closed (texts.md §5.12); a box with nothing left in it goes too. */
export async function forgetRaters(ctx: Ctx): Promise<{ forgotten: number }> {
  let forgotten = 0;
  for (const box of await boxesOf(ctx, "rate")) {
    const view = await viewSession(ctx, sessionOfBox(box));
    const closed = view?.session.start ? await ratingCloses(ctx, view) : 0;
    if (ctx.now < closed + ctx.settings.keepMarksDays * 86_400_000) continue;
    forgotten += await transaction(ctx, async (tx) => {
      const gone = await forgetMarks(tx, box);
      const { answers } = await readBox(tx, box, ratingAnswer);
      if (answers.length === 0 || !view)
        await tx.db
          .delete(sealedBox)
          .where(and(eq(sealedBox.workspace, tx.workspace.id), eq(sealedBox.box, box)));
      return gone;
    });
  }
  return { forgotten };
}
