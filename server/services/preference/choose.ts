import { and, eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { Motivation } from "#domain/messages/actions.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { preference } from "../../db/schema.ts";
import { lecturerOf } from "../people/name.ts";
import { copyPreference } from "./copy-to-profile.ts";

/** One or two of three, by the lecturer; the first is asked for a second, and both can be chosen anew at any time. */
export async function choosePreference(
  ctx: Ctx,
  input: { person: string; choice: Motivation; also?: Motivation },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    const lecturer = await lecturerOf(tx, input.person);
    if (!lecturer) return { toast: { type: "info", text: smallText("notForYou", language) } };
    const choice = input.also && input.also !== input.choice ? [input.choice, input.also] : [input.choice];
    const values = { choice, source: "asked" as const, at: tx.now };
    await tx.db
      .insert(preference)
      .values({ workspace: tx.workspace.id, person: input.person, ...values })
      .onConflictDoUpdate({ target: [preference.workspace, preference.person], set: values });
    await copyPreference(tx, lecturer.id);
    return input.also
      ? { card: { template: "settled", data: { text: smallText("saved", language) } } }
      : { card: { template: "preference.second", data: { chosen: input.choice } } };
  });
}

/** What a person said last; null when never asked, or never answered. */
export async function preferenceOf(ctx: Ctx, person: string): Promise<typeof preference.$inferSelect | null> {
  const [row] = await ctx.db
    .select()
    .from(preference)
    .where(and(eq(preference.workspace, ctx.workspace.id), eq(preference.person, person)));
  return row ?? null;
}
